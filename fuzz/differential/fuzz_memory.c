/* One allocation fails: the tool says so and ends with 2, or its answer is the one it had given
 * with enough memory. */
#include "fuzz.h"

#include "harness.h"

static const char *const rows[HARNESS_TOOLS][4] = {
    [IFD_UNLOCK] = {"-q", "--lock -v", "--json", "-q --undo-record UNDO"},
    [IFD_INSERT] = {"--blank me", "--blank gbe -v", "--blank me --json",
                    "-q --blank me --undo-record UNDO"},
    [IFD_LAYOUT] = {"pd=none", "me=none -v", "me=none --json", "-q me=none --undo-record UNDO"},
    [IFD_SET] = {"--em100", "--clear-vscc -v", "--strap 1=1 --json",
                 "-q --strap 1=1 --undo-record UNDO"},
    [FPT_DUMP] = {"-v", "--json", "--svg", "--pass"},
    [ME_STRIP] = {"--force -S -d", "--force -v", "--force --json -k", "-q --undo-record UNDO"},
    [ME_RELOCATE] = {"--force", "--force --reclaim", "--json", "-q --undo-record UNDO"},
    [ME_EXTRACT] = {"-t", "--scan", "--region fd -t",
                    "-m FTPR/bup --decompress --codebook CODEBOOK"},
    [RSA_CHECK] = {"-v --codebook CODEBOOK", "--json", "-v", "--json --codebook CODEBOOK"},
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_span input = mk_span_of(bytes, n);
    unsigned i = fuzz_choose(input, 0, HARNESS_TOOLS);
    const char *row = rows[i][fuzz_choose(input, 1, 4)];
    struct harness_run good, bad;
    harness_run(&harness_tools[i], row, input, 0, &good);
    if (good.fault.calls > 0) {
        harness_run(&harness_tools[i], row, input,
                    1 + fuzz_choose(input, 2, (unsigned)good.fault.calls), &bad);
        if (bad.status == 2 && good.status != 2) {
            fuzz_expect(bad.words.n > 0, "a lack of memory is told");
            fuzz_expect(harness_tools[i].reports || bad.out.n == 0, "and nothing comes out");
        } else
            fuzz_expect(harness_run_equal(&good, &bad), "a lack of memory is no other answer");
        fuzz_expect(bad.fault.live <= 0, "all memory is given back");
        harness_run_free(&bad);
    }
    harness_run_free(&good);
    return 0;
}
