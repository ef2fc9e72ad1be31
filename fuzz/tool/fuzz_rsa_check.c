/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "harness.h"

static const char *const rows[] = {"",
                                   "-v",
                                   "-q",
                                   "--json",
                                   "--codebook CODEBOOK",
                                   "--json --codebook CODEBOOK",
                                   "--pass",
                                   "--pass -v",
                                   "--json --pass",
                                   "--require-known-key"};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    harness_try(&harness_tools[RSA_CHECK], rows, sizeof rows / sizeof *rows, mk_span_of(bytes, n));
    return 0;
}
