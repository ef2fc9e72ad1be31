/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "harness.h"

static const char *const rows[] = {"",   "-v",        "--json",        "--layout",         "--svg",
                                   "-q", "--pass -v", "--json --pass", "-v --platform=cnl"};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    harness_try(&harness_tools[FPT_DUMP], rows, sizeof rows / sizeof *rows, mk_span_of(bytes, n));
    return 0;
}
