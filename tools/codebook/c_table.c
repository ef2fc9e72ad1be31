/* SPDX-License-Identifier: MIT */
#include "codebook.h"
#include "token.h"

#include <stdlib.h>
#include <string.h>

/* unhuffme's dict_*.c: arrays of rows {n, byte, ...}, n = 0: unknown. Row i belongs to the i-th
 * codeword. Codewords count down from all ones, so the number of codewords of each length defines
 * them all. Comments "len: 7 at ..." give it, except in two tables that are recognised by their
 * number of rows. */

#define SHORTEST    7u
#define ROW_NUMBERS (MK_SYMBOL_BYTES + 1u)
#define DEPTH_MAX   3u /* table, row, the bytes of a row */

static const struct shape {
    const char *name;
    size_t n;
    uint16_t counts[MK_CODEWORD_BITS + 1 - SHORTEST];
} shapes[] = {
    {"cpt", 2017, {2, 82, 121, 142, 199, 371, 590, 450, 60}},
    {"pch", 1741, {10, 81, 120, 141, 164, 329, 520, 68, 91, 139, 52, 14, 12}},
};

struct table {
    struct codebook_half half;
    bool wrong, lengths; /* wrong: not a table; lengths: comments gave lengths */
    uint8_t length;      /* bits of the codewords that follow */
    uint32_t row[ROW_NUMBERS];
    unsigned n_row;
    bool negative;
};

struct reader {
    struct mk_span text;
    uint64_t at;
    const char *file;
    struct codebook_halves *halves;
    struct mk_codebooks *books;
    unsigned depth;
    char word[32], name[32]; /* the last word; the word before the first [ of the declaration */
    struct table table;
    size_t n_tables;
};

/* ---- rows ---- */

static void add_number(struct table *t, uint32_t value) {
    bool room = t->n_row < ROW_NUMBERS;
    t->wrong = t->wrong || !room || value > UINT8_MAX || (t->negative && value > 128);
    if (!t->wrong)
        t->row[t->n_row++] = t->negative ? (256 - value) & 0xFF : value;
    t->negative = false;
}

/* Bytes of a row after those that it counts are filler, and must be 0. */
static bool is_row(const struct table *t) {
    if (t->n_row == 0 || t->row[0] >= t->n_row)
        return false;
    for (unsigned i = t->row[0] + 1; i < t->n_row; i++)
        if (t->row[i] != 0)
            return false;
    return true;
}

static bool close_row(struct table *t, struct mk_error *e) {
    t->wrong = t->wrong || !is_row(t) || t->half.n == MK_CODEBOOK_WORDS;
    if (!t->wrong && !t->half.rows)
        t->half.rows = calloc(MK_CODEBOOK_WORDS, sizeof *t->half.rows);
    if (!t->wrong && !t->half.rows)
        return mk_fail_memory(e);
    if (!t->wrong) {
        struct codebook_row *row = &t->half.rows[t->half.n++];
        *row = (struct codebook_row){.bits = t->length, .n = (uint8_t)t->row[0]};
        for (unsigned i = 0; i < row->n; i++)
            row->symbol[i] = (uint8_t)t->row[i + 1];
    }
    t->n_row = 0;
    return true;
}

/* ---- tables ---- */

static void set_lengths(struct codebook_half *half, const struct shape *shape) {
    size_t i = 0;
    for (unsigned k = 0; k < sizeof shape->counts / sizeof *shape->counts; k++)
        for (unsigned n = shape->counts[k]; n > 0 && i < half->n; n--)
            half->rows[i++].bits = (uint8_t)(SHORTEST + k);
}

/* Each codeword is the last one, shifted to its length, minus one. */
static bool count_down(struct codebook_half *half, struct mk_error *e) {
    uint32_t last = 1;
    unsigned bits = 0;
    for (size_t i = 0; i < half->n; i++) {
        struct codebook_row *row = &half->rows[i];
        if (row->bits < bits || row->bits == 0 || row->bits > MK_CODEWORD_BITS || last == 0)
            return mk_fail(e, MK_E_FIELD, MK_NOWHERE,
                           "the table's %zu rows have no lengths that make a code", half->n);
        last = (last << (row->bits - bits)) - 1;
        bits = row->bits;
        row->codeword = last;
    }
    return true;
}

/* "dict_cpt_code", "dict_pch_2": the middle is the name, the end the role. */
static void name_table(struct codebook_half *half, const char *word, const char *file) {
    static const struct {
        const char *suffix;
        enum codebook_role role;
    } roles[] = {{"_code", CODEBOOK_CODE},
                 {"_1", CODEBOOK_CODE},
                 {"_data", CODEBOOK_DATA},
                 {"_2", CODEBOOK_DATA}};
    size_t n = strlen(word);
    half->role = CODEBOOK_EITHER;
    for (size_t i = 0; i < sizeof roles / sizeof *roles && half->role == CODEBOOK_EITHER; i++) {
        size_t length = strlen(roles[i].suffix);
        if (n > length && strcmp(word + n - length, roles[i].suffix) == 0) {
            half->role = roles[i].role;
            n -= length;
        }
    }
    size_t skip = strncmp(word, "dict_", 5) == 0 && n > 5 ? 5 : 0;
    codebook_half_name(half, word + skip, n - skip);
    codebook_half_role(half, file);
}

static bool close_table(struct reader *r, struct mk_error *e) {
    struct table *t = &r->table;
    struct codebook_half half = t->half;
    bool wrong = t->wrong || half.n < 2;
    bool shaped = t->lengths;
    *t = (struct table){.wrong = false};
    name_table(&half, *r->name ? r->name : r->word, r->file);
    for (size_t i = 0; !wrong && i < sizeof shapes / sizeof *shapes; i++)
        if (half.n == shapes[i].n) {
            set_lengths(&half, &shapes[i]);
            codebook_half_name(&half, shapes[i].name, strlen(shapes[i].name));
            shaped = true;
        }
    if (wrong || !shaped || !count_down(&half, e)) {
        free(half.rows);
        return wrong || !shaped;
    }
    r->n_tables++;
    return codebook_half_add(r->halves, &half, r->books, e);
}

/* ---- the content of the file ---- */

static void take_outside(struct reader *r, const struct token *token) {
    if (token->kind == TOKEN_WORD)
        memcpy(r->word, token->text, sizeof r->word);
    else if (token->kind == TOKEN_OTHER && token->value == ';')
        r->name[0] = r->word[0] = 0;
    else if (token->kind == TOKEN_OTHER && token->value == '[' && !r->name[0])
        memcpy(r->name, r->word, sizeof r->name);
}

static void take_inside(struct reader *r, const struct token *token) {
    struct table *t = &r->table;
    if (token->kind == TOKEN_LENGTH) {
        t->length = (uint8_t)token->value;
        t->lengths = true;
        t->wrong = t->wrong || token->value > MK_CODEWORD_BITS;
    } else if (token->kind == TOKEN_NUMBER && r->depth > 1)
        add_number(t, token->value);
    else if (token->kind == TOKEN_OTHER && token->value == '-')
        t->negative = true;
    else
        t->wrong = t->wrong || token->kind != TOKEN_OTHER || token->value != ',';
}

static bool take_close(struct reader *r, struct mk_error *e) {
    if (r->depth == 0)
        return true;
    r->depth--;
    if (r->depth == 1)
        return close_row(&r->table, e);
    return r->depth > 0 || close_table(r, e);
}

static bool take(struct reader *r, const struct token *token, struct mk_error *e) {
    if (token->kind == TOKEN_CLOSE)
        return take_close(r, e);
    if (token->kind == TOKEN_OPEN) {
        r->depth++;
        r->table.wrong = r->table.wrong || r->depth > DEPTH_MAX;
    } else if (r->depth == 0)
        take_outside(r, token);
    else
        take_inside(r, token);
    return true;
}

bool codebook_halves_read_c(struct mk_span text, const char *file, struct codebook_halves *halves,
                            struct mk_codebooks *books, struct mk_error *e) {
    struct reader r = {.text = text, .file = file, .halves = halves, .books = books};
    struct token token;
    bool done = true;
    token_next(text, &r.at, &token);
    for (; done && token.kind != TOKEN_END; token_next(text, &r.at, &token))
        done = take(&r, &token, e);
    bool cut = done && r.depth > 0 && !r.table.wrong && r.table.half.n > 0;
    free(r.table.half.rows);
    if (cut)
        return mk_fail(e, MK_E_FIELD, text.n, "the table is cut off");
    return done && (r.n_tables > 0 || mk_fail(e, MK_E_TAG, 0, "there is no table of symbols"));
}
