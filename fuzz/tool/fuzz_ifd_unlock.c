/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "harness.h"

static const char *const rows[] = {"-q",
                                   "-v",
                                   "--lock",
                                   "--lock --host-read-me -v",
                                   "--host-only",
                                   "--like-ifdtool",
                                   "-n",
                                   "--json",
                                   "--platform=tgl --json -n",
                                   "--platform=lynxpoint -v",
                                   "--lock --undo-record UNDO"};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    harness_try(&harness_tools[IFD_UNLOCK], rows, sizeof rows / sizeof *rows, mk_span_of(bytes, n));
    return 0;
}
