/* SPDX-License-Identifier: MIT */
#include "filter.h"

#include <mekit/action/unlock.h>

#define AT(member) offsetof(struct mk_unlock_options, member)

static const struct tool_option options[] = {
    {0, "lock", NULL, TOOL_FLAG, NULL, AT(lock), "restrict the masters instead, as vendors do"},
    {0, "host-read-me", NULL, TOOL_FLAG, NULL, AT(host_read_me),
     "with --lock: the host may read the ME region"},
    {0, "host-only", NULL, TOOL_FLAG, NULL, AT(host_only),
     "open only FLMSTR1; the ME keeps its present access"},
    {0, "like-ifdtool", NULL, TOOL_FLAG, NULL, AT(like_ifdtool),
     "write ifdtool's exact bytes where mekit opens more (LBG, EHL, ICL, EBG)"},
    {0, "clear-gpr0", NULL, TOOL_FLAG, NULL, AT(clear_gpr0),
     "clear GPR0, which protects a range whatever FLMSTR1 says"},
};

static bool plan(const struct mk_image *image, const void *o, struct mk_plan *p,
                 struct mk_error *e) {
    return mk_unlock_plan(image, o, p, e);
}

static unsigned operations(const struct mk_image *image, const void *o) {
    (void)image;
    (void)o;
    return MK_TO_ACCESS;
}

static int run(struct tool_run *r) {
    static const struct filter filter = {.operations = operations, .plan = plan};
    return filter_image(r, &filter);
}

int main(int argc, char **argv) {
    static const struct tool tool = {
        .name = "ifd-unlock",
        .summary = "Gives the masters of a flash descriptor access to all its regions.",
        .details =
            "The platform is detected from the descriptor. Works on full dumps, on the bottom\n"
            "chip of two, and on a lone descriptor.\n\n"
            "  ifd-unlock down.rom -o unlocked.rom",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .options_size = sizeof(struct mk_unlock_options),
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
