/* SPDX-License-Identifier: MIT */
#include <mekit/base/arith.h>
#include <mekit/codec/huffman.h>

#include <stdlib.h>
#include <string.h>

#define FIRST_LINE "mekit-codebook 1"
#define LINE_ROOM  160u
#define WORDS      4u

bool mk_codebooks_add(struct mk_codebooks *books, struct mk_codebook *book, struct mk_error *e) {
    struct mk_codebook **more = NULL;
    bool room = books->n < MK_CODEBOOKS_MAX;
    if (room)
        more = mk_resize(books->list, books->n + 1, sizeof(struct mk_codebook *));
    if (!more) {
        mk_codebook_free(book);
        return room
                   ? mk_fail_memory(e)
                   : mk_fail(e, MK_E_COUNT, MK_NOWHERE, "more than %u codebooks", MK_CODEBOOKS_MAX);
    }
    books->list = more;
    books->list[books->n++] = book;
    return true;
}

void mk_codebooks_free(struct mk_codebooks *books) {
    for (size_t i = 0; i < books->n; i++)
        mk_codebook_free(books->list[i]);
    free(books->list);
    *books = (struct mk_codebooks){.n = 0};
}

/* Reads the line at *at without its end; *whole: it fits into line. */
static bool next_line(struct mk_span text, uint64_t *at, char line[LINE_ROOM], bool *whole) {
    size_t n = 0;
    *whole = true;
    if (*at >= text.n)
        return false;
    while (*at < text.n) {
        char c = (char)mk_span_u8(text, (*at)++);
        if (c == '\n')
            break;
        if (c == '\r')
            continue;
        if (n < LINE_ROOM - 1)
            line[n++] = c;
        else
            *whole = false;
    }
    line[n] = 0;
    return true;
}

static size_t split(char *line, char *words[WORDS + 1]) {
    size_t n = 0;
    char *state;
    for (char *word = strtok_r(line, " \t", &state); word && n <= WORDS;
         word = strtok_r(NULL, " \t", &state))
        words[n++] = word;
    return n;
}

static bool read_bits(const char *word, uint32_t *codeword, unsigned *bits) {
    *codeword = 0;
    for (*bits = 0; word[*bits]; ++*bits) {
        if ((word[*bits] != '0' && word[*bits] != '1') || *bits >= MK_CODEWORD_BITS)
            return false;
        *codeword = *codeword << 1 | (word[*bits] == '1');
    }
    return *bits > 0;
}

static int digit(char c) {
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = memchr(digits, c, sizeof digits - 1);
    return found ? (int)((found - digits) % 16) : -1;
}

static bool read_symbol(const char *word, uint8_t symbol[MK_SYMBOL_BYTES], size_t *n) {
    size_t length = strlen(word);
    *n = 0;
    if (strcmp(word, "-") == 0)
        return true;
    if (length % 2 != 0 || length / 2 > MK_SYMBOL_BYTES)
        return false;
    for (size_t i = 0; i < length; i += 2) {
        int high = digit(word[i]), low = digit(word[i + 1]);
        if (high < 0 || low < 0)
            return false;
        symbol[(*n)++] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static bool add_line(struct mk_codebook *book, char *const words[WORDS], uint64_t at,
                     struct mk_error *e) {
    uint8_t symbols[2][MK_SYMBOL_BYTES];
    size_t n[2];
    uint32_t codeword;
    unsigned bits;
    if (!read_bits(words[1], &codeword, &bits) || !read_symbol(words[2], symbols[0], &n[0]) ||
        !read_symbol(words[3], symbols[1], &n[1]))
        return mk_fail(e, MK_E_FIELD, at, "a codeword or a symbol that can't be read");
    return mk_codebook_add(book, false, codeword, bits, symbols[0], n[0], e) &&
           mk_codebook_add(book, true, codeword, bits, symbols[1], n[1], e);
}

static bool close_book(struct mk_codebook **book, struct mk_codebooks *books, struct mk_error *e) {
    struct mk_codebook *done = *book;
    *book = NULL;
    if (!done)
        return true;
    if (mk_codebook_finish(done, e))
        return mk_codebooks_add(books, done, e);
    mk_codebook_free(done);
    return false;
}

static bool read_line(char *line, uint64_t at, struct mk_codebook **book,
                      struct mk_codebooks *books, struct mk_error *e) {
    char *words[WORDS + 1];
    size_t n = line[0] == '#' ? 0 : split(line, words);
    if (n == 0)
        return true;
    if (n != WORDS || strlen(words[0]) >= MK_CODEBOOK_NAME)
        return mk_fail(e, MK_E_FIELD, at, "expected NAME BITS CODE DATA");
    if (*book && strcmp(mk_codebook_name(*book), words[0]) != 0 && !close_book(book, books, e))
        return false;
    if (!*book)
        *book = mk_codebook_new(words[0]);
    return *book ? add_line(*book, words, at, e) : mk_fail_memory(e);
}

bool mk_codebooks_read_text(struct mk_span text, struct mk_codebooks *books, struct mk_error *e) {
    struct mk_codebook *book = NULL;
    char line[LINE_ROOM];
    size_t before = books->n;
    uint64_t at = 0;
    bool whole;
    if (!next_line(text, &at, line, &whole) || strcmp(line, FIRST_LINE) != 0)
        return mk_fail(e, MK_E_TAG, 0, "expected \"mekit-codebook 1\"");
    for (uint64_t start = at; next_line(text, &at, line, &whole); start = at) {
        bool read = whole || line[0] == '#' ||
                    mk_fail(e, MK_E_FIELD, start, "expected NAME BITS CODE DATA");
        if (!read || !read_line(line, start, &book, books, e)) {
            mk_codebook_free(book);
            return false;
        }
    }
    if (!close_book(&book, books, e))
        return false;
    return books->n > before || mk_fail(e, MK_E_FIELD, at, "there is no codeword");
}
