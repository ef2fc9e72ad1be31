/* SPDX-License-Identifier: MIT */
#include "codebook.h"

static void write_symbol(FILE *to, const uint8_t *symbol, size_t n) {
    if (n == 0)
        fputs("-", to);
    for (size_t i = 0; i < n; i++)
        fprintf(to, "%02X", symbol[i]);
}

static void write_word(FILE *to, const char *name, const struct mk_codeword *word) {
    fprintf(to, "%s ", name);
    for (unsigned bit = word->bits; bit-- > 0;)
        fputc(word->codeword >> bit & 1 ? '1' : '0', to);
    for (size_t i = 0; i < 2; i++) {
        fputc(' ', to);
        write_symbol(to, word->symbol[i], word->length[i]);
    }
    fputc('\n', to);
}

bool codebooks_write(FILE *to, const struct mk_codebooks *books) {
    fputs("mekit-codebook 1\n", to);
    for (size_t i = 0; i < books->n; i++)
        for (size_t k = 0; k < mk_codebook_count(books->list[i]); k++)
            write_word(to, mk_codebook_name(books->list[i]), mk_codebook_word(books->list[i], k));
    return fflush(to) == 0 && !ferror(to);
}
