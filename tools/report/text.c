#include "text.h"

#include "column.h"
#include "confine.h"
#include "decision.h"
#include "options.h"
#include "report.h"
#include "words.h"

#include <inttypes.h>
#include <string.h>

#define HELP_COLUMN 30

static bool is_json;

void text_choose(const struct tool_run *run) {
    const struct tool_common *c = &run->common;
    is_json = c->json.given && !c->json.text && (!run->tool->reports || c->pass);
}

void text_expect(const struct tool *tool, int argc, char **argv) {
    bool json = false, pass = !tool->reports;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        json = json || strcmp(argv[i], "--json") == 0;
        pass = pass || strcmp(argv[i], "--pass") == 0;
    }
    is_json = json && pass;
}

bool text_is_json(void) {
    return is_json;
}

/* The library knows no command line: what it means there. */
static const char *hint_of(const struct mk_error *e) {
    if (e->next)
        return "";
    switch (e->code) {
    case MK_E_USAGE:
        return " Try --help.";
    case MK_E_TOO_LARGE:
        return " Raise --max-size if it is a flash image.";
    case MK_E_CODEBOOK:
        return " --codebook takes it; mekit-codebooks(7) says where people get them.";
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
    if (is_json && report_say_error(tool, file, e))
        return (int)mk_code_exit(e->code);
    mk_error_text(e, text, sizeof text);
    fprintf(stderr, "%s: %s%s%s%s\n", tool->name, file, *file ? ": " : "", text, hint_of(e));
    return (int)mk_code_exit(e->code);
}

static void help_row(const struct tool_option *row) {
    char left[100];
    char letter[3] = {'-', row->letter, '\0'};
    const char *equals = row->value == TOOL_TEXT_OPTIONAL ? "[=" : row->argument ? "=" : "";
    int n =
        snprintf(left, sizeof left, "  %s%s%s%s%s%s%s", row->letter ? letter : "  ",
                 row->letter && row->name ? ", "
                 : row->name              ? "  "
                                          : "",
                 row->name ? "--" : "", row->name ? row->name : "",
                 row->name       ? equals
                 : row->argument ? " "
                                 : "",
                 row->argument ? row->argument : "", row->value == TOOL_TEXT_OPTIONAL ? "]" : "");
    if (n >= HELP_COLUMN)
        printf("%s\n%*s%s", left, HELP_COLUMN, "", row->help);
    else
        printf("%-*s%s", HELP_COLUMN, left, row->help);
    if (row->alias)
        printf(" (alias --%s)", row->alias);
    printf("\n");
}

static void help_rows(const struct tool_option *rows, size_t n) {
    for (size_t i = 0; i < n; i++)
        help_row(&rows[i]);
}

void text_help(const struct tool *tool) {
    words_end_with_pipe();
    printf("usage: %s [OPTION]... ", tool->name);
    if (tool->words)
        printf("[%s]... ", tool->words->argument);
    printf("[FILE]%s\n\n%s\n\n%s\n", tool->many_inputs ? "..." : "", tool->summary, tool->details);
    printf("\nNo FILE, or -: standard input.%s\n",
           tool->reports ? "" : " The image goes to standard output, or to -o FILE.");
    printf("\noptions:\n");
    help_rows(tool->options, tool->n_options);
    for (size_t part = OPTIONS_PARTS; part-- > 0;) {
        size_t n;
        const struct tool_option *rows = options_common(tool, part, &n);
        help_rows(rows, n);
    }
    printf("\nexit status:\n"
           "  0  done, valid, identical; also: nothing to do\n"
           "  1  checked, and the answer is no\n"
           "  2  usage, or trouble reading or writing\n"
           "  3  input not recognised, damaged or too short\n"
           "  4  recognised, but this operation does not exist for it\n"
           "  5  refused for safety\n"
           "  6  the output failed its self-check; nothing was written\n");
}

void text_version(const struct tool_run *run) {
    struct sandbox_report report;
    char text[300];
    words_end_with_pipe();
    confine(run, &report);
    printf("%s (mekit) %s\nsandbox: %s\n", run->tool->name, MEKIT_VERSION,
           sandbox_text(&report, text, sizeof text));
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

/* The last line: how much the output differs. */
static void text_changes(FILE *words, const struct mk_plan *plan, bool dry_run) {
    uint64_t changed = 0;
    char bytes[COLUMN_SIZE_ROOM];
    for (size_t i = 0; i < plan->n_edits; i++)
        changed += plan->edits[i].length;
    if (plan->n_edits > 0)
        fprintf(words, "%zu edits%s, %s bytes\n", plan->n_edits, dry_run ? " planned" : "",
                column_count(changed, bytes));
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
