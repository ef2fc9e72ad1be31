/* SPDX-License-Identifier: MIT */
#include "work.h"

#include <input.h>
#include <mekit/base/range.h>
#include <mekit/codec/huffman.h>
#include <stdlib.h>
#include <undo.h>

void work_codebook(const struct work *work) {
    struct mk_codebooks books = {0};
    mk_codebooks_read_text(work->bytes, &books, NULL);
    mk_codebooks_free(&books);
}

/* The record of n zeros begins with the number n. */
void work_record(const struct work *work) {
    static const uint64_t limit = 1u << 24;
    struct mk_error e = {0};
    struct mk_buffer original, output = {NULL, 0};
    size_t n = 0;
    for (size_t i = 0; i < work->bytes.n; i++)
        n += mk_span_u8(work->bytes, i) == '{';
    n -= 4; /* objects other than pieces */
    output = (struct mk_buffer){calloc(n + 1, 1), n};
    if (!output.p || !undo_apply(work->path, mk_buffer_span(output), limit, &original, &e))
        exit(2);
    free(original.p);
    free(output.p);
}

void work_packed(const struct work *work) {
    static const uint64_t limit = 1u << 28;
    struct tool_input input;
    struct mk_error e = {0};
    if (!input_read(work->path, limit, &input, &e))
        exit(2);
    input_free(&input);
}

static void fill(struct mk_ranges *set, size_t n, size_t factor) {
    for (size_t i = 0; i < n; i++) {
        uint64_t start = i * factor % n * 16;
        if (!mk_ranges_add(set, start, start + 8))
            exit(2);
    }
}

void work_ranges(const struct work *work) {
    struct mk_ranges a = {0}, b = {0};
    fill(&a, work->bytes.n, 40503);
    fill(&b, work->bytes.n, 28657);
    if (!mk_ranges_subtract(&a, &b) || !mk_ranges_join(&b, &a))
        exit(2);
    mk_ranges_settle(&b);
    mk_ranges_free(&a);
    mk_ranges_free(&b);
}

void work_linear(const struct work *work) {
    volatile uint8_t sum = 0;
    for (size_t i = 0; i < work->bytes.n; i++)
        sum = (uint8_t)(sum + mk_span_u8(work->bytes, i));
}

static volatile size_t kept; /* so that no compiler removes the work */

/* Counts equal bytes before each byte. */
void work_quadratic(const struct work *work) {
    size_t found = 0;
    for (size_t i = 0; i < work->bytes.n; i++)
        for (size_t k = 0; k < i; k++)
            found += mk_span_u8(work->bytes, i) == mk_span_u8(work->bytes, k);
    kept = found;
}
