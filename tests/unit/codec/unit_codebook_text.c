/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/codec/huffman.h>
#include <stdio.h>
#include <string.h>

static struct mk_codebooks books;

static void close_books(void) {
    mk_codebooks_free(&books);
    check_leaks();
}

TestSuite(codebook_text, .fini = close_books);

#define FIRST "mekit-codebook 1\n"
#define GOOD  FIRST "a 1 41 C1\na 01 4243 C2c3\na 00 - 44\n"

static bool read_text(const char *text, struct mk_error *e) {
    mk_codebooks_free(&books);
    *e = (struct mk_error){0};
    return mk_codebooks_read_text(mk_span_of(text, strlen(text)), &books, e);
}

static void check_good(const struct mk_codebook *book, const char *name) {
    cr_assert_str_eq(mk_codebook_name(book), name);
    cr_assert_eq(mk_codebook_count(book), 3);
    const struct mk_codeword *first = mk_codebook_word(book, 0),
                             *second = mk_codebook_word(book, 1),
                             *third = mk_codebook_word(book, 2);
    cr_assert(first->codeword == 1 && first->bits == 1);
    cr_assert(first->length[0] == 1 && first->symbol[0][0] == 0x41);
    cr_assert(first->length[1] == 1 && first->symbol[1][0] == 0xC1);
    cr_assert(second->codeword == 1 && second->bits == 2 && second->length[0] == 2);
    cr_assert(second->symbol[0][0] == 0x42 && second->symbol[0][1] == 0x43);
    cr_assert(second->symbol[1][0] == 0xC2 && second->symbol[1][1] == 0xC3);
    cr_assert(third->codeword == 0 && third->bits == 2);
    cr_assert(third->length[0] == 0 && third->length[1] == 1);
}

Test(codebook_text, files_that_say_the_same) {
    static const char *const texts[] = {
        GOOD,
        FIRST "a 00 - 44\na 01 4243 C2C3\na 1 41 C1\n",
        FIRST "a 1 41 C1\na 01 4243 C2c3\na 00 - 44",
        FIRST "a 1 41 C1\r\na 01 4243 c2C3\r\na 00 - 44\r\n",
        FIRST "# a 1 41\n\na 1 41 C1\n#\n \t \na 01 4243 C2c3\n\r\na 00 - 44\n#",
        FIRST "  a\t1  41 \t C1 \na 01 4243 C2c3\t\na 00 - 44\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct mk_error e;
        cr_assert(read_text(texts[i], &e), "text %zu: %s", i, e.what);
        cr_assert_eq(books.n, 1);
        check_good(books.list[0], "a");
    }
}

Test(codebook_text, two_books_in_one_file) {
    struct mk_error e;
    cr_assert(read_text(GOOD "fifteen-letters 0 00 FF\nfifteen-letters 1 01 FE\n", &e));
    cr_assert_eq(books.n, 2);
    check_good(books.list[0], "a");
    cr_assert_str_eq(mk_codebook_name(books.list[1]), "fifteen-letters");
    cr_assert_eq(mk_codebook_count(books.list[1]), 2);
}

Test(codebook_text, a_second_file_adds_to_the_first) {
    struct mk_error e;
    cr_assert(read_text(GOOD, &e));
    cr_assert(mk_codebooks_read_text(mk_span_of(GOOD, sizeof GOOD - 1), &books, &e));
    cr_assert_eq(books.n, 2);
    check_good(books.list[1], "a");
}

Test(codebook_text, no_words_are_no_books) {
    static const char *const texts[] = {FIRST, FIRST "\n", FIRST "# nothing\n\n", FIRST "#"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct mk_error e;
        cr_assert_not(read_text(texts[i], &e));
        cr_assert_eq(e.code, MK_E_FIELD);
        cr_assert_eq(books.n, 0);
    }
}

Test(codebook_text, another_first_line) {
    static const char *const texts[] = {
        "",
        "m",
        "mekit-codebook 2\n",
        "mekit-codebook 11\n",
        " mekit-codebook 1\n",
        "Mekit-codebook 1\n",
        "mekit-codebook 1 \n",
        "a 1 41 C1\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct mk_error e;
        cr_assert_not(read_text(texts[i], &e), "text %zu", i);
        cr_assert_eq(e.code, MK_E_TAG);
        cr_assert_eq(e.offset, 0);
    }
}

#define SIXTEEN "00112233445566778899AABBCCDDEEFF"
#define HUNDRED                                                                                    \
    "1111111111111111111111111111111111111111111111111111111111111111111111111111111111"           \
    "111111111111111111"

Test(codebook_text, a_remark_of_any_length) {
    struct mk_error e = {0};
    cr_assert(read_text(FIRST "# " HUNDRED HUNDRED "\na 1 41 42\na 0 43 44\n", &e), "%s", e.what);
    cr_assert_eq(books.n, 1);
}

Test(codebook_text, lines_that_cannot_be_read) {
    static const char *const lines[] = {
        "a",
        "a 0",
        "a 0 41",
        "a 0 41 42 43",
        "a 0 41 42 #",
        "a 0 41 42 43 44 45",
        "sixteen-letters- 0 41 42",
        "a 2 41 42",
        "a 0b 41 42",
        "a - 41 42",
        "a 11111111111111111111 41 42",
        "a 0 4 42",
        "a 0 414 42",
        "a 0 4G 42",
        "a 0 41 0x",
        "a 0 -- 42",
        "a 0 41 4-",
        "a 0 ?? 42",
        "a 0 " SIXTEEN " 42",
        "a 0 41 " SIXTEEN,
        "a " HUNDRED HUNDRED " 41 42",
        "a 0 " HUNDRED HUNDRED " 42",
        HUNDRED HUNDRED HUNDRED,
        "a 0 41 4\xB2",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char text[512];
        struct mk_error e;
        snprintf(text, sizeof text, "%s# one\n%s\na 0 41 42\n", FIRST "a 1 41 42\n", lines[i]);
        cr_assert_not(read_text(text, &e), "%s", lines[i]);
        cr_assert_eq(e.code, MK_E_FIELD, "%s", lines[i]);
        cr_assert_eq(e.offset, sizeof FIRST - 1 + 16, "%s: %llu", lines[i],
                     (unsigned long long)e.offset);
        cr_assert_eq(books.n, 0);
    }
}

/* unit_codebook tests the rules for a code; this tests that every book of a file is checked. */
Test(codebook_text, every_book_must_be_a_code) {
    static const char *const texts[] = {
        FIRST "a 1 41 C1\n",
        FIRST "a 1 41 C1\na 1 41 C1\na 0 41 C1\n",
        FIRST "a 1 41 C1\na 0 41 C1C2\n",
        GOOD "b 1 41 C1\n",
        FIRST "a 1 41 C1\nb 1 41 C1\nb 0 41 C1\na 0 41 C1\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct mk_error e;
        cr_assert_not(read_text(texts[i], &e), "text %zu", i);
        cr_assert_eq(e.code, MK_E_FIELD);
    }
}

Test(codebook_text, a_seventeenth_book) {
    char text[1024] = FIRST;
    struct mk_error e;
    for (unsigned i = 0; i <= MK_CODEBOOKS_MAX; i++) {
        size_t n = strlen(text);
        cr_assert_eq(read_text(text, &e), i > 0);
        cr_assert_eq(books.n, i);
        snprintf(text + n, sizeof text - n, "b%u 1 00 00\nb%u 0 01 01\n", i, i);
    }
    cr_assert_not(read_text(text, &e));
    cr_assert_eq(e.code, MK_E_COUNT);
}
