/* SPDX-License-Identifier: MIT */
#include "codebook.h"

#include <mekit/codec/digest.h>
#include <stdlib.h>
#include <string.h>

/* SHA-256 over all codewords in order: bits, then for code and data the length and 15 bytes of the
 * symbol, padded with 0. Sources: unhuffme 2.4, unME11 and MEAnalyzer r377. */
static const struct {
    const char *name, *digest;
} published[] = {
    {"pch", "1eeb4120b76a9c792eeb6e68c83394b4403e5ed630891b3a953209f338bb6138"},
    {"cpt", "26218a5dfe1f122ec25352b11fb76740b33741b6ec35b120ec9e906386514e62"},
    {"11", "7952cd79001662aa8503719e5133e224b278f4446f0ccaf22ade9528ef5c0059"},
    {"12", "a1e6a1e5a525a828e07115708956e869d851390e022f2f6ce1d8c7d51125769f"},
};

#define WORD_BYTES (1u + 2u * (1u + MK_SYMBOL_BYTES))

const char *mk_codebook_published(const struct mk_codebook *book) {
    return book->published;
}

static const char *name_of_digest(const char *hex) {
    for (size_t i = 0; i < sizeof published / sizeof *published; i++)
        if (strcmp(published[i].digest, hex) == 0)
            return published[i].name;
    return NULL;
}

static void put_word(uint8_t *to, const struct mk_codeword *word) {
    *to++ = (uint8_t)word->bits;
    for (unsigned i = 0; i < 2; i++, to += 1 + MK_SYMBOL_BYTES) {
        *to = word->length[i];
        memcpy(to + 1, word->symbol[i], word->length[i]);
    }
}

static bool take_digest(const struct mk_codebook *book, char hex[2 * MK_DIGEST_MAX + 1],
                        struct mk_error *e) {
    struct mk_digest digest;
    uint8_t *bytes = calloc(book->n, WORD_BYTES);
    if (!bytes)
        return mk_fail_memory(e);
    for (size_t i = 0; i < book->n; i++)
        put_word(bytes + i * WORD_BYTES, &book->words[i]);
    struct mk_span all = mk_span_of(bytes, book->n * WORD_BYTES);
    bool taken = mk_digest_take(MK_SHA256, &all, 1, &digest, e);
    free(bytes);
    if (taken)
        mk_digest_hex(&digest, hex);
    return taken;
}

bool mki_codebook_judge(struct mk_codebook *book, struct mk_error *e) {
    char hex[2 * MK_DIGEST_MAX + 1];
    if (!take_digest(book, hex, e))
        return false;
    book->published = name_of_digest(hex);
    return true;
}
