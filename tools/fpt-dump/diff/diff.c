/* SPDX-License-Identifier: MIT */
#include "diff.h"
#include "../dump.h"

#include "input.h"
#include "look.h"
#include "report.h"
#include "text.h"

/* Do not compare bytes of images of different kinds: their offsets have different meanings. */
static bool compare(struct diff *d, const json_t *names, bool verbose, struct mk_error *e) {
    const struct mk_image *a = d->a, *b = d->b;
    bool alike = a->kind == b->kind;
    if (!alike)
        diff_text(d, "file", "kind", mk_image_kind_name(a->kind), mk_image_kind_name(b->kind));
    if (a->bytes.n != b->bytes.n)
        diff_number(d, "file", "size", a->bytes.n, b->bytes.n);
    if (a->has_descriptor && b->has_descriptor)
        diff_descriptors(d);
    diff_firmware(d);
    diff_file_systems(d, names);
    if (alike)
        diff_bytes(d, verbose);
    bool whole = report_is_whole(e);
    return whole && !d->problem.code ? true : mk_fail_memory(e);
}

static int write_json(const struct tool_run *run, const struct diff *d,
                      const struct tool_input *other) {
    json_t *object = report_start(run->tool);
    json_t *inputs =
        json_pack("[o, o]", report_input(&run->inputs[0], d->a), report_input(other, d->b));
    json_object_set_new(object, "inputs", inputs);
    json_object_set_new(object, "identical", json_boolean(json_array_size(d->differences) == 0));
    json_object_set(object, "differences", d->differences);
    return report_write(run, object);
}

static int conclude(const struct tool_run *run, const struct diff *d,
                    const struct tool_input *other) {
    bool same = json_array_size(d->differences) == 0;
    int status = same ? MK_EXIT_DONE : MK_EXIT_NEGATIVE;
    if (same && d->words)
        fprintf(d->words, "identical\n");
    int written = run->common.json.given ? write_json(run, d, other) : MK_EXIT_DONE;
    return written > status ? written : status;
}

static bool is_picture(const struct tool_run *run) {
    const struct dump_options *o = run->options;
    return o && (o->svg || o->html);
}

/* Shows the differences as text or as a picture. */
static int show(const struct tool_run *run, const struct diff *d, const struct dump_view views[2],
                struct mk_error *e) {
    int status = conclude(run, d, views[1].input);
    bool draw = is_picture(run) && !(run->common.json.given && !run->common.json.text);
    if (status > MK_EXIT_NEGATIVE || !draw || dump_picture(run, views, 2, d->differences, e))
        return status;
    return text_error(run->tool, "", e);
}

static int compare_images(const struct tool_run *run, const struct dump_view views[2]) {
    const struct tool_common *c = &run->common;
    bool words = !c->quiet && !(c->json.given && !c->json.text) && !is_picture(run);
    struct diff d = {.words = words ? run->words : NULL,
                     .a = views[0].image,
                     .b = views[1].image,
                     .differences = report_list()};
    struct mk_error e;
    int status = compare(&d, dump_names(run), c->verbose, &e) ? show(run, &d, views, &e)
                                                              : text_error(run->tool, "", &e);
    json_decref(d.differences);
    return status;
}

static int compare_with(struct tool_run *run, const struct mk_image *image,
                        const struct mk_inspection *seen, const struct tool_input *other,
                        const struct mk_image *second) {
    struct mk_inspection found = {.verified = false};
    const struct dump_view views[2] = {{&run->inputs[0], image, seen}, {other, second, &found}};
    struct mk_error e;
    int status = !is_picture(run) || dump_look(run, second, &found, &e)
                     ? compare_images(run, views)
                     : text_error(run->tool, other->name, &e);
    mk_inspection_free(&found);
    return status;
}

int dump_diff(struct tool_run *run, const struct mk_image *image, const struct mk_inspection *seen,
              const char *path) {
    struct tool_input other;
    struct mk_findings found = {0};
    struct mk_image second;
    struct mk_error e = {0};
    int status;
    if (input_read(path, run->common.max_size, &other, &e) &&
        look_recognise(run, &other, &second, &found, &e)) {
        status = compare_with(run, image, seen, &other, &second);
        mk_image_free(&second);
    } else
        status = report_failure(run, &other, &found, &e);
    mk_findings_free(&found);
    input_free(&other);
    return status;
}
