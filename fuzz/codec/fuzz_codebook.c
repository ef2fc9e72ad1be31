/* SPDX-License-Identifier: MIT */
/* Codebook files of all formats. A codebook that is written as text reads back the same. */
#include "fuzz.h"

#include <codebook.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 0x1000u

static char *text_of(const struct mk_codebooks *books, size_t *n) {
    char *text = NULL;
    FILE *stream = open_memstream(&text, n);
    if (!stream || !codebooks_write(stream, books) || fclose(stream) != 0)
        abort();
    return text;
}

/* In a complete code the shares 1 / 2^length of all codewords add up to 1. */
static void check_book(const struct mk_codebook *book) {
    uint64_t sum = 0;
    for (size_t i = 0; i < mk_codebook_count(book); i++)
        sum += UINT64_C(1) << (MK_CODEWORD_BITS - mk_codebook_word(book, i)->bits);
    if (sum != UINT64_C(1) << MK_CODEWORD_BITS || mk_codebook_count(book) > MK_CODEBOOK_WORDS)
        abort();
}

static void decode(const struct mk_codebook *book, struct mk_span stream) {
    uint8_t page[0x400];
    size_t used;
    for (unsigned data = 0; data < 2; data++)
        if (mk_huffman_page(book, data, stream, page, sizeof page, &used, NULL, NULL) &&
            used > stream.n)
            abort();
}

static void write_again(const struct mk_codebooks *books) {
    struct mk_codebooks copy = {0};
    size_t n, n_again;
    char *text = text_of(books, &n);
    if (!mk_codebooks_read_text(mk_span_of(text, n), &copy, NULL))
        abort();
    char *again = text_of(&copy, &n_again);
    if (n != n_again || memcmp(text, again, n) != 0)
        abort();
    free(text);
    free(again);
    mk_codebooks_free(&copy);
}

static void read_and_check(struct mk_span s) {
    struct mk_codebooks books = {0};
    struct mk_error e = {0};
    bool read = codebooks_read(s, &books, &e);
    if (!read && e.code == MK_OK)
        abort();
    for (size_t i = 0; i < books.n; i++) {
        check_book(books.list[i]);
        decode(books.list[i], s);
    }
    if (read && mk_span_has(s, 0, "m", 1))
        write_again(&books);
    mk_codebooks_free(&books);
}

/* Turns any input into C: each byte becomes a word of the language, so that tables result. */
static void read_as_c(const uint8_t *bytes, size_t n) {
    static const char *const words[] = {"{",
                                        "}",
                                        "{ 1, 65 },",
                                        "{ 2, 0x41, 0x42 },",
                                        ",",
                                        "0",
                                        "{0},",
                                        "255",
                                        "/*len: 7 at offset 0*/",
                                        "[]",
                                        ";",
                                        "\n#x\n",
                                        "/*len: 1*/",
                                        "a_1",
                                        "a_2",
                                        "= {",
                                        "}; char a_code[][16] = {",
                                        "\"{\"",
                                        "-",
                                        "/*",
                                        "//"};
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    for (size_t i = 0; stream && i < n && i < TEXT_MAX; i++)
        fprintf(stream, "%s ", words[bytes[i] % (sizeof words / sizeof *words)]);
    if (!stream || fclose(stream) != 0)
        abort();
    read_and_check(mk_span_of(text, size));
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    read_and_check(mk_span_of(bytes, n));
    read_as_c(bytes, n);
    return 0;
}
