#include "take.h"

#include "codebook.h"
#include "text.h"

static int fail_usage(struct tool_run *run, const char *why) {
    struct mk_error e;
    mk_fail(&e, MK_E_USAGE, MK_NOWHERE, "%s", why);
    return text_error(run->tool, run->inputs[0].name, &e);
}

static bool asks_for_part(const struct take_options *o) {
    const struct mk_extract_options *one = &o->one;
    return one->region || one->partition || one->module || one->chip || one->truncate;
}

static unsigned count_ways(const struct take_options *o) {
    return (unsigned)(o->all != NULL) + (o->all_modules != NULL) + o->convert + o->scan.given;
}

static const char *contradiction(const struct tool_run *run) {
    const struct take_options *o = run->options;
    bool folder = o->all || o->all_modules;
    if (count_ways(o) > 1 || (count_ways(o) == 1 && asks_for_part(o)))
        return "only one part can be taken at a time";
    if (folder && (run->common.output || run->common.in_place))
        return "--all and --all-modules write files of their own";
    if ((folder || (o->scan.given && !o->scan.text)) &&
        (run->common.expect || run->common.undo_record))
        return "--expect and --undo-record go with one output";
    if (o->decompress && !o->one.module && !o->all_modules)
        return "--decompress goes with --module or --all-modules";
    return NULL;
}

bool take_prepare(struct tool_run *run, int *status) {
    struct take_options *o = run->options;
    return !o->decompress || codebooks_prepare(run, &o->codebooks, &o->books, status);
}

void take_release(struct tool_run *run) {
    struct take_options *o = run->options;
    mk_codebooks_free(&o->books);
}

int take_raw(struct tool_run *run, bool *handled) {
    const struct take_options *o = run->options;
    const char *why = contradiction(run);
    *handled = why || o->convert || o->scan.given;
    if (why)
        return fail_usage(run, why);
    if (!*handled)
        return MK_EXIT_DONE;
    return o->convert ? take_codebook(run) : take_found(run);
}

int take_more(struct tool_run *run, const struct mk_image *image, bool *handled) {
    const struct take_options *o = run->options;
    *handled = o->all || o->all_modules || o->decompress;
    if (o->all)
        return take_regions(run, image);
    if (o->all_modules)
        return take_modules(run, image);
    return o->decompress ? take_code(run, image) : MK_EXIT_DONE;
}
