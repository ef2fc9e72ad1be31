/* SPDX-License-Identifier: MIT */
#include "work.h"

#include "../unit/forged_codebook.h"

#include <fpt-dump/dump.h>
#include <input.h>
#include <me-extract/take.h>
#include <mekit/action/extract.h>
#include <mekit/action/relocate.h>
#include <mekit/action/seal.h>
#include <mekit/action/strip.h>
#include <mekit/action/unlock.h>
#include <mekit/image/scan.h>
#include <report.h>
#include <rsa-check/check.h>
#include <stdlib.h>
#include <undo.h>

typedef bool plan_function(const struct mk_image *, struct mk_plan *, struct mk_error *);

static FILE *nowhere;
static struct mk_codebook *book;

void work_prepare(void) {
    nowhere = fopen("/dev/null", "w");
    book = forged_codebook("forge");
    if (!nowhere || !book || !freopen("/dev/null", "w", stderr) ||
        !freopen("/dev/null", "w", stdout))
        exit(2);
}

/* ---- actions ---- */

static bool unlock(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    return mk_unlock_plan(image, &(struct mk_unlock_options){.lock = true}, plan, e);
}

static bool strip(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    return mk_strip_plan(image, &(struct mk_strip_options){.force = true}, plan, e);
}

static bool strip_shared(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_strip_options o = {.force = true, .wipe_shared = true, .keep.text = "MFS,P01"};
    return mk_strip_plan(image, &o, plan, e);
}

static bool relocate(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    return mk_relocate_plan(image, &(struct mk_relocate_options){.force = true}, plan, e);
}

static bool extract(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    return mk_extract_plan(image, &(struct mk_extract_options){.truncate = true}, plan, e);
}

/* Like a filter, recognises the output and plans again. */
static void check_output(const struct mk_seal *seal, struct mk_span output, plan_function *again) {
    struct mk_image image;
    struct mk_plan plan;
    struct mk_error e = {0};
    if (!mk_image_recognise(output, NULL, &image, &e))
        return;
    mk_plan_start(&plan, output);
    if (mk_seal_check(seal, &image, &e) && again(&image, &plan, &e))
        mk_plan_close(&plan, &e);
    mk_plan_free(&plan);
    mk_image_free(&image);
}

static void carry_out(const struct tool_run *run, const struct mk_image *image,
                      const struct mk_plan *plan, plan_function *again) {
    struct mk_seal seal = {0};
    struct mk_span output;
    struct mk_error e = {0};
    struct mk_buffer copy = {malloc(image->bytes.n + 1), image->bytes.n};
    if (!copy.p)
        exit(2);
    mk_span_copy(image->bytes, 0, copy.p, copy.n);
    json_t *record = undo_start(run, plan);
    report_write(run, report_plan(run, image, plan));
    if (mk_seal_take(image, &seal, &e) && mk_plan_apply(plan, copy, &output, &e)) {
        undo_finish(record, output);
        check_output(&seal, output, again);
    }
    json_decref(record);
    free(copy.p);
}

static void act(const struct tool_run *run, const struct mk_image *image) {
    static plan_function *const actions[] = {unlock, strip, strip_shared, relocate, extract};
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        struct mk_plan plan;
        struct mk_error e = {0};
        mk_plan_start(&plan, image->bytes);
        if (actions[i](image, &plan, &e) && mk_plan_close(&plan, &e))
            carry_out(run, image, &plan, actions[i]);
        mk_plan_free(&plan);
    }
}

/* ---- reports ---- */

static void dump(struct tool_run *run, struct dump_options options) {
    static const struct tool tool = {.name = "fpt-dump", .reports = true};
    run->tool = &tool;
    run->options = &options;
    run->common.json.given = false;
    dump_report(run);
    run->common.json.given = true;
    if (!options.svg && !options.html)
        dump_report(run);
}

static void check(struct tool_run *run, struct mk_codebook **list) {
    static const struct tool tool = {.name = "rsa-check", .reports = true};
    struct check_options options = {.require_proof = false};
    run->tool = &tool;
    run->books = (struct mk_codebooks){list, list ? 1 : 0};
    run->options = &options;
    run->common.json.given = list != NULL;
    check_report(run);
}

static void take(struct tool_run *run, const struct mk_image *image) {
    static const struct tool tool = {.name = "me-extract"};
    struct take_options options = {.all_modules = "x", .decompress = true, .scan.given = true};
    run->tool = &tool;
    run->books = (struct mk_codebooks){&book, 1};
    run->options = &options;
    run->common.json.given = false;
    take_found(run);
    if (image)
        take_modules(run, image, NULL);
}

static void report(struct tool_run *run, const char *other) {
    dump(run, (struct dump_options){.diff = NULL});
    dump(run, (struct dump_options){.svg = true});
    dump(run, (struct dump_options){.html = true});
    dump(run, (struct dump_options){.diff = other});
    check(run, NULL);
    check(run, &book);
}

void work_image(const struct work *work) {
    struct tool_input inputs[2];
    struct mk_image image;
    struct mk_error e = {0};
    if (!input_load(work->path, work->bytes.n, &inputs[0], &e) ||
        !input_load(work->other, work->bytes.n, &inputs[1], &e))
        exit(2);
    struct tool_run run = {.common = {.verbose = true, .dry_run = true, .max_size = work->bytes.n},
                           .inputs = inputs,
                           .n_inputs = 2,
                           .words = nowhere};
    bool known = mk_image_recognise(mk_buffer_span(inputs[0].bytes), NULL, &image, &e);
    take(&run, known ? &image : NULL);
    if (known) {
        act(&run, &image);
        mk_image_free(&image);
    }
    report(&run, work->other);
    input_free(&inputs[0]);
    input_free(&inputs[1]);
}
