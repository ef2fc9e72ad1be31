/* SPDX-License-Identifier: MIT */
#include "codebook.h"

#include <mekit/base/arith.h>
#include <stdlib.h>
#include <string.h>

static bool is_name_part(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '-';
}

struct mk_codebook *mk_codebook_new(const char *name) {
    struct mk_codebook *book = calloc(1, sizeof *book);
    for (size_t i = 0; book && name[i] && i < sizeof book->name - 1; i++)
        book->name[i] = name[i];
    for (char *c = book ? book->name : NULL; c && *c; c++)
        if (!is_name_part(*c))
            *c = '_';
    return book;
}

void mk_codebook_free(struct mk_codebook *book) {
    if (book)
        free(book->words);
    free(book);
}

const char *mk_codebook_name(const struct mk_codebook *book) {
    return book->name;
}

size_t mk_codebook_count(const struct mk_codebook *book) {
    return book->n;
}

const struct mk_codeword *mk_codebook_word(const struct mk_codebook *book, size_t i) {
    return &book->words[i];
}

static bool grow(struct mk_codebook *book, struct mk_error *e) {
    if (book->n < book->capacity)
        return true;
    size_t capacity = book->capacity ? 2 * book->capacity : 1024;
    struct mk_codeword *more = mk_resize(book->words, capacity, sizeof *more);
    if (!more)
        return mk_fail_memory(e);
    book->words = more;
    book->capacity = capacity;
    return true;
}

bool mk_codebook_add(struct mk_codebook *book, bool data, uint32_t codeword, unsigned bits,
                     const uint8_t *symbol, size_t n, struct mk_error *e) {
    if (bits == 0 || bits > MK_CODEWORD_BITS || codeword >> bits != 0)
        return mk_fail(e, MK_E_FIELD, MK_NOWHERE, "a codeword of %u bits", bits);
    if (n > MK_SYMBOL_BYTES)
        return mk_fail(e, MK_E_FIELD, MK_NOWHERE, "a symbol of %zu bytes", n);
    if (book->n >= 2ull * MK_CODEBOOK_WORDS)
        return mk_fail(e, MK_E_COUNT, MK_NOWHERE, "more than %u codewords", MK_CODEBOOK_WORDS);
    if (!grow(book, e))
        return false;
    struct mk_codeword *word = &book->words[book->n++];
    *word = (struct mk_codeword){.codeword = codeword, .bits = bits};
    word->length[data] = (uint8_t)n;
    word->length[!data] = UINT8_MAX; /* no length yet: joining the two tables sets it */
    if (n > 0)
        memcpy(word->symbol[data], symbol, n);
    return true;
}

static int by_place(const void *a, const void *b) {
    const struct mk_codeword *x = a, *y = b;
    if (x->bits != y->bits)
        return x->bits < y->bits ? -1 : 1;
    return (x->codeword < y->codeword) - (x->codeword > y->codeword);
}

static bool join(struct mk_codeword *to, const struct mk_codeword *a, const struct mk_codeword *b,
                 struct mk_error *e) {
    unsigned data = a->length[0] == UINT8_MAX;
    if (a->bits != b->bits || a->codeword != b->codeword || b->length[data] != UINT8_MAX)
        return mk_fail(e, MK_E_FIELD, MK_NOWHERE,
                       "codeword %x of %u bits appears twice, or in only one of the two tables",
                       a->codeword, a->bits);
    struct mk_codeword word = *a;
    word.length[!data] = b->length[!data];
    memcpy(word.symbol[!data], b->symbol[!data], sizeof word.symbol[0]);
    if (word.length[0] && word.length[1] && word.length[0] != word.length[1])
        return mk_fail(e, MK_E_FIELD, MK_NOWHERE,
                       "codeword %x of %u bits: symbols of %u and %u bytes", word.codeword,
                       word.bits, word.length[0], word.length[1]);
    *to = word;
    return true;
}

static bool join_tables(struct mk_codebook *book, struct mk_error *e) {
    if (book->n == 0 || book->n % 2 != 0)
        return mk_fail(e, MK_E_FIELD, MK_NOWHERE, "a codeword is in only one of the two tables");
    qsort(book->words, book->n, sizeof *book->words, by_place);
    for (size_t i = 0; i < book->n / 2; i++)
        if (!join(&book->words[i], &book->words[2 * i], &book->words[2 * i + 1], e))
            return false;
    book->n /= 2;
    return true;
}

/* The next codeword is the last one, shifted to its length, minus one. */
static bool check_count_down(const struct mk_codebook *book, struct mk_error *e) {
    uint32_t last = 1, bits = 0;
    for (size_t i = 0; i < book->n; i++) {
        const struct mk_codeword *word = &book->words[i];
        uint32_t wanted = (last << (word->bits - bits)) - 1;
        if (last == 0 || word->codeword != wanted)
            return mk_fail(
                e, MK_E_FIELD, MK_NOWHERE,
                "codeword %x of %u bits is not the next one down: there is a gap, or another "
                "code",
                word->codeword, word->bits);
        last = word->codeword;
        bits = word->bits;
    }
    if (last != 0)
        return mk_fail(e, MK_E_FIELD, MK_NOWHERE, "the code is not complete");
    return true;
}

static void index_word(struct mk_codebook *book, uint32_t i) {
    const struct mk_codeword *word = &book->words[i];
    unsigned bits = word->bits;
    uint32_t left = word->codeword << (32 - bits);
    if (i == 0 || book->words[i - 1].bits != bits) {
        book->first[bits] = i;
        book->highest[bits] = word->codeword;
    }
    book->lowest[bits] = left;
    book->longest = bits;
    if (bits > QUICK_BITS)
        return;
    uint32_t from = word->codeword << (QUICK_BITS - bits);
    for (uint32_t k = 0; k < 1u << (QUICK_BITS - bits); k++)
        book->quick[from + k] = (uint16_t)(i << 4 | bits);
}

bool mk_codebook_finish(struct mk_codebook *book, struct mk_error *e) {
    if (!join_tables(book, e) || !check_count_down(book, e) || !mki_codebook_judge(book, e))
        return false;
    for (unsigned bits = 0; bits <= MK_CODEWORD_BITS; bits++)
        book->lowest[bits] = UINT32_MAX;
    for (uint32_t i = 0; i < book->n; i++)
        index_word(book, i);
    book->finished = true;
    return true;
}
