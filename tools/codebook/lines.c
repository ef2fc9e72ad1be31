/* SPDX-License-Identifier: MIT */
#include "codebook.h"

#include <stdlib.h>
#include <string.h>

/* Code12.txt, Data12.txt of unME12. Each line has one codeword: its bits as 0 and 1, tabs or
 * blanks, its bytes as hexadecimal, ?? for an unknown byte. */
#define LINE_ROOM 128u
#define ROWS_12   1925u

static bool is_blank(uint8_t c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* False at the end. A line that is too long becomes one that the reader refuses. */
static bool next_line(struct mk_span text, uint64_t *at, char line[LINE_ROOM]) {
    size_t n = 0;
    if (*at >= text.n)
        return false;
    for (; *at < text.n && mk_span_u8(text, *at) != '\n'; ++*at)
        if (n < LINE_ROOM - 1)
            line[n++] = (char)mk_span_u8(text, *at);
    ++*at;
    while (n > 0 && is_blank((uint8_t)line[n - 1]))
        n--;
    line[n] = 0;
    return true;
}

static bool read_bits(const char **place, struct codebook_row *row) {
    for (; **place == '0' || **place == '1'; ++*place) {
        if (row->bits >= MK_CODEWORD_BITS)
            return false;
        row->codeword = row->codeword << 1 | (**place == '1');
        row->bits++;
    }
    return row->bits > 0;
}

static bool read_symbol(const char *hex, struct codebook_row *row) {
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    size_t n = strlen(hex);
    bool known = strchr(hex, '?') == NULL;
    if (n % 2 != 0 || n / 2 > MK_SYMBOL_BYTES)
        return false;
    for (size_t i = 0; i < n; i++) {
        const char *digit = strchr(digits, hex[i]);
        if (!digit && hex[i] != '?')
            return false;
        unsigned value = digit ? (unsigned)(digit - digits) % 16 : 0;
        row->symbol[i / 2] = (uint8_t)((unsigned)row->symbol[i / 2] << 4 | value);
    }
    row->n = known ? (uint8_t)(n / 2) : 0;
    return true;
}

static bool read_row(const char *line, struct codebook_row *row) {
    *row = (struct codebook_row){.n = 0};
    if (!read_bits(&line, row) || (*line && !is_blank((uint8_t)*line)))
        return false;
    while (is_blank((uint8_t)*line))
        line++;
    return read_symbol(line, row);
}

static bool read_rows(struct mk_span text, struct codebook_half *half, struct mk_error *e) {
    char line[LINE_ROOM] = "";
    uint64_t at = 0;
    for (uint64_t start = 0; next_line(text, &at, line); start = at) {
        if (*line == 0)
            continue;
        if (half->n == MK_CODEBOOK_WORDS)
            return mk_fail(e, MK_E_COUNT, start, "more than %u codewords", MK_CODEBOOK_WORDS);
        if (!read_row(line, &half->rows[half->n]))
            return mk_fail(e, half->n > 0 ? MK_E_FIELD : MK_E_TAG, start,
                           "a codeword or a symbol that can't be read");
        half->n++;
    }
    return half->n > 0 || mk_fail(e, MK_E_TAG, 0, "there is no codeword");
}

/* Takes the name from the number in the file's name: "Code12.txt". */
static void name_half(struct codebook_half *half, const char *file) {
    const char *number = file + strcspn(file, "0123456789");
    size_t n = strspn(number, "0123456789");
    codebook_half_role(half, file);
    if (half->n == ROWS_12)
        codebook_half_name(half, "12", 2);
    else
        codebook_half_name(half, n > 0 ? number : "lines", n > 0 ? n : 5);
}

bool codebook_halves_read_lines(struct mk_span text, const char *file,
                                struct codebook_halves *halves, struct mk_codebooks *books,
                                struct mk_error *e) {
    struct codebook_half half = {.role = CODEBOOK_EITHER};
    half.rows = calloc(MK_CODEBOOK_WORDS, sizeof *half.rows);
    if (!half.rows)
        return mk_fail_memory(e);
    if (!read_rows(text, &half, e)) {
        free(half.rows);
        return false;
    }
    name_half(&half, file);
    return codebook_half_add(halves, &half, books, e);
}
