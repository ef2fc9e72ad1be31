/* SPDX-License-Identifier: MIT */
#include "wishes.h"

#include "look.h"
#include "report.h"
#include "run.h"

#include <inttypes.h>

bool wishes_load(struct tool_run *run, int *status) {
    const struct layout_options *o = run->options;
    return !o->layout || run_add_input(run, o->layout, status);
}

static int fail(const struct tool_run *run, const struct mk_findings *findings,
                const struct mk_error *e) {
    return report_failure(run, &run->inputs[0], findings, e);
}

bool wishes_read(struct tool_run *run, int *status) {
    struct layout_options *o = run->options;
    struct mk_region_wishes *wishes = &o->regions.wishes;
    struct mk_error e = {0};
    bool read = true;
    if (o->size_text && !tool_read_size(o->size_text, &o->regions.flash_size))
        read = mk_fail(&e, MK_E_USAGE, MK_NOWHERE, "--size: not a size");
    for (size_t i = 0; read && i < o->words.n; i++)
        read = mk_region_wishes_word(wishes, o->words.texts[i], &e);
    if (read && o->layout)
        read = mk_region_wishes_file(wishes, mk_buffer_span(run->inputs[1].bytes), &e);
    if (!read)
        *status = fail(run, NULL, &e);
    return read;
}

static void print(const struct mk_range wanted[MK_LIMIT_REGIONS]) {
    for (unsigned i = 0; i < MK_LIMIT_REGIONS; i++)
        if (wanted[i].end > wanted[i].start)
            printf("%08" PRIx64 ":%08" PRIx64 " %s\n", wanted[i].start, wanted[i].end - 1,
                   mk_region_name(i));
}

int wishes_print(struct tool_run *run) {
    const struct layout_options *o = run->options;
    struct mk_findings findings = {0};
    struct mk_range wanted[MK_LIMIT_REGIONS] = {{0, 0}};
    struct mk_image image;
    struct mk_error e = {0};
    int status = MK_EXIT_DONE;
    bool known = look_recognise(run, &run->inputs[0], &image, &findings, &e);
    if (known && mk_regions_wanted(&image, &o->regions, wanted, &e))
        print(wanted);
    else
        status = fail(run, &findings, &e);
    mk_findings_free(&findings);
    if (known)
        mk_image_free(&image);
    return status;
}
