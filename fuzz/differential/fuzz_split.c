/* SPDX-License-Identifier: MIT */
/* Reads and writes of a few bytes give the same result as whole ones; a second run in the same
 * process gives the same result as the first. */
#include "fuzz.h"

#include "harness.h"

static const char *const words[][3] = {
    [HARNESS_FILTER] = {"-v", "--json", "-q"},
    [HARNESS_CUTTER] = {"-t", "--scan", "--json"},
    [HARNESS_REPORT] = {"-v", "--json", "--pass"},
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_span input = mk_span_of(bytes, n);
    unsigned i = fuzz_choose(input, 0, HARNESS_TOOLS);
    const char *row =
        harness_told(&harness_tools[i], words[harness_tools[i].kind][fuzz_choose(input, 1, 3)]);
    struct harness_run whole, split;
    harness_run(&harness_tools[i], row, input, 0, &whole);
    /* Sizes from one byte on, but at most a thousand reads. */
    fault_streams(n / 1000 + 1 + fuzz_choose(input, 2, 97));
    harness_run(&harness_tools[i], row, input, 0, &split);
    fault_streams(0);
    fuzz_expect(harness_run_equal(&whole, &split), "split reads and writes give the same");
    harness_run_free(&whole);
    harness_run_free(&split);
    return 0;
}
