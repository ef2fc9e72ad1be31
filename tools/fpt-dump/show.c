/* SPDX-License-Identifier: MIT */
#include "dump.h"

#include "column.h"
#include "diff/diff.h"
#include "facts/facts.h"
#include "look.h"
#include "map/map.h"
#include "mfs/mfs.h"
#include "report.h"
#include "text.h"

static bool text_state(FILE *words, const struct tool_input *input, const struct mk_image *image,
                       struct mk_error *e) {
    struct mk_state state;
    const char *name;
    size_t i = 0;
    if (!mk_state_read(image, &state, e))
        return false;
    fprintf(words, COLUMN_BOLD "%s" COLUMN_PLAIN ": %s image, 0x%zx bytes", input->name,
            mk_image_kind_name(image->kind), input->bytes.n);
    for (const char *mark = "; state:"; (name = mk_state_name(&state, &i)); mark = ",")
        fprintf(words, "%s %s", mark, name);
    for (unsigned k = 0; k < state.missing.n; k++)
        fprintf(words, "%s %s", k ? "" : "\npartitions removed:", state.missing.names[k]);
    fprintf(words, "\n");
    return true;
}

static bool text_all(FILE *words, const struct tool_run *run, const struct mk_image *image,
                     const struct mk_findings *findings, struct mk_error *e) {
    bool verbose = run->common.verbose;
    dump_text_descriptor(words, image, verbose);
    facts_text_host(words, image, dump_identity(run));
    if (!dump_text_firmware(words, image, verbose, e) ||
        !mfs_text(words, image, dump_names(run), verbose, e))
        return false;
    look_text(words, findings, true);
    return true;
}

/* With --map print the summary and the map, else all sections. */
static bool text_with(FILE *words, const struct tool_run *run, const struct mk_image *image,
                      const struct mk_inspection *seen, struct mk_error *e) {
    const struct dump_options *o = run->options;
    struct map map;
    bool done = map_read(image, seen, &map, e) && text_state(words, &run->inputs[0], image, e);
    if (done && o && o->map)
        dump_map(words, &map);
    else if (done)
        dump_summary(words, &map);
    map_free(&map);
    return done && ((o && o->map) || text_all(words, run, image, &seen->findings, e));
}

static int dump_text(const struct tool_run *run, const struct mk_image *image,
                     const struct mk_inspection *seen) {
    struct mk_error e;
    struct words text;
    FILE *words = column_open(&text, &e);
    bool done = words && text_with(words, run, image, seen, &e);
    bool closed = words && column_close(&text, done ? run : NULL, &e);
    return done && closed ? MK_EXIT_DONE : text_error(run->tool, "", &e);
}

static int show_picture(const struct tool_run *run, const struct mk_image *image,
                        const struct mk_inspection *seen) {
    struct dump_view view = {&run->inputs[0], image, seen};
    struct mk_error e;
    return dump_picture(run, &view, 1, NULL, &e) ? MK_EXIT_DONE : text_error(run->tool, "", &e);
}

static int show(struct tool_run *run, const struct mk_image *image,
                const struct mk_inspection *seen) {
    const struct dump_options *o = run->options;
    const struct tool_common *c = &run->common;
    if (o->diff)
        return dump_diff(run, image, seen, o->diff);
    if (o->settings)
        return mfs_settings(run, image, o->names);
    int status =
        c->json.given ? report_write(run, dump_json(run, image, &seen->findings)) : MK_EXIT_DONE;
    if (status != MK_EXIT_DONE || (c->json.given && !c->json.text))
        return status;
    if (o->check_fmap)
        return dump_check_fmap(run->words, image) ? MK_EXIT_DONE : MK_EXIT_NEGATIVE;
    if (o->like_ifdtool)
        dump_like_ifdtool(run->words, image);
    else if (o->layout)
        dump_layout(run->words, image, c->quiet);
    else if (o->svg || o->html)
        return show_picture(run, image, seen);
    else if (o->map || !c->quiet)
        return dump_text(run, image, seen);
    return MK_EXIT_DONE;
}

/* A blank file has nothing to show: it is most likely the wrong chip. */
static bool suits(const struct tool_run *run, const struct mk_image *image, struct mk_error *e) {
    const struct dump_options *o = run->options;
    bool needs_descriptor = o->layout || o->like_ifdtool || o->check_fmap;
    if (needs_descriptor && !image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE,
                       "this file has no descriptor, which holds the regions");
    return image->me == MK_ME_ERASED && !image->has_descriptor ? mk_image_has_firmware(image, e)
                                                               : true;
}

int dump_report(struct tool_run *run) {
    struct mk_error e = {0};
    struct mk_image image;
    struct mk_inspection seen = {.verified = false};
    bool known = look_recognise(run, &run->inputs[0], &image, &seen.findings, &e);
    int status = known && dump_look(run, &image, &seen, &e) &&
                         mk_findings_readable(&seen.findings, &e) && suits(run, &image, &e)
                     ? show(run, &image, &seen)
                     : report_failure(run, &run->inputs[0], &seen.findings, &e);
    mk_inspection_free(&seen);
    if (known)
        mk_image_free(&image);
    return status;
}
