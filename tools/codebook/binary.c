/* SPDX-License-Identifier: MIT */
#define ZLIB_CONST
#include "codebook.h"

#include <stdlib.h>
#include <zlib.h>

/* huff11.bin of unME11: raw deflate; inside u32 number of tables (code, data), each u32 length and
 * records {u16 codeword, u8 n, n bytes}. The codeword is followed by a 1 bit, then zeros. */
#define PLAIN_MAX   (1u << 20)
#define RAW_DEFLATE (-15)
#define TABLES      2u
#define NAME        "11"

static bool inflate_all(struct mk_span packed, struct mk_buffer *out, struct mk_error *e) {
    z_stream z = {0};
    *out = (struct mk_buffer){malloc(PLAIN_MAX), PLAIN_MAX};
    if (!out->p || inflateInit2(&z, RAW_DEFLATE) != Z_OK) {
        free(out->p);
        return mk_fail_memory(e);
    }
    z.next_in = packed.p;
    z.avail_in = (uInt)packed.n;
    z.next_out = out->p;
    z.avail_out = (uInt)out->n;
    int result = inflate(&z, Z_FINISH);
    out->n -= z.avail_out;
    inflateEnd(&z);
    if (result == Z_STREAM_END && out->n > 4)
        return true;
    free(out->p);
    return mk_fail(e, MK_E_TAG, 0, "this is not a deflate stream of a codebook");
}

static bool add_record(struct mk_codebook *book, bool data, struct mk_span table, uint64_t *at,
                       struct mk_error *e) {
    struct mk_span head, symbol;
    if (!mk_span_cut(table, *at, 3, &head) ||
        !mk_span_cut(table, *at + 3, mk_span_u8(head, 2), &symbol))
        return mk_fail(e, MK_E_FIELD, MK_NOWHERE, "a table of the codebook is cut off");
    uint32_t marked = mk_span_u16(head, 0);
    uint8_t bytes[UINT8_MAX];
    unsigned bits = 15;
    if (marked == 0)
        return mk_fail(e, MK_E_FIELD, MK_NOWHERE, "a codeword of 0");
    for (; (marked & 1) == 0; marked >>= 1)
        bits--;
    mk_span_copy(symbol, 0, bytes, symbol.n);
    *at += 3 + symbol.n;
    return mk_codebook_add(book, data, marked >> 1, bits, bytes, symbol.n, e);
}

static bool add_tables(struct mk_codebook *book, struct mk_span plain, struct mk_error *e) {
    uint64_t at = 4;
    if (mk_span_u32(plain, 0) != TABLES)
        return mk_fail(e, MK_E_TAG, 0, "a deflate stream, but not of a codebook");
    for (unsigned i = 0; i < TABLES; i++) {
        struct mk_span head, table;
        uint64_t place = 0;
        if (!mk_span_cut(plain, at, 4, &head) ||
            !mk_span_cut(plain, at + 4, mk_span_u32(head, 0), &table))
            return mk_fail(e, MK_E_FIELD, MK_NOWHERE, "a table of the codebook is cut off");
        while (place < table.n)
            if (!add_record(book, i == 1, table, &place, e))
                return false;
        at += 4 + table.n;
    }
    return true;
}

bool codebooks_read_binary(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e) {
    struct mk_buffer plain;
    if (!inflate_all(bytes, &plain, e))
        return false;
    struct mk_codebook *book = mk_codebook_new(NAME);
    bool done = book ? add_tables(book, mk_buffer_span(plain), e) && mk_codebook_finish(book, e)
                     : mk_fail_memory(e);
    free(plain.p);
    if (done)
        return mk_codebooks_add(books, book, e);
    mk_codebook_free(book);
    return false;
}
