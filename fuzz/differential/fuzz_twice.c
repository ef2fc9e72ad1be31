/* SPDX-License-Identifier: MIT */
/* A second run of the same filter on its output gives the same bytes. */
#include "fuzz.h"

#include "harness.h"

#include <string.h>

/* Options besides those in the list of tools. */
static const struct harness_way ways[] = {
    {IFD_UNLOCK, "-q --lock --host-read-me"},
    {IFD_LAYOUT, "-q me=none"},
    {IFD_SET, "-q --strap 1=1 --clear-vscc"},
    {ME_STRIP, "-q --force -S -d"},
    {ME_STRIP, "-q --force -k"},
    {ME_RELOCATE, "-q --force"},
    {ME_RELOCATE, "-q --force --reclaim"},
};

static bool is_erased(const struct harness_run *run) {
    return run->status == 3 && strstr((const char *)run->words.p, "ME region is 0xFF");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_span input = mk_span_of(bytes, n);
    const char *row;
    const struct harness_tool *tool =
        harness_choose(ways, sizeof ways / sizeof *ways, "-q", input, &row);
    if (tool->kind != HARNESS_FILTER)
        return 0;
    struct harness_run once, twice;
    harness_run(tool, row, input, 0, &once);
    if (once.status == 0) {
        struct mk_span output = mk_buffer_span(once.out);
        harness_run(tool, row, output, 0, &twice);
        harness_check(tool, row, output, &twice);
        fuzz_expect(is_erased(&twice) ||
                        (twice.status == 0 && mk_span_equal(mk_buffer_span(twice.out), output)),
                    "a second run changes nothing");
        harness_run_free(&twice);
    }
    harness_run_free(&once);
    return 0;
}
