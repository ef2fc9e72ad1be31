/* SPDX-License-Identifier: MIT */
#include "filter.h"

#include <mekit/action/minimum.h>
#include <mekit/action/seal.h>
#include <mekit/action/strip.h>

#define AT(member) offsetof(struct mk_strip_options, member)

static const struct tool_option options[] = {
    {'S', "soft-disable", NULL, TOOL_FLAG, NULL, AT(soft_disable),
     "also set the strap that stops the ME after bring-up"},
    {'s', "soft-disable-only", NULL, TOOL_FLAG, NULL, AT(soft_disable_only),
     "set that strap, remove nothing"},
    {0, "clear-soft-disable", NULL, TOOL_FLAG, NULL, AT(clear_soft_disable),
     "clear that strap, remove nothing"},
    {'d', "descriptor", NULL, TOOL_FLAG, NULL, AT(descriptor),
     "stop the ME from accessing the other regions (FLMSTR2)"},
    {'k', "keep-modules", NULL, TOOL_FLAG, NULL, AT(keep_modules), "keep all modules of FTPR"},
    {'w', "keep", "whitelist", TOOL_TEXT, "LIST", AT(keep.text), "keep these partitions too"},
    {'b', "remove", "blacklist", TOOL_TEXT, "LIST", AT(remove.text),
     "remove these partitions only"},
    {0, "wipe-shared", NULL, TOOL_FLAG, NULL, AT(wipe_shared),
     "also wipe pages that several table entries share"},
    {0, "like-me_cleaner", NULL, TOOL_FLAG, NULL, AT(like_me_cleaner),
     "wipe, as me_cleaner does, what a removed partition shares with a kept one"},
    {0, "force", NULL, TOOL_FLAG, NULL, AT(force), "strip a server's SPS firmware too"},
};

static bool plan(const struct mk_image *image, const void *o, struct mk_plan *p,
                 struct mk_error *e) {
    return mk_strip_plan(image, o, p, e);
}

static bool check(const struct mk_image *image, const void *o, struct mk_error *e) {
    return mk_strip_check_options(image, o, e);
}

static bool tell(const struct mk_image *output, const void *o, struct mk_plan *p,
                 struct mk_error *e) {
    const struct mk_strip_options *strip = o;
    return strip->soft_disable_only || strip->clear_soft_disable ||
           (mk_signature_remark(output, p, e) && mk_minimum_remark(output, p, e));
}

/* Removing generation 1 also sets the strap that disables it, and disables its region in FLREG2. */
static unsigned operations(const struct mk_image *image, const void *o) {
    const struct mk_strip_options *strip = o;
    bool strap_only = strip->soft_disable_only || strip->clear_soft_disable;
    unsigned set = strap_only ? MK_TO_STRAP : MK_TO_STRIP;
    if (!strap_only && image->firmware.indivisible)
        set |= MK_TO_STRAP | MK_TO_RECLAIM;
    if (strip->soft_disable)
        set |= MK_TO_STRAP;
    return strip->descriptor ? set | MK_TO_ACCESS : set;
}

static bool spoils(const void *o) {
    const struct mk_strip_options *strip = o;
    return strip->like_me_cleaner;
}

static int run(struct tool_run *r) {
    static const struct filter filter = {
        .look = MK_LOOK_READ | MK_LOOK_CHAIN,
        .operations = operations,
        .spoils = spoils,
        .check = check,
        .plan = plan,
        .tell = tell,
    };
    return filter_image(r, &filter);
}

int main(int argc, char **argv) {
    static const struct tool tool = {
        .name = "me-strip",
        .summary = "Removes what is not needed to boot from the Intel ME of a flash image.",
        .details =
            "Accepts full dumps (the bottom chip of two is enough) and bare ME regions of ME\n"
            "1-11, TXE 1-2 and, with --force, SPS. A LIST is NAME[,NAME]...; a binary name is\n"
            "written with \\xNN. Names are case-sensitive.\n\n"
            "  me-strip -S -d down.rom -o clean.rom",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .options_size = sizeof(struct mk_strip_options),
        .proves = true,
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
