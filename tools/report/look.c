/* SPDX-License-Identifier: MIT */
#include "look.h"

#include "column.h"
#include "report.h"
#include "threads.h"

#include <inttypes.h>

/* The file is not a dump, so no finding blocks an edit: put the id of the first finding before the
 * error. */
static void name_reason(const struct mk_findings *findings, struct mk_error *e) {
    struct mk_error bare = *e;
    mk_fail(e, bare.code, bare.offset, "%s: %.200s", mk_finding_word(findings->list[0].id),
            bare.what);
}

bool look_recognise(const struct tool_run *run, const struct tool_input *input,
                    struct mk_image *image, struct mk_findings *findings, struct mk_error *e) {
    struct mk_span bytes = mk_buffer_span(input->bytes);
    if (mk_image_recognise(bytes, run->common.platform, image, e)) {
        image->runner = threads_runner();
        return true;
    }
    struct mk_error memory = {0};
    if (e->code == MK_E_MEMORY || e->code == MK_E_EMPTY)
        return false;
    if (!mk_inspect_unknown(bytes, findings, &memory))
        *e = memory;
    else if (mk_findings_allow(findings, MK_TO_ANYTHING, 0, e) && findings->n > 0)
        name_reason(findings, e);
    return false;
}

static json_t *blocks_json(unsigned blocks) {
    json_t *array = json_array();
    for (unsigned one = 1; mk_operation_name(one); one <<= 1)
        if (blocks & one)
            json_array_append_new(array, json_string(mk_operation_name(one)));
    return array;
}

json_t *look_json(const struct mk_findings *findings) {
    json_t *array = report_list();
    for (size_t i = 0; i < findings->n; i++) {
        const struct mk_finding *f = &findings->list[i];
        json_t *offset =
            f->offset == MK_NOWHERE ? json_null() : json_integer((json_int_t)f->offset);
        json_array_append_new(
            array, json_pack("{s:s, s:s, s:o, s:I, s:o, s:s, s:s?}", "id", mk_finding_word(f->id),
                             "severity", mk_severity_name(f->severity), "offset", offset, "length",
                             (json_int_t)f->length, "blocks", blocks_json(f->blocks), "text",
                             f->text, "next", *f->next ? f->next : NULL));
    }
    return array;
}

static bool is_always_said(const struct mk_finding *f) {
    return f->severity != MK_NOTE || f->id == MK_FINDING_WRITE_PROTECTED ||
           f->id == MK_FINDING_PARTIAL_FILE || f->id == MK_FINDING_DESCRIPTOR_COPY;
}

void look_row(FILE *words, const struct mk_finding *f) {
    static const char *const marks[] = {
        [MK_NOTE] = "", [MK_WARNING] = COLUMN_WARN, [MK_DAMAGE] = COLUMN_BAD};
    fprintf(words, "  %s%s" COLUMN_PLAIN ": %s: ", marks[f->severity],
            mk_severity_name(f->severity), mk_finding_word(f->id));
    if (f->offset != MK_NOWHERE)
        fprintf(words, "offset 0x%" PRIx64 ": ", f->offset);
    fprintf(words, "%s\n", f->text);
    if (*f->next)
        fprintf(words, "    %s\n", f->next);
}

void look_text(FILE *words, const struct mk_findings *findings, bool verbose) {
    for (size_t i = 0; i < findings->n; i++)
        if (verbose || is_always_said(&findings->list[i]))
            look_row(words, &findings->list[i]);
}
