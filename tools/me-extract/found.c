/* SPDX-License-Identifier: MIT */
#include "take.h"

#include "report.h"
#include "run.h"
#include "text.h"
#include "words.h"

#include <inttypes.h>
#include <mekit/base/text.h>
#include <mekit/image/scan.h>
#include <stdlib.h>

static void text_found(FILE *words, unsigned number, const struct mk_found *f) {
    char version[MK_VERSION_ROOM], name[MK_TEXT_ROOM(4)];
    fprintf(words, "%3u  0x%08" PRIx64 "  0x%08" PRIx64 "  %-10s", number, f->offset, f->size,
            mk_found_kind_name(f->kind));
    if (f->kind == MK_FOUND_PARTITION)
        fprintf(words, "  %s", mk_text_mask(name, sizeof name, f->name, sizeof f->name));
    if (*f->family)
        fprintf(words, "  %s %s", f->family, mk_version_text(f->version, version));
    fprintf(words, "\n");
}

static json_t *found_json(const struct mk_found *f) {
    char version[MK_VERSION_ROOM];
    return json_pack("{s:s, s:I, s:I, s:o, s:s?, s:s?}", "kind", mk_found_kind_name(f->kind),
                     "offset", (json_int_t)f->offset, "size", (json_int_t)f->size, "name",
                     f->kind == MK_FOUND_PARTITION
                         ? report_text((const uint8_t *)f->name, sizeof f->name)
                         : json_null(),
                     "family", *f->family ? f->family : NULL, "version",
                     *f->family ? mk_version_text(f->version, version) : NULL);
}

static int write_list(struct tool_run *run, json_t *list, const struct mk_error *e) {
    json_t *object = report_start(run->tool);
    json_object_set(object, "found", list);
    if (e->code)
        json_object_set_new(object, "error", report_error(e));
    return report_write(run, object);
}

/* Out of memory: print no partial list. */
static int finish_list(struct tool_run *run, struct words *words, json_t *list, unsigned n,
                       struct mk_error *e) {
    int status = MK_EXIT_DONE;
    bool whole = report_is_whole(e) && e->code != MK_E_MEMORY;
    if (!words_close(words, whole ? stdout : NULL, e) || !whole)
        return report_failure(run, &run->inputs[0], NULL, e);
    if (e->code == MK_OK && n == 0)
        mk_fail(e, MK_E_NOT_FOUND, MK_NOWHERE, "there is no Intel ME firmware in this file");
    if (run->common.json.given)
        status = write_list(run, list, e);
    if (status != MK_EXIT_DONE || e->code == MK_OK)
        return status;
    return report_says_errors() ? (int)mk_code_exit(e->code)
                                : text_error(run->tool, run->inputs[0].name, e);
}

static int list_all(struct tool_run *run, struct mk_scan *scan) {
    struct mk_found found;
    struct mk_error e = {0};
    struct words words;
    unsigned n = 0;
    if (!words_open(&words, &e))
        return report_failure(run, &run->inputs[0], NULL, &e);
    json_t *list = report_list();
    while (mk_scan_next(scan, &found, &e)) {
        n++;
        json_array_append_new(list, found_json(&found));
        if (!run->common.json.given)
            text_found(words.stream, n, &found);
    }
    int status = finish_list(run, &words, list, n, &e);
    json_decref(list);
    return status;
}

static int take_number(struct tool_run *run, struct mk_scan *scan, unsigned long wanted) {
    struct mk_found found;
    struct mk_error e = {0};
    for (unsigned long n = 1; mk_scan_next(scan, &found, &e); n++)
        if (n == wanted)
            return run_write(run, mk_span_clip(scan->file, found.offset, found.size));
    if (e.code == MK_OK)
        mk_fail(&e, MK_E_NOT_FOUND, MK_NOWHERE, "--scan lists no number %lu", wanted);
    return report_failure(run, &run->inputs[0], NULL, &e);
}

int take_found(struct tool_run *run) {
    const struct take_options *o = run->options;
    struct mk_scan scan = {.file = mk_buffer_span(run->inputs[0].bytes)};
    char *end = NULL;
    unsigned long wanted = o->scan.text ? strtoul(o->scan.text, &end, 10) : 0;
    struct mk_error e;
    if (!o->scan.text)
        return list_all(run, &scan);
    if (*end == 0 && wanted > 0)
        return take_number(run, &scan, wanted);
    mk_fail(&e, MK_E_USAGE, MK_NOWHERE, "--scan needs a number from its list");
    return report_failure(run, &run->inputs[0], NULL, &e);
}
