/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "harness.h"

static const char *const rows[] = {"-q pd=none",
                                   "-v me=1000-2fff gbe=3000-4fff",
                                   "--json me=none",
                                   "me=2000-8fff bios=9000-1ffff --undo-record UNDO",
                                   "-n bios=b000-1ffff --size=8M",
                                   "gbe=none -v"};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    harness_try(&harness_tools[IFD_LAYOUT], rows, sizeof rows / sizeof *rows, mk_span_of(bytes, n));
    return 0;
}
