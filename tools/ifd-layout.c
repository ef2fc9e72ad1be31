/* SPDX-License-Identifier: MIT */
#include "ifd-layout/wishes.h"

#include "filter.h"
#include "run.h"

#define AT(member) offsetof(struct layout_options, member)

static const struct tool_option words = {
    0, NULL, NULL, TOOL_LIST, "REGION=START-END", AT(words), "move the region; none: unused"};

static const struct tool_option options[] = {
    {0, "layout", NULL, TOOL_TEXT, "LAYOUT", AT(layout),
     "read the places from a layout file (flashrom -l, ifdtool -f)"},
    {0, "size", NULL, TOOL_TEXT, "SIZE", AT(size_text),
     "the size of all chips together, instead of what the\n"
     "                              descriptor says (K, M)"},
    {0, "print", NULL, TOOL_FLAG, NULL, AT(print),
     "print the new layout as such a file, write no image"},
};

static bool plan(const struct mk_image *image, const void *o, struct mk_plan *p,
                 struct mk_error *e) {
    return mk_regions_plan(image, &((const struct layout_options *)o)->regions, p, e);
}

static unsigned operations(const struct mk_image *image, const void *o) {
    (void)image;
    (void)o;
    return MK_TO_RECLAIM;
}

static int run(struct tool_run *r) {
    static const struct filter filter = {.operations = operations, .plan = plan};
    const struct layout_options *o = r->options;
    int status;
    if (!wishes_load(r, &status) || !run_open(r, false, &status) || !wishes_read(r, &status))
        return status;
    return o->print ? wishes_print(r) : filter_open_image(r, &filter);
}

int main(int argc, char **argv) {
    static const struct tool tool = {
        .name = "ifd-layout",
        .summary = "Moves the regions of a flash image to other places.",
        .details =
            "Changes the descriptor and moves the contents: BIOS stays at its region's end, the\n"
            "others at their start. The file never grows, and only erased bytes are dropped.\n"
            "START and END are hex, END is the last byte; regions that are not named stay.\n\n"
            "  ifd-layout me=3000-1afff bios=1b000-bfffff clean.rom > new.rom",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .options_size = sizeof(struct layout_options),
        .words = &words,
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
