/* SPDX-License-Identifier: MIT */
/* One allocation fails: the tool reports it and ends with 2, or it gives the same answer as with
 * enough memory. */
#include "fuzz.h"

#include "harness.h"

/* Further options for every kind of tool. */
static const char *const words[][3] = {
    [HARNESS_FILTER] = {"-v", "--json", "-q --undo-record UNDO"},
    [HARNESS_CUTTER] = {"-t", "--scan", "--region fd -t"},
    [HARNESS_REPORT] = {"-v", "--json", "--pass"},
};
static const struct harness_way more[] = {
    {IFD_UNLOCK, "--lock -v"},
    {IFD_INSERT, "--blank me --json"},
    {IFD_LAYOUT, "-q me=none --undo-record UNDO"},
    {IFD_SET, "--em100 --clear-vscc -v"},
    {FPT_DUMP, "--svg"},
    {ME_STRIP, "--force -S -d"},
    {ME_STRIP, "--force --json -k"},
    {ME_RELOCATE, "--force"},
    {ME_RELOCATE, "--force --reclaim"},
    {ME_EXTRACT, "-m FTPR/bup --decompress --codebook CODEBOOK"},
    {RSA_CHECK, "-v --codebook CODEBOOK"},
    {RSA_CHECK, "--json --codebook CODEBOOK"},
};
#define MORE (unsigned)(sizeof more / sizeof *more)

static unsigned choose(struct mk_span input, const char **row) {
    unsigned i = fuzz_choose(input, 0, 3 * HARNESS_TOOLS + MORE);
    if (i < MORE) {
        *row = more[i].row;
        return more[i].tool;
    }
    unsigned tool = (i - MORE) / 3;
    *row = harness_told(&harness_tools[tool], words[harness_tools[tool].kind][(i - MORE) % 3]);
    return tool;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_span input = mk_span_of(bytes, n);
    const char *row;
    unsigned i = choose(input, &row);
    struct harness_run good, bad;
    harness_run(&harness_tools[i], row, input, 0, &good);
    if (good.fault.calls > 0) {
        harness_run(&harness_tools[i], row, input,
                    1 + fuzz_choose(input, 2, (unsigned)good.fault.calls), &bad);
        if (bad.status == 2 && good.status != 2) {
            fuzz_expect(bad.words.n > 0, "a lack of memory is told");
            fuzz_expect(harness_tools[i].kind == HARNESS_REPORT || bad.out.n == 0,
                        "and nothing comes out");
        } else
            fuzz_expect(harness_run_equal(&good, &bad), "a lack of memory is no other answer");
        fuzz_expect(bad.fault.live <= 0, "all memory is given back");
        harness_run_free(&bad);
    }
    harness_run_free(&good);
    return 0;
}
