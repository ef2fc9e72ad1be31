/* SPDX-License-Identifier: MIT */
#include "take.h"

#include "column.h"
#include "filter.h"
#include "look.h"
#include "report.h"
#include "run.h"
#include "text.h"

static int fail_usage(struct tool_run *run, const char *why) {
    struct mk_error e;
    mk_fail(&e, MK_E_USAGE, MK_NOWHERE, "%s", why);
    return report_failure(run, &run->inputs[0], NULL, &e);
}

static bool asks_for_part(const struct take_options *o) {
    const struct mk_extract_options *one = &o->one;
    return one->region || one->partition || one->module || one->chip || one->truncate;
}

static unsigned count_ways(const struct take_options *o) {
    return (unsigned)(o->all != NULL) + (o->all_modules != NULL) + (o->mfs != NULL) + o->convert +
           o->scan.given + o->update;
}

static const char *contradiction(const struct tool_run *run) {
    const struct take_options *o = run->options;
    bool folder = o->all || o->all_modules || o->mfs;
    if (count_ways(o) > 1 || (count_ways(o) == 1 && asks_for_part(o)))
        return "only one part can be extracted at a time";
    if (folder && (run->common.output || run->common.in_place))
        return "--all, --all-modules and --mfs write files of their own";
    if ((folder || (o->scan.given && !o->scan.text)) &&
        (run->common.expect || run->common.undo_record))
        return "--expect and --undo-record need a single output";
    if (o->decompress && !o->one.module && !o->all_modules)
        return "--decompress needs --module or --all-modules";
    return NULL;
}

/* ---- one part: a filter whose output is not an image ---- */

static unsigned operations(const struct mk_image *image, const void *o) {
    (void)image;
    (void)o;
    return MK_TO_TAKE;
}

static bool plan(const struct mk_image *image, const void *o, struct mk_plan *p,
                 struct mk_error *e) {
    const struct take_options *take = o;
    return mk_extract_plan(image, &take->one, p, e);
}

/* ---- many parts, or the content of a part ---- */

static int take_from_image(struct tool_run *run, const struct mk_image *image,
                           const struct mk_findings *seen) {
    const struct take_options *o = run->options;
    if (o->all)
        return take_regions(run, image, seen);
    if (o->mfs)
        return take_mfs(run, image, seen);
    return o->all_modules ? take_modules(run, image, seen) : take_code(run, image, seen);
}

static bool print_words(const struct tool_run *run, const struct mk_image *image,
                        const struct mk_findings *findings, struct mk_error *e) {
    struct words text;
    FILE *words = column_open(&text, e);
    if (!words)
        return false;
    text_head(words, run, image);
    look_text(words, findings, run->common.verbose);
    return column_close(&text, run, e);
}

static int take_files(struct tool_run *run) {
    struct mk_inspection seen = {.verified = false};
    struct mk_image image;
    struct mk_error e = {0};
    bool known = look_recognise(run, &run->inputs[0], &image, &seen.findings, &e);
    bool good = known && mk_inspect(&image, 0, NULL, 0, &seen, &e) &&
                mk_findings_allow(&seen.findings, MK_TO_TAKE, 0, &e);
    if (good && !run->common.quiet && !report_says_errors())
        good = print_words(run, &image, &seen.findings, &e);
    int status = good ? take_from_image(run, &image, &seen.findings)
                      : report_failure(run, &run->inputs[0], &seen.findings, &e);
    mk_inspection_free(&seen);
    if (known)
        mk_image_free(&image);
    return status;
}

int take_run(struct tool_run *run) {
    static const struct filter part = {.cuts = true, .operations = operations, .plan = plan};
    const struct take_options *o = run->options;
    const char *why = contradiction(run);
    int status;
    if (why)
        return fail_usage(run, why);
    if (!run_open(run, o->decompress, &status))
        return status;
    if (o->convert)
        return take_codebook(run);
    if (o->scan.given)
        return take_found(run);
    if (o->update)
        return take_update(run);
    return o->all || o->all_modules || o->mfs || o->decompress ? take_files(run)
                                                               : filter_open_image(run, &part);
}
