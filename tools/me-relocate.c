/* SPDX-License-Identifier: MIT */
#include "filter.h"

#include <mekit/action/minimum.h>
#include <mekit/action/relocate.h>
#include <mekit/action/seal.h>

#define AT(member) offsetof(struct mk_relocate_options, member)

static const struct tool_option options[] = {
    {0, "reclaim", NULL, TOOL_FLAG, NULL, AT(reclaim),
     "shrink the ME region in the descriptor to what is used, for the BIOS"},
    {0, "force", NULL, TOOL_FLAG, NULL, AT(force),
     "move the SPS firmware of a server that still has\n"
     "                              its operational code"},
};

static bool plan(const struct mk_image *image, const void *o, struct mk_plan *p,
                 struct mk_error *e) {
    return mk_relocate_plan(image, o, p, e);
}

static bool tell(const struct mk_image *output, const void *o, struct mk_plan *p,
                 struct mk_error *e) {
    (void)o;
    return mk_signature_remark(output, p, e) && mk_minimum_remark(output, p, e);
}

static unsigned operations(const struct mk_image *image, const void *o) {
    (void)image;
    const struct mk_relocate_options *relocate = o;
    return relocate->reclaim ? MK_TO_RELOCATE | MK_TO_RECLAIM : MK_TO_RELOCATE;
}

static int run(struct tool_run *r) {
    static const struct filter filter = {
        .look = MK_LOOK_CHAIN, .operations = operations, .plan = plan, .tell = tell};
    return filter_image(r, &filter);
}

int main(int argc, char **argv) {
    static const struct tool tool = {
        .name = "me-relocate",
        .summary = "Moves the FTPR partition to the lowest place that is free.",
        .details =
            "It never moves up, and never over another partition of the table or anything else\n"
            "that is kept.\n\n"
            "  me-strip down.rom | me-relocate > clean.rom",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .options_size = sizeof(struct mk_relocate_options),
        .proves = true,
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
