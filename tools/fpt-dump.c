#include "fpt-dump/dump.h"

#include "run.h"

#define AT(member) offsetof(struct dump_options, member)

static const struct tool_option options[] = {
    {0, "layout", NULL, TOOL_FLAG, NULL, AT(layout), "a layout file for flashrom -l instead"},
    {0, "svg", NULL, TOOL_FLAG, NULL, AT(svg), "a map of the flash as a picture instead"},
    {0, "diff", NULL, TOOL_TEXT, "OTHER", AT(diff), "what is different in OTHER, by field"},
};

static int run(struct tool_run *r) {
    return run_report(r, true, dump_report);
}

int main(int argc, char **argv) {
    static const struct tool tool = {
        .name = "fpt-dump",
        .summary = "Shows what is in a flash image with Intel ME.",
        .details =
            "Descriptor, regions, access, straps; partition table, manifests, modules; and what\n"
            "was done to it already.\n\n"
            "  fpt-dump down.rom\n"
            "  fpt-dump --layout down.rom > layout.txt",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .options_size = sizeof(struct dump_options),
        .reports = true,
        .proves = true,
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
