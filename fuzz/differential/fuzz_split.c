/* Reads and writes of a few bytes give what whole ones give; and a second run in the same process
 * what the first gave. */
#include "fuzz.h"

#include "harness.h"

static const char *const rows[HARNESS_TOOLS][2] = {
    [IFD_UNLOCK] = {"-v", "--json"},
    [IFD_INSERT] = {"--blank me -v", "--blank gbe --json"},
    [IFD_LAYOUT] = {"me=none -v", "pd=none --json"},
    [IFD_SET] = {"--em100 -v", "--clear-vscc --json"},
    [FPT_DUMP] = {"-v", "--json"},
    [ME_STRIP] = {"--force -v", "--force --json"},
    [ME_RELOCATE] = {"--force -v", "--reclaim"},
    [ME_EXTRACT] = {"-t", "--scan"},
    [RSA_CHECK] = {"-v --codebook CODEBOOK", "--pass"},
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_span input = mk_span_of(bytes, n);
    unsigned i = fuzz_choose(input, 0, HARNESS_TOOLS);
    const char *row = rows[i][fuzz_choose(input, 1, 2)];
    struct harness_run whole, split;
    harness_run(&harness_tools[i], row, input, 0, &whole);
    /* As few as one, but no more than a thousand reads. */
    fault_streams(n / 1000 + 1 + fuzz_choose(input, 2, 97));
    harness_run(&harness_tools[i], row, input, 0, &split);
    fault_streams(0);
    fuzz_expect(harness_run_equal(&whole, &split), "split reads and writes give the same");
    harness_run_free(&whole);
    harness_run_free(&split);
    return 0;
}
