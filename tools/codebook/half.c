/* SPDX-License-Identifier: MIT */
#include "codebook.h"

#include <mekit/base/arith.h>
#include <stdlib.h>
#include <string.h>

static void half_free(struct codebook_half *half) {
    free(half->rows);
    *half = (struct codebook_half){.n = 0};
}

void codebook_halves_free(struct codebook_halves *halves) {
    for (size_t i = 0; i < halves->n; i++)
        half_free(&halves->list[i]);
    halves->n = 0;
}

/* Other tools name their tables like "Code12.txt", "dict_cpt_2.c". */
void codebook_half_role(struct codebook_half *half, const char *file) {
    static const struct {
        const char *part;
        enum codebook_role role;
    } parts[] = {{"code", CODEBOOK_CODE}, {"Code", CODEBOOK_CODE}, {"_1.", CODEBOOK_CODE},
                 {"data", CODEBOOK_DATA}, {"Data", CODEBOOK_DATA}, {"_2.", CODEBOOK_DATA}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts && half->role == CODEBOOK_EITHER; i++)
        if (strstr(file, parts[i].part))
            half->role = parts[i].role;
}

void codebook_half_name(struct codebook_half *half, const char *text, size_t n) {
    size_t length = (size_t)mk_min(n, sizeof half->name - 1);
    memset(half->name, 0, sizeof half->name);
    memcpy(half->name, text, length);
}

static bool are_two_halves(const struct codebook_half *a, const struct codebook_half *b) {
    bool roles = a->role != b->role || a->role == CODEBOOK_EITHER;
    return roles && a->n == b->n && strcmp(a->name, b->name) == 0;
}

static bool fill(struct mk_codebook *book, bool data, const struct codebook_half *half,
                 struct mk_error *e) {
    for (size_t i = 0; i < half->n; i++) {
        const struct codebook_row *row = &half->rows[i];
        if (!mk_codebook_add(book, data, row->codeword, row->bits, row->symbol, row->n, e))
            return false;
    }
    return true;
}

/* If neither half gives its role, the first one is for code. */
static bool join(const struct codebook_half *first, const struct codebook_half *second,
                 struct mk_codebooks *books, struct mk_error *e) {
    bool data = first->role == CODEBOOK_DATA || second->role == CODEBOOK_CODE;
    struct mk_codebook *book = mk_codebook_new(first->name);
    if (!book)
        return mk_fail_memory(e);
    if (fill(book, data, first, e) && fill(book, !data, second, e) && mk_codebook_finish(book, e))
        return mk_codebooks_add(books, book, e);
    mk_codebook_free(book);
    return false;
}

static bool join_waiting(struct codebook_halves *halves, size_t i, struct codebook_half *half,
                         struct mk_codebooks *books, struct mk_error *e) {
    bool joined = join(&halves->list[i], half, books, e);
    half_free(half);
    half_free(&halves->list[i]);
    halves->list[i] = halves->list[--halves->n];
    return joined;
}

bool codebook_half_add(struct codebook_halves *halves, struct codebook_half *half,
                       struct mk_codebooks *books, struct mk_error *e) {
    for (size_t i = 0; i < halves->n; i++)
        if (are_two_halves(&halves->list[i], half))
            return join_waiting(halves, i, half, books, e);
    if (halves->n == CODEBOOK_HALVES_MAX) {
        half_free(half);
        return mk_fail(e, MK_E_COUNT, MK_NOWHERE, "more than %u halves of codebooks",
                       CODEBOOK_HALVES_MAX);
    }
    halves->list[halves->n++] = *half;
    *half = (struct codebook_half){.n = 0};
    return true;
}
