/* SPDX-License-Identifier: MIT */
/* The forge's made-up Huffman code as a codebook. Fuzz targets use it too, so it must not need
 * Criterion. */
#ifndef MEKIT_TESTS_FORGED_CODEBOOK_H
#define MEKIT_TESTS_FORGED_CODEBOOK_H

#include <forge/forge.h>
#include <mekit/codec/huffman.h>

static inline bool forged_codebook_fill(struct mk_codebook *book, struct mk_error *e) {
    for (unsigned i = 0; i < FORGE_HUFFMAN_CODEWORDS; i++)
        for (unsigned data = 0; data < 2; data++) {
            unsigned bits, word = forge_huffman_codeword(i, &bits);
            uint8_t symbol = forge_huffman_symbol(i, data);
            if (!mk_codebook_add(book, data, word, bits, &symbol, 1, e))
                return false;
        }
    return mk_codebook_finish(book, e);
}

/* NULL: no memory. */
static inline struct mk_codebook *forged_codebook(const char *name) {
    struct mk_codebook *book = mk_codebook_new(name);
    if (book && forged_codebook_fill(book, NULL))
        return book;
    mk_codebook_free(book);
    return NULL;
}

#endif
