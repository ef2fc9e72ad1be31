/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "harness.h"

static const char *const rows[] = {"-q --em100",
                                   "-v --density 16M --chip both",
                                   "--json --clear-vscc --clear-gpr0",
                                   "--strap 0=1 --strap 10=0xffffffff --undo-record UNDO",
                                   "--spi-clock 33 -n",
                                   "--chips 2 --density 8M -v"};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    harness_try(&harness_tools[IFD_SET], rows, sizeof rows / sizeof *rows, mk_span_of(bytes, n));
    return 0;
}
