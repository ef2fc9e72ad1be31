/* SPDX-License-Identifier: MIT */
#include "book.h"
#include "forged_codebook.h"
#include "leak.h"

#include <forge/build.h>
#include <mekit/codec/huffman.h>
#include <stdlib.h>
#include <string.h>

TestSuite(huffman, .init = open_book, .fini = close_book);

static uint8_t plain[MK_HUFFMAN_PAGE], stored[2 * MK_HUFFMAN_PAGE + 64], out[MK_HUFFMAN_PAGE + 1];

static bool decode(bool data, size_t stored_size, size_t n, size_t *used, enum mk_code *code) {
    struct mk_error e = {0};
    memset(out, 0xA5, sizeof out);
    *used = 0;
    bool done =
        mk_huffman_page(book, data, mk_span_of(stored, stored_size), out, n, used, NULL, &e);
    *code = e.code;
    return done;
}

Test(huffman, the_forged_code_is_as_it_says) {
    cr_assert_eq(mk_codebook_count(book), FORGE_HUFFMAN_CODEWORDS);
    cr_assert_str_eq(mk_codebook_name(book), "forged");
    for (unsigned i = 0; i < FORGE_HUFFMAN_CODEWORDS; i++) {
        unsigned bits, codeword = forge_huffman_codeword(i, &bits);
        const struct mk_codeword *word = mk_codebook_word(book, i);
        cr_assert(word->codeword == codeword && word->bits == bits, "codeword %u", i);
        for (unsigned data = 0; data < 2; data++) {
            cr_assert_eq(word->length[data], 1);
            cr_assert_eq(word->symbol[data][0], forge_huffman_symbol(i, data));
        }
    }
}

Test(huffman, pages_of_any_bytes_come_back) {
    static const size_t sizes[] = {1, 2, 7, 0x400, 0xFFF, MK_HUFFMAN_PAGE};
    struct forge_random random = forge_random_of("unit_huffman");
    for (unsigned run = 0; run < 60; run++) {
        size_t n = sizes[run % 6], used;
        bool data = run & 1;
        enum mk_code code;
        for (size_t i = 0; i < n; i++)
            plain[i] = forge_random_byte(&random);
        size_t packed = forge_huffman_encode(plain, n, data, stored);
        memset(stored + packed, 0xFF, 64);
        cr_assert(decode(data, packed + run, n, &used, &code), "%zu bytes, run %u", n, run);
        cr_assert_eq(used, packed, "what stands behind is not taken");
        cr_assert_arr_eq(out, plain, n);
        cr_assert_eq(out[n], 0xA5);
        cr_assert(decode(!data, packed, n, &used, &code));
        cr_assert_arr_neq(out, plain, n, "the other table has other bytes");
    }
}

Test(huffman, an_empty_page_takes_nothing) {
    size_t used = 1;
    enum mk_code code;
    cr_assert(decode(false, 0, 0, &used, &code));
    cr_assert_eq(used, 0);
}

Test(huffman, a_stream_that_ends_early) {
    size_t used;
    enum mk_code code;
    forge_code_fill(plain, 0x400, "unit_huffman");
    size_t packed = forge_huffman_encode(plain, 0x400, false, stored);
    for (size_t n = 0; n < packed; n++) {
        cr_assert_not(decode(false, n, 0x400, &used, &code), "%zu of %zu bytes", n, packed);
        cr_assert_eq(code, MK_E_STREAM);
    }
    cr_assert(decode(false, packed, 0x400, &used, &code));
}

/* One codeword has 7 bits, all others 8 or 9: n codewords of 7 bits leave n pad bits. */
Test(huffman, pad_bits_are_zero) {
    uint8_t seven = forge_huffman_symbol(0, false);
    for (unsigned n = 1; n < 8; n++) {
        size_t used;
        enum mk_code code;
        memset(plain, seven, n);
        size_t packed = forge_huffman_encode(plain, n, false, stored);
        cr_assert_eq(packed, (7u * n + 7) / 8);
        cr_assert(decode(false, packed, n, &used, &code), "%u pad bits", n);
        for (unsigned bit = 0; bit < n; bit++) {
            stored[packed - 1] ^= (uint8_t)(1u << bit);
            cr_assert_not(decode(false, packed, n, &used, &code), "%u pad bits, bit %u", n, bit);
            cr_assert_eq(code, MK_E_STREAM);
            stored[packed - 1] ^= (uint8_t)(1u << bit);
        }
    }
}

/* ---- codes made by a test: the symbol of codeword i is lengths[i] bytes of i ---- */

#define SLOW_WORDS 20u

/* Codewords 1, 01, 001, ... up to 19 bits, and one of all zeros: longer than the quick table's 12.
 */
static void open_long_book(const uint8_t lengths[SLOW_WORDS]) {
    struct mk_error e = {0};
    mk_codebook_free(book);
    book = mk_codebook_new("long");
    cr_assert(book);
    for (unsigned i = 0; i < SLOW_WORDS; i++) {
        uint8_t symbol[MK_SYMBOL_BYTES];
        memset(symbol, (int)i, sizeof symbol);
        unsigned bits = i < MK_CODEWORD_BITS ? i + 1 : MK_CODEWORD_BITS;
        for (unsigned data = 0; data < 2; data++)
            cr_assert(
                mk_codebook_add(book, data, i < MK_CODEWORD_BITS, bits, symbol, lengths[i], &e));
    }
    cr_assert(mk_codebook_finish(book, &e), "%s", e.what);
}

static void put_word(unsigned i, uint64_t *bit) {
    *bit += i < MK_CODEWORD_BITS ? i : MK_CODEWORD_BITS;
    if (i < MK_CODEWORD_BITS) {
        stored[*bit / 8] |= (uint8_t)(0x80u >> *bit % 8);
        ++*bit;
    }
}

Test(huffman, codewords_of_up_to_19_bits) {
    uint8_t lengths[SLOW_WORDS];
    struct forge_random random = forge_random_of("long codewords");
    for (unsigned i = 0; i < SLOW_WORDS; i++)
        lengths[i] = (uint8_t)(1 + i % MK_SYMBOL_BYTES);
    open_long_book(lengths);
    for (unsigned run = 0; run < 200; run++) {
        uint64_t bit = 0;
        size_t n = 0, used;
        enum mk_code code;
        memset(stored, 0, sizeof stored);
        for (unsigned k = 0; k < 100; k++) {
            unsigned i = forge_random_byte(&random) % SLOW_WORDS;
            memset(plain + n, (int)i, lengths[i]);
            n += lengths[i];
            put_word(i, &bit);
        }
        cr_assert(decode(run & 1, sizeof stored, n, &used, &code), "run %u", run);
        cr_assert_eq(used, (bit + 7) / 8);
        cr_assert_arr_eq(out, plain, n);
        cr_assert_not(decode(run & 1, used - 1, n, &used, &code));
        cr_assert_eq(code, MK_E_STREAM);
    }
}

/* The worst page: the longest codeword encodes each byte. */
Test(huffman, a_page_of_longest_codewords) {
    uint8_t lengths[SLOW_WORDS];
    uint8_t *worst = calloc(1, MK_HUFFMAN_PAGE * MK_CODEWORD_BITS / 8 + 1);
    size_t used;
    struct mk_error e = {0};
    memset(lengths, 1, sizeof lengths);
    open_long_book(lengths);
    struct mk_span all = mk_span_of(worst, MK_HUFFMAN_PAGE * MK_CODEWORD_BITS / 8);
    cr_assert(mk_huffman_page(book, false, all, out, MK_HUFFMAN_PAGE, &used, NULL, &e));
    cr_assert_eq(used, all.n);
    cr_assert_eq(out[MK_HUFFMAN_PAGE - 1], SLOW_WORDS - 1);
    cr_assert_not(mk_huffman_page(book, false, mk_span_of(worst, all.n - 1), out, MK_HUFFMAN_PAGE,
                                  &used, NULL, &e));
    cr_assert_eq(e.code, MK_E_STREAM);
    free(worst);
}

Test(huffman, a_last_symbol_that_reaches_beyond_the_page) {
    uint8_t lengths[SLOW_WORDS];
    size_t used;
    enum mk_code code;
    memset(lengths, 5, sizeof lengths);
    open_long_book(lengths);
    memset(stored, 0xFF, sizeof stored);
    for (size_t n = 1; n < 32; n++) {
        memset(stored, 0, 8);
        for (uint64_t bit = 0; bit < (n + 4) / 5;)
            put_word(0, &bit);
        bool fits = n % 5 == 0;
        cr_assert_eq(decode(false, sizeof stored, n, &used, &code), fits, "%zu bytes", n);
        cr_assert_eq(code, fits ? MK_OK : MK_E_STREAM);
        cr_assert_eq(out[n], 0xA5);
    }
}

Test(huffman, a_symbol_that_is_not_known) {
    uint8_t lengths[SLOW_WORDS];
    size_t used;
    enum mk_code code;
    for (unsigned unknown = 0; unknown < SLOW_WORDS; unknown++) {
        uint64_t bit = 0;
        memset(lengths, 1, sizeof lengths);
        lengths[unknown] = 0;
        open_long_book(lengths);
        memset(stored, 0, sizeof stored);
        put_word((unknown + 1) % SLOW_WORDS, &bit);
        put_word(unknown, &bit);
        cr_assert_not(decode(true, sizeof stored, 2, &used, &code), "codeword %u", unknown);
        cr_assert_eq(code, MK_E_CODEBOOK);
        memset(stored, 0, sizeof stored);
        bit = 0;
        put_word((unknown + 1) % SLOW_WORDS, &bit);
        cr_assert(decode(true, sizeof stored, 1, &used, &code), "it is not used");
    }
}
