/* SPDX-License-Identifier: MIT */
#include "me-extract/take.h"

#define AT(member) offsetof(struct take_options, member)

static const struct tool_option options[] = {
    {0, "region", NULL, TOOL_TEXT, "NAME", AT(one.region),
     "this region: fd, bios, me (default), gbe, pd, ec ..."},
    {'t', "truncate", NULL, TOOL_FLAG, NULL, AT(one.truncate),
     "cut the ME to its minimum; with --region fd: adjust the regions"},
    {'p', "partition", NULL, TOOL_TEXT, "NAME", AT(one.partition), "this partition"},
    {'m', "module", NULL, TOOL_TEXT, "PART/NAME", AT(one.module), "this module, as it is stored"},
    {0, "decompress", NULL, TOOL_FLAG, NULL, AT(decompress), "the module's code, unpacked"},
    {0, "chip", NULL, TOOL_TEXT, "N", AT(one.chip), "what belongs on chip 0 or 1 of two"},
    {0, "all", NULL, TOOL_TEXT, "DIR", AT(all), "every region, as DIR/flashregion_N_NAME.bin"},
    {0, "all-modules", NULL, TOOL_TEXT, "DIR", AT(all_modules), "every module, into DIR"},
    {0, "mfs", NULL, TOOL_TEXT, "DIR", AT(mfs),
     "the low-level files of the ME's file system, as DIR/NN.bin"},
    {0, "scan", NULL, TOOL_TEXT_OPTIONAL, "N", AT(scan),
     "list the firmware at any offset of any file; with N extract that one"},
    {0, "from-update", NULL, TOOL_FLAG, NULL, AT(update),
     "make the minimal region from FILE, an update image of ME 7"},
    {0, "convert-codebook", NULL, TOOL_FLAG, NULL, AT(convert),
     "FILE is a codebook: write it in mekit's own format"},
};

int main(int argc, char **argv) {
    static const struct tool tool = {
        .name = "me-extract",
        .summary = "Extracts a part of a flash image: the ME region by default.",
        .details = "  me-extract -t clean.rom > me.rom\n"
                   "  me-extract --region fd -t clean.rom > fd.rom",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .options_size = sizeof(struct take_options),
        .proves = true,
        .run = take_run,
    };
    return tool_main(&tool, argc, argv);
}
