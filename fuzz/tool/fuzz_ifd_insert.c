/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "harness.h"

static const char *const rows[] = {"-q --blank me", "-v --blank gbe --align-end",
                                   "--json --blank bios", "--blank me --undo-record UNDO",
                                   "-n --blank pd --platform=tgl"};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    harness_try(&harness_tools[IFD_INSERT], rows, sizeof rows / sizeof *rows, mk_span_of(bytes, n));
    return 0;
}
