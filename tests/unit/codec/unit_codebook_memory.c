/* SPDX-License-Identifier: MIT */
#include "fail_each.h"

#include <mekit/codec/huffman.h>
#include <stdio.h>

TestSuite(codebook_memory, .fini = check_leaks);

static bool read_text(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct mk_span *s = subject;
    struct mk_codebooks books = {0};
    bool read = mk_codebooks_read_text(*s, &books, e);
    for (size_t i = 0; i < books.n; i++) {
        outcome_text(outcome, mk_codebook_name(books.list[i]));
        outcome_number(outcome, mk_codebook_count(books.list[i]));
    }
    mk_codebooks_free(&books);
    return read;
}

/* Two codebooks: the first of n codewords, all of one length; the second of two. */
static size_t write_text(char *text, size_t room, unsigned n, unsigned bits) {
    size_t used = (size_t)snprintf(text, room, "mekit-codebook 1\n");
    for (unsigned i = 0; i < n; i++) {
        used += (size_t)snprintf(text + used, room - used, "many ");
        for (unsigned bit = bits; bit-- > 0;)
            text[used++] = i >> bit & 1 ? '1' : '0';
        used += (size_t)snprintf(text + used, room - used, " %02x -\n", i & 0xFF);
    }
    return used + (size_t)snprintf(text + used, room - used, "two 1 00 01\ntwo 0 02 03\n");
}

Test(codebook_memory, runs_out_while_codebooks_are_read) {
    static char text[1 << 16];
    const struct mk_span s = mk_span_of(text, write_text(text, sizeof text, 2048, 11));
    struct mk_codebooks books = {0};
    cr_assert(mk_codebooks_read_text(s, &books, NULL));
    cr_assert_eq(books.n, 2);
    mk_codebooks_free(&books);
    fail_each(read_text, "read", "a text of two codebooks", &s);
}
