/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "harness.h"

static const char *const rows[] = {"-q",
                                   "-v",
                                   "--reclaim",
                                   "--force --reclaim -v",
                                   "--json",
                                   "--force --json -n",
                                   "--reclaim --undo-record UNDO"};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    harness_try(&harness_tools[ME_RELOCATE], rows, sizeof rows / sizeof *rows,
                mk_span_of(bytes, n));
    return 0;
}
