/* SPDX-License-Identifier: MIT */
#include <mekit/codec/huffman.h>

#define TABLES 2u
#define WORDS  (MK_CODEBOOK_WORDS / 64u + 1u)

void mk_codewords_add(struct mk_codewords *to, const struct mk_codewords *more) {
    for (unsigned table = 0; table < TABLES; table++)
        for (size_t i = 0; i < WORDS; i++)
            to->bits[table][i] |= more->bits[table][i];
}

bool mk_codewords_are_in(const struct mk_codewords *words, const struct mk_codewords *set) {
    for (unsigned table = 0; table < TABLES; table++)
        for (size_t i = 0; i < WORDS; i++)
            if (words->bits[table][i] & ~set->bits[table][i])
                return false;
    return true;
}
