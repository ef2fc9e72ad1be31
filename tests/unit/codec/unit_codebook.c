/* SPDX-License-Identifier: MIT */
#include "forged_codebook.h"
#include "leak.h"

#include <mekit/codec/huffman.h>
#include <string.h>

TestSuite(codebook, .fini = check_leaks);

#define WORDS_MAX 8u

/* A word of a code: bits 0 ends the list. A symbol's length of SKIP leaves that table out. */
#define SKIP 99u
struct word {
    uint32_t codeword;
    unsigned bits;
    size_t code, data;
};

static const uint8_t symbol[MK_SYMBOL_BYTES + 1] = "0123456789ABCDE";

static bool add(struct mk_codebook *book, const struct word *word, struct mk_error *e) {
    for (unsigned data = 0; data < 2; data++) {
        size_t n = data ? word->data : word->code;
        if (n != SKIP && !mk_codebook_add(book, data, word->codeword, word->bits, symbol, n, e))
            return false;
    }
    return true;
}

static bool finish(const struct word words[WORDS_MAX], struct mk_error *e) {
    struct mk_codebook *book = mk_codebook_new("test");
    cr_assert(book);
    for (size_t i = 0; i < WORDS_MAX && words[i].bits; i++)
        cr_assert(add(book, &words[i], e), "word %zu", i);
    bool done = mk_codebook_finish(book, e);
    mk_codebook_free(book);
    return done;
}

Test(codebook, complete_codes_that_count_down) {
    static const struct word codes[][WORDS_MAX] = {
        {{1, 1, 1, 1}, {0, 1, 1, 1}},
        {{0, 1, 15, 15}, {1, 1, 1, 1}},
        {{3, 2, 1, 1}, {2, 2, 1, 1}, {1, 2, 0, 3}, {0, 2, 3, 0}},
        {{1, 1, 1, 1}, {1, 2, 2, 2}, {0, 2, 0, 0}},
        {{0, 3, 1, 1}, {1, 3, 1, 1}, {1, 2, 4, 4}, {1, 1, 1, 1}},
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct mk_error e = {0};
        cr_assert(finish(codes[i], &e), "code %zu: %s", i, e.what);
    }
}

Test(codebook, incomplete_codes_are_refused) {
    static const struct {
        const char *what;
        struct word words[WORDS_MAX];
    } codes[] = {
        {"no word", {{0, 0, 0, 0}}},
        {"one word", {{1, 1, 1, 1}}},
        {"a word of 0 alone", {{0, 1, 1, 1}}},
        {"a gap", {{3, 2, 1, 1}, {2, 2, 1, 1}, {0, 2, 1, 1}}},
        {"a gap between lengths", {{1, 1, 1, 1}, {0, 2, 1, 1}}},
        {"twice, with its symbols", {{1, 1, 1, 1}, {1, 1, 1, 1}, {0, 1, 1, 1}}},
        {"twice in one table", {{1, 1, 1, SKIP}, {1, 1, 1, SKIP}, {0, 1, 1, 1}}},
        {"in the code's table alone", {{1, 1, 1, 1}, {0, 1, 1, SKIP}}},
        {"in the data's table alone", {{1, 1, 1, 1}, {0, 1, SKIP, 1}}},
        {"one in each table alone", {{1, 1, 1, SKIP}, {0, 1, SKIP, 1}}},
        {"symbols of unequal length", {{1, 1, 1, 1}, {0, 1, 2, 3}}},
        {"counting up", {{0, 1, 1, 1}, {2, 2, 1, 1}, {3, 2, 1, 1}}},
        {"a prefix of another", {{1, 1, 1, 1}, {3, 2, 1, 1}, {0, 1, 1, 1}}},
        {"incomplete", {{3, 2, 1, 1}, {2, 2, 1, 1}, {1, 2, 1, 1}}},
        {"incomplete, of two lengths", {{1, 1, 1, 1}, {1, 2, 1, 1}, {1, 3, 1, 1}}},
        {"more than complete", {{1, 1, 1, 1}, {0, 1, 1, 1}, {0, 2, 1, 1}}},
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct mk_error e = {0};
        cr_assert_not(finish(codes[i].words, &e), "%s", codes[i].what);
        cr_assert_eq(e.code, MK_E_FIELD, "%s", codes[i].what);
    }
}

Test(codebook, words_that_no_table_can_have) {
    static const struct {
        uint32_t codeword;
        unsigned bits;
        size_t n;
        bool fits;
    } words[] = {
        {0, 0, 1, false},
        {1, 0, 1, false},
        {1, MK_CODEWORD_BITS, MK_SYMBOL_BYTES, true},
        {1, MK_CODEWORD_BITS + 1, 1, false},
        {1, 32, 1, false},
        {1, UINT32_MAX, 1, false},
        {2, 1, 1, false},
        {1u << 12, 12, 1, false},
        {1, 1, MK_SYMBOL_BYTES + 1, false},
        {1, 1, SIZE_MAX, false},
        {1, 1, 0, true},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct mk_codebook *book = mk_codebook_new("test");
        struct mk_error e = {0};
        cr_assert_eq(
            mk_codebook_add(book, false, words[i].codeword, words[i].bits, symbol, words[i].n, &e),
            words[i].fits, "word %zu", i);
        cr_assert_eq(e.code, words[i].fits ? MK_OK : MK_E_FIELD);
        mk_codebook_free(book);
    }
}

/* Adds n codewords of that many bits, starting with from and counting down; true if all were added.
 */
static bool add_run(struct mk_codebook *book, unsigned bits, uint32_t from, uint32_t n,
                    struct mk_error *e) {
    for (uint32_t i = 0; i < n; i++)
        if (!add(book, &(struct word){from - i, bits, 1, 1}, e))
            return false;
    return true;
}

/* 4,095 words: one of 11 bits, the rest of 12. One more, and the quick table's index overflows. */
Test(codebook, as_many_words_as_there_may_be) {
    struct mk_codebook *book = mk_codebook_new("most");
    struct mk_error e = {0};
    cr_assert(add_run(book, 11, 0x7FF, 1, &e));
    cr_assert(add_run(book, 12, 0xFFD, MK_CODEBOOK_WORDS - 1, &e));
    cr_assert(mk_codebook_finish(book, &e), "%s", e.what);
    cr_assert_eq(mk_codebook_count(book), MK_CODEBOOK_WORDS);
    mk_codebook_free(book);
    book = mk_codebook_new("more");
    cr_assert_not(add_run(book, 12, 0xFFF, MK_CODEBOOK_WORDS + 1, &e));
    cr_assert_eq(e.code, MK_E_COUNT);
    mk_codebook_free(book);
}

Test(codebook, words_come_back_in_order) {
    struct mk_codebook *book = mk_codebook_new("a name that is far too long");
    static const struct word words[] = {{0, 2, 2, 0}, {1, 2, 3, 3}, {1, 1, 1, 1}};
    struct mk_error e = {0};
    for (size_t i = 0; i < 3; i++)
        cr_assert(add(book, &words[i], &e));
    cr_assert(mk_codebook_finish(book, &e));
    cr_assert_str_eq(mk_codebook_name(book), "a_name_that_is_");
    cr_assert_eq(mk_codebook_count(book), 3);
    for (size_t i = 0; i < 3; i++) {
        const struct mk_codeword *word = mk_codebook_word(book, i);
        cr_assert(word->codeword == words[2 - i].codeword && word->bits == words[2 - i].bits);
        cr_assert_eq(word->length[0], words[2 - i].code);
        cr_assert_eq(word->length[1], words[2 - i].data);
        cr_assert_arr_eq(word->symbol[0], symbol, word->length[0]);
    }
    mk_codebook_free(book);
}

static struct mk_codebook *small_book(void) {
    struct mk_codebook *book = mk_codebook_new("small");
    struct mk_error e;
    cr_assert(add_run(book, 1, 1, 2, &e) && mk_codebook_finish(book, &e));
    return book;
}

/* A list owns each added book, even if it has no room for it: the leak check would find the rest.
 */
Test(codebook, a_list_has_an_end) {
    struct mk_codebooks books = {0};
    struct mk_error e = {0};
    for (size_t i = 0; i < MK_CODEBOOKS_MAX; i++)
        cr_assert(mk_codebooks_add(&books, small_book(), &e));
    cr_assert_not(mk_codebooks_add(&books, small_book(), &e));
    cr_assert_eq(e.code, MK_E_COUNT);
    cr_assert_eq(books.n, MK_CODEBOOKS_MAX);
    mk_codebooks_free(&books);
    cr_assert_eq(books.n, 0);
}

/* Characters other than letters, digits, dots and dashes become _; a long name is cut. */
Test(codebook, names_that_can_be_shown) {
    static const char *const names[][2] = {
        {"11", "11"},
        {"azAZ09.-", "azAZ09.-"},
        {"/:@[`{,", "_______"},
        {"a b\n\xFF", "a_b__"},
        {"0123456789abcdefgh", "0123456789abcde"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct mk_codebook *book = mk_codebook_new(names[i][0]);
        cr_assert(book);
        cr_expect_str_eq(mk_codebook_name(book), names[i][1]);
        mk_codebook_free(book);
    }
}

/* One table has a codeword that the other has with another length, or not at all. */
Test(codebook, tables_of_different_words) {
    static const struct word codes[][WORDS_MAX] = {
        {{1, 1, 1, SKIP}, {1, 2, SKIP, 1}, {0, 1, 1, 1}},
        {{1, 1, 1, SKIP}, {0, 1, SKIP, 1}},
        {{1, 1, 1, SKIP}, {1, 2, SKIP, 1}},
        {{1, 1, 1, SKIP}, {1, 1, 1, SKIP}},
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct mk_error e = {0};
        cr_expect_not(finish(codes[i], &e), "code %zu", i);
        cr_expect_eq(e.code, MK_E_FIELD, "code %zu", i);
    }
}

/* The content decides, not the name: tests/tool/codebook.sh tests the published ones. */
Test(codebook, a_published_name_does_not_make_it_published) {
    static const char *const names[] = {"test", "cpt", "pch", "11", "12", "cpt2"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct mk_codebook *book = forged_codebook(names[i]);
        cr_assert(book);
        cr_expect_null(mk_codebook_published(book), "%s", names[i]);
        mk_codebook_free(book);
    }
}
