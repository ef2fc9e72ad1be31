/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

/* FNV-1a over the last bytes. */
unsigned fuzz_choose(struct mk_span input, unsigned turn, unsigned limit) {
    uint32_t hash = 0x811C9DC5u + turn;
    for (size_t i = input.n > 4 ? input.n - 4 : 0; i < input.n; i++)
        hash = (hash ^ mk_span_u8(input, i)) * 0x01000193u;
    return (hash >> 8) % limit;
}
