/* SPDX-License-Identifier: MIT */
/* The interface of a fuzz target: libFuzzer's entry point (AFL++ uses it too). Without a fuzzer,
 * replay.c calls it for forged images and files. */
#ifndef MEKIT_FUZZ_H
#define MEKIT_FUZZ_H

#include <mekit/base/span.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* If holds is false, prints what and ends the process with SIGABRT. */
void fuzz_expect(bool holds, const char *what);

/* A number below limit that the input's last bytes choose, so that forged images are seeds without
 * a change. turn: each gives another number. */
unsigned fuzz_choose(struct mk_span input, unsigned turn, unsigned limit);

/* Call these around the work on one input: all memory must be freed, and at no time exceed
 * MK_LIMIT_MEMORY. */
void fuzz_memory_begin(void);
void fuzz_memory_end(void);

/* Corrects sums, CRCs and, if sign, signatures of manifests with a key of the forge after a change.
 */
void fuzz_mend(struct mk_buffer b, bool sign);

/* Reads four bytes, little endian, without span.c: a file has many places, and the fuzzer
 * instruments span.c. */
static inline uint32_t fuzz_word(const uint8_t *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Writes an odd value into a field of some structure in b; seed chooses both. */
void fuzz_change_field(struct mk_buffer b, uint64_t seed);

#endif
