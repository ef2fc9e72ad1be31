/* SPDX-License-Identifier: MIT */
#include "ifd-set/values.h"

#include "filter.h"
#include "report.h"
#include "run.h"

#include <stdlib.h>

#define AT(member) offsetof(struct value_options, member)

static const struct tool_option options[] = {
    {0, "density", NULL, TOOL_TEXT, "SIZE", AT(density),
     "the size of the chips: 512K, 1M ... 64M, or none"},
    {0, "chip", NULL, TOOL_TEXT, "N", AT(chip), "with --density: of chip 1, 2 or both fields"},
    {0, "chips", NULL, TOOL_TEXT, "N", AT(chips), "the number of chips: 1 or 2"},
    {0, "spi-clock", NULL, TOOL_TEXT, "MHZ", AT(spi_clock),
     "the clock of fast reads, writes, and reads of id and status"},
    {0, "em100", NULL, TOOL_FLAG, NULL, AT(set.em100),
     "the slowest clock, no dual output fast read: for an emulator"},
    {0, "top-swap", NULL, TOOL_TEXT, "SIZE", AT(top_swap),
     "refused: mekit knows no strap for it on any platform"},
    {0, "strap", NULL, TOOL_LIST, "N=VALUE", AT(straps), "PCH strap N; repeatable"},
    {0, "clear-vscc", NULL, TOOL_FLAG, NULL, AT(set.clear_vscc),
     "empty the ME's table of flash chips"},
    {0, "clear-gpr0", NULL, TOOL_FLAG, NULL, AT(set.clear_gpr0),
     "remove the write protection that the descriptor sets"},
};

static bool plan(const struct mk_image *image, const void *o, struct mk_plan *p,
                 struct mk_error *e) {
    const struct value_options *values = o;
    return mk_set_plan(image, &values->set, p, e);
}

static unsigned operations(const struct mk_image *image, const void *o) {
    (void)image;
    const struct value_options *values = o;
    unsigned straps = values->set.n_straps > 0 ? MK_TO_STRAP : 0;
    return MK_TO_DESCRIPTOR | straps | (values->set.clear_gpr0 ? MK_TO_ACCESS : 0);
}

static int run(struct tool_run *r) {
    static const struct filter filter = {.operations = operations, .plan = plan};
    struct value_options *values = r->options;
    struct mk_error e = {0};
    int status = values_read(values, &e) ? filter_image(r, &filter)
                                         : report_failure(r, &r->inputs[0], NULL, &e);
    free(values->strap_values);
    return status;
}

int main(int argc, char **argv) {
    static const struct tool tool = {
        .name = "ifd-set",
        .summary = "Sets fields of a flash descriptor: chips, clocks, straps, VSCC table.",
        .details = "Each old value is printed. A value that the platform can't have is refused.\n\n"
                   "  ifd-set --density 16M --spi-clock 33 --strap 10=0xc100c4 down.rom > new.rom",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .options_size = sizeof(struct value_options),
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
