/* What a fuzz target is: libFuzzer's entry point. Without libFuzzer, replay.c calls it for each
 * file. */
#ifndef MEKIT_FUZZ_H
#define MEKIT_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#endif
