/* SPDX-License-Identifier: MIT */
/* What a fuzz target is: libFuzzer's entry point (AFL++ takes it too). Without a fuzzer, replay.c
 * calls it for forged images and for files. */
#ifndef MEKIT_FUZZ_H
#define MEKIT_FUZZ_H

#include <mekit/base/span.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* What must hold. Where it does not, says what and ends the process by SIGABRT. */
void fuzz_expect(bool holds, const char *what);

/* A number that the input chooses, below limit; by its last bytes, so that forged images are seeds
 * as they are. turn: another number for each. */
unsigned fuzz_choose(struct mk_span input, unsigned turn, unsigned limit);

/* Around the work on one input: all is given back, and never more was held than MK_LIMIT_MEMORY. */
void fuzz_memory_begin(void);
void fuzz_memory_end(void);

/* Makes right what a change has made wrong: sums, CRCs and, if sign, the signatures of manifests
 * that carry a key of the forge. */
void fuzz_mend(struct mk_buffer b, bool sign);

/* Four bytes, little endian: a file has many places to look at, and span.c is watched by the
 * fuzzer.
 */
static inline uint32_t fuzz_word(const uint8_t *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Writes an odd value into a field of a structure that stands somewhere in b; seed chooses which.
 */
void fuzz_change_field(struct mk_buffer b, uint64_t seed);

#endif
