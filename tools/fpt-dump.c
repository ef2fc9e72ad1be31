/* SPDX-License-Identifier: MIT */
#include "fpt-dump/dump.h"

#include "fpt-dump/mfs/mfs.h"
#include "fpt-dump/support/support.h"
#include "report.h"
#include "run.h"

#include <mekit/base/text.h>

#define AT(member) offsetof(struct dump_options, member)

static const struct tool_option options[] = {
    {0, "layout", NULL, TOOL_FLAG, NULL, AT(layout), "print a layout file for flashrom -l instead"},
    {0, "map", NULL, TOOL_FLAG, NULL, AT(map), "draw the flash as bars of text instead"},
    {0, "svg", NULL, TOOL_FLAG, NULL, AT(svg), "draw the flash as a picture instead"},
    {0, "html", NULL, TOOL_FLAG, NULL, AT(html), "write everything as a web page instead"},
    {0, "like-ifdtool", NULL, TOOL_FLAG, NULL, AT(like_ifdtool),
     "print the lines of ifdtool -d instead"},
    {0, "check-fmap", NULL, TOOL_FLAG, NULL, AT(check_fmap),
     "compare the regions with the flash map instead: exit 1 if they differ"},
    {0, "settings", NULL, TOOL_FLAG, NULL, AT(settings),
     "show the settings that the OEM changed instead"},
    {0, "file-table", NULL, TOOL_TEXT, "FILE", AT(file_table),
     "names of settings that have only numbers (MEAnalyzer's FileTable.dat)"},
    {0, "identity", NULL, TOOL_FLAG, NULL, AT(identity),
     "show MAC addresses and serial numbers too"},
    {0, "diff", NULL, TOOL_TEXT, "OTHER", AT(diff), "show what is different in OTHER, by field"},
    {0, "support", NULL, TOOL_FLAG, NULL, AT(support),
     "show what can be done with which firmware and platform; needs no FILE"},
};

static bool needs_no_input(const void *o) {
    return ((const struct dump_options *)o)->support;
}

static bool options_fit(const struct dump_options *o, struct mk_error *e) {
    int pictures = o->svg + o->html;
    int kinds = o->layout + o->map + o->like_ifdtool + o->check_fmap;
    return kinds + pictures + o->settings + (o->diff && !pictures) <= 1 ||
           mk_fail(e, MK_E_USAGE, MK_NOWHERE,
                   "give only one of --layout, --map, --svg, --html, --like-ifdtool, --check-fmap, "
                   "--settings and --diff (--diff also with --svg or --html)");
}

static int run(struct tool_run *r) {
    struct dump_options *o = r->options;
    struct mk_error e = {0};
    char file[256];
    if (o->support)
        return support_print(r);
    if (!options_fit(o, &e))
        return report_failure(r, &r->inputs[0], NULL, &e);
    if (o->file_table && !(o->names = mfs_names_load(o->file_table, &e)))
        return report_file_failure(r, mk_text_mask_string(file, sizeof file, o->file_table), &e);
    int status = run_report(r, true, dump_report);
    json_decref(o->names);
    return status;
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
        .needs_no_input = needs_no_input,
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
