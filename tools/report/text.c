/* SPDX-License-Identifier: MIT */
#include "text.h"

#include "column.h"
#include "decision.h"
#include "report.h"

#include <inttypes.h>
#include <string.h>

/* The library does not know the command line: add the options that help with its error codes. */
static const char *hint_of(const struct mk_error *e) {
    if (e->next)
        return "";
    switch (e->code) {
    case MK_E_USAGE:
        return " Try --help.";
    case MK_E_TOO_LARGE:
        return " Raise --max-size if it is a flash image.";
    case MK_E_CODEBOOK:
        return " Give it with --codebook; mekit-codebooks(7) says where to find one.";
    case MK_E_SPS:
        return " --force overrides this.";
    case MK_E_PLATFORM:
        return " fpt-dump shows what was seen.";
    default:
        return "";
    }
}

int text_error(const struct tool *tool, const char *file, const struct mk_error *e) {
    char text[600];
    if (report_says_errors() && report_say_error(tool, file, e))
        return (int)mk_code_exit(e->code);
    mk_error_text(e, text, sizeof text);
    fprintf(stderr, "%s: %s%s%s%s\n", tool->name, file, *file ? ": " : "", text, hint_of(e));
    return (int)mk_code_exit(e->code);
}

void text_head(FILE *words, const struct tool_run *run, const struct mk_image *image) {
    const struct mk_firmware *f = &image->firmware;
    char version[MK_VERSION_ROOM], place[MK_PLACE_ROOM];
    fprintf(words, COLUMN_BOLD "%s: %s" COLUMN_PLAIN ": ", run->tool->name, run->inputs[0].name);
    if (f->n_partitions == 0)
        fprintf(words, "%s image\n", mk_image_kind_name(image->kind));
    else
        fprintf(words, "%s %s, ME region %s\n", f->family, mk_version_text(f->version, version),
                mk_image_place(image, 0, image->region.n, place));
}

static void text_edit(FILE *words, const struct mk_edit *edit) {
    static const char *const kinds[] = {"fill", "write", "move"};
    fprintf(words, "  0x%08" PRIx64 " + 0x%-7" PRIx64 " %-5s  %s\n", edit->offset, edit->length,
            kinds[edit->kind], edit->why);
}

static void text_remarks(FILE *words, const struct mk_plan *plan, bool verbose) {
    static const char *const marks[] = {"", "", COLUMN_WARN "warning" COLUMN_PLAIN ": "};
    for (size_t i = 0; i < plan->n_remarks; i++)
        if (verbose || plan->remarks[i].level != MK_REMARK_DETAIL)
            fprintf(words, "  %s%s\n", marks[plan->remarks[i].level], plan->remarks[i].text);
}

/* Prints the last line: how much the output differs. */
static void text_changes(FILE *words, const struct mk_plan *plan, bool dry_run) {
    uint64_t changed = 0;
    char bytes[COLUMN_SIZE_ROOM];
    for (size_t i = 0; i < plan->n_edits; i++)
        changed += plan->edits[i].length;
    if (plan->n_edits > 0)
        fprintf(words, "%zu edit%s%s, %s bytes\n", plan->n_edits, plan->n_edits == 1 ? "" : "s",
                dry_run ? " planned" : "", column_count(changed, bytes));
    if (!mk_plan_changes(plan))
        fprintf(words, "nothing to do: the bytes are unchanged\n");
    else if (plan->window_length != plan->image.n)
        fprintf(words, "output of %s bytes\n", column_count(plan->window_length, bytes));
}

void text_plan(FILE *words, const struct tool_run *run, const struct mk_image *image,
               const struct mk_plan *plan) {
    const struct tool_common *c = &run->common;
    decision_text(words, image, plan);
    text_remarks(words, plan, c->verbose);
    for (size_t i = 0; i < plan->n_edits && (c->verbose || c->dry_run); i++)
        text_edit(words, &plan->edits[i]);
    text_changes(words, plan, c->dry_run);
}
