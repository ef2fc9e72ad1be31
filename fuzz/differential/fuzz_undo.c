/* SPDX-License-Identifier: MIT */
/* A filter, then --undo with its record, gives the input again. */
#include "fuzz.h"

#include "harness.h"

/* Options besides those in the list of tools. */
static const struct harness_way ways[] = {
    {IFD_UNLOCK, "-q --lock --undo-record UNDO"},
    {IFD_INSERT, "-q --blank me --undo-record UNDO"},
    {IFD_LAYOUT, "-q me=none --undo-record UNDO"},
    {IFD_SET, "-q --em100 --strap 1=1 --undo-record UNDO"},
    {ME_STRIP, "-q --force -S -d --undo-record UNDO"},
    {ME_STRIP, "-q --force --wipe-shared -w MFS --undo-record UNDO"},
    {ME_RELOCATE, "-q --force --reclaim --undo-record UNDO"},
    {ME_EXTRACT, "-q -t --undo-record UNDO"},
    {ME_EXTRACT, "-q --region fd -t --undo-record UNDO"},
};

static void undo(const struct harness_tool *tool, struct mk_span input, struct mk_span output) {
    struct harness_run back;
    harness_run(tool, "-q --undo UNDO", output, 0, &back);
    fuzz_expect(back.status == 0, "--undo takes the record and the output");
    fuzz_expect(mk_span_equal(mk_buffer_span(back.out), input), "--undo gives the input");
    harness_run_free(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_span input = mk_span_of(bytes, n);
    const char *row;
    const struct harness_tool *tool =
        harness_choose(ways, sizeof ways / sizeof *ways, "-q --undo-record UNDO", input, &row);
    if (tool->kind == HARNESS_REPORT)
        return 0;
    struct harness_run run;
    harness_run(tool, row, input, 0, &run);
    harness_check(tool, row, input, &run);
    if (run.status == 0 && !harness_is_packed(input) && !harness_is_packed(mk_buffer_span(run.out)))
        undo(tool, input, mk_buffer_span(run.out));
    harness_run_free(&run);
    return 0;
}
