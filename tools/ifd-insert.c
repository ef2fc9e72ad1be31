/* SPDX-License-Identifier: MIT */
#include "ifd-insert/parts.h"

#include "filter.h"

#define AT(member) offsetof(struct insert_options, member)

static const struct tool_option words = {
    0, NULL, NULL, TOOL_LIST, "REGION=FILE", AT(words), "put FILE into this region"};

static const struct tool_option options[] = {
    {0, "blank", NULL, TOOL_LIST, "REGION", AT(blank), "fill this region with FF; repeatable"},
    {0, "align-end", NULL, TOOL_FLAG, NULL, AT(align_end),
     "a BIOS that is smaller than its region goes to the region's end"},
};

static bool plan(const struct mk_image *image, const void *o, struct mk_plan *p,
                 struct mk_error *e) {
    struct mk_insert_part parts[MK_LIMIT_REGIONS];
    struct mk_insert_options insert = parts_of(o, parts);
    return mk_insert_plan(image, &insert, p, e);
}

static bool replaces(const struct mk_image *image, const void *o) {
    struct mk_insert_part parts[MK_LIMIT_REGIONS];
    struct mk_insert_options insert = parts_of(o, parts);
    return mk_insert_replaces(image, &insert);
}

static unsigned operations(const struct mk_image *image, const void *o) {
    (void)image;
    (void)o;
    return MK_TO_REPLACE;
}

static int run(struct tool_run *r) {
    static const struct filter filter = {
        .operations = operations, .replaces = replaces, .plan = plan};
    int status;
    return parts_load(r, &status) ? filter_image(r, &filter) : status;
}

int main(int argc, char **argv) {
    static const struct tool tool = {
        .name = "ifd-insert",
        .summary = "Puts files into the regions of a flash image.",
        .details = "Regions: fd, bios, me, gbe, pd, ec ... A shorter file is followed by FF; a "
                   "longer one\n"
                   "is refused.\n\n"
                   "  ifd-insert me=me.rom gbe=gbe.bin down.rom > new.rom",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .options_size = sizeof(struct insert_options),
        .words = &words,
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
