/* A filter's output, through the same filter once more: the same bytes. */
#include "fuzz.h"

#include "harness.h"

#include <string.h>

static const struct {
    unsigned tool;
    const char *row;
} ways[] = {
    {IFD_UNLOCK, "-q"},
    {IFD_UNLOCK, "-q --lock --host-read-me"},
    {IFD_INSERT, "-q --blank gbe"},
    {IFD_LAYOUT, "-q me=none"},
    {IFD_SET, "-q --strap 1=1 --clear-vscc"},
    {ME_STRIP, "-q"},
    {ME_STRIP, "-q --force -S -d"},
    {ME_STRIP, "-q --force -k"},
    {ME_RELOCATE, "-q"},
    {ME_RELOCATE, "-q --force"},
    {ME_RELOCATE, "-q --force --reclaim"},
};

static bool is_erased(const struct harness_run *run) {
    return run->status == 3 && strstr((const char *)run->words.p, "erased");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_span input = mk_span_of(bytes, n);
    unsigned way = fuzz_choose(input, 0, sizeof ways / sizeof *ways);
    const struct harness_tool *tool = &harness_tools[ways[way].tool];
    struct harness_run once, twice;
    harness_run(tool, ways[way].row, input, 0, &once);
    if (once.status == 0) {
        struct mk_span output = mk_buffer_span(once.out);
        harness_run(tool, ways[way].row, output, 0, &twice);
        harness_check(tool, ways[way].row, output, &twice);
        fuzz_expect(is_erased(&twice) ||
                        (twice.status == 0 && mk_span_equal(mk_buffer_span(twice.out), output)),
                    "a second run changes nothing");
        harness_run_free(&twice);
    }
    harness_run_free(&once);
    return 0;
}
