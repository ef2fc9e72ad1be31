/* SPDX-License-Identifier: MIT */
/* Runs libFuzzer's mutator, then changes fields, sums and signatures, which it does not know. */
#include "fuzz.h"

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t n, size_t room);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t room, unsigned seed);

#define SCATTER UINT64_C(0x9E3779B97F4A7C15)

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t room, unsigned seed) {
    unsigned how = seed % 32;
    uint64_t scattered = ((uint64_t)seed + 1) * SCATTER;
    if (how % 2 == 0)
        n = LLVMFuzzerMutate(bytes, n, room);
    else
        fuzz_change_field((struct mk_buffer){bytes, n}, scattered ^ scattered >> 29);
    if (how >= 8)
        fuzz_mend((struct mk_buffer){bytes, n}, how >= 28);
    return n;
}
