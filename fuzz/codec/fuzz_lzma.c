/* SPDX-License-Identifier: MIT */
/* An input that begins like a stream is unpacked as it is. Any other input is packed, damaged at
 * the place that its first bytes choose, and unpacked. */
#include "fuzz.h"

#include <forge/build.h>
#include <mekit/codec/lzma.h>
#include <stdlib.h>
#include <string.h>

#define OUT_MAX   (1u << 20)
#define PLAIN_MAX 0x1000u
#define ROOM      (PLAIN_MAX + 0x400u)
#define SIZE_AT   5u
#define HEADER    13u

static void unpack(struct mk_span stored) {
    uint64_t n = mk_lzma_size(stored);
    struct mk_error e;
    if (n > OUT_MAX)
        n = OUT_MAX;
    uint8_t *out = malloc((size_t)n + 1);
    if (out && mk_lzma_unpack(stored, out, (size_t)n, &e) && n != mk_lzma_size(stored))
        abort();
    free(out);
}

static bool gives(const uint8_t *stored, size_t used, const uint8_t *plain, size_t n) {
    uint8_t out[PLAIN_MAX];
    return mk_lzma_unpack(mk_span_of(stored, used), out, n, NULL) && memcmp(out, plain, n) == 0;
}

/* A wrong size is always found. Other bits may not affect this content: those of the properties, of
 * the dictionary's size, or of an end mark's length. */
static void pack(const uint8_t *choice, const uint8_t *plain, size_t n) {
    uint8_t stored[ROOM];
    size_t used = forge_lzma(plain, n, choice[0] & 1, stored, sizeof stored);
    if (used == 0 || !gives(stored, used, plain, n))
        abort();
    size_t at = (choice[1] | (size_t)choice[2] << 8) % used;
    stored[at] ^= (uint8_t)(1u << (choice[0] >> 1 & 7));
    if (gives(stored, used, plain, n) && at >= SIZE_AT && at < HEADER)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_span s = mk_span_of(bytes, n);
    if (mk_lzma_is_at(s))
        unpack(s);
    else if (n > 3)
        pack(bytes, bytes + 3, n - 3 < PLAIN_MAX ? n - 3 : PLAIN_MAX);
    return 0;
}
