/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "harness.h"

static const char *const rows[] = {"",
                                   "-t -v",
                                   "--region fd",
                                   "--region fd -t",
                                   "--region bios",
                                   "-p FTPR",
                                   "-p BP2/NFTP",
                                   "-m FTPR/BUP",
                                   "-m FTPR/bup --decompress --codebook CODEBOOK",
                                   "-m FTPR/kernel --decompress",
                                   "--chip 0",
                                   "--chip 1",
                                   "-n --all nowhere",
                                   "-n --all-modules nowhere --decompress --codebook CODEBOOK",
                                   "--scan",
                                   "--scan --json",
                                   "--scan=1",
                                   "--convert-codebook",
                                   "--json",
                                   "-t --undo-record UNDO"};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    harness_try(&harness_tools[ME_EXTRACT], rows, sizeof rows / sizeof *rows, mk_span_of(bytes, n));
    return 0;
}
