/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "harness.h"

static const char *const rows[] = {"-q",
                                   "-S -d",
                                   "-v",
                                   "-s",
                                   "--clear-soft-disable",
                                   "-k -n",
                                   "-w MFS,EFFS --json",
                                   "-b MFS,NFTP -v",
                                   "--force --wipe-shared",
                                   "--force -S -v",
                                   "--force -d --json",
                                   "-w MDMV,FTUP --force",
                                   "--force --undo-record UNDO -v"};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    harness_try(&harness_tools[ME_STRIP], rows, sizeof rows / sizeof *rows, mk_span_of(bytes, n));
    return 0;
}
