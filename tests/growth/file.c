/* SPDX-License-Identifier: MIT */
#include "shapes.h"

#include <lzma.h>
#include <mekit/codec/digest.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

/* ---- a codebook: many lines for each of several names ---- */

static void put_bits(FILE *to, unsigned word, unsigned bits) {
    while (bits-- > 0)
        fputc(word >> bits & 1 ? '1' : '0', to);
}

static void put_book(FILE *to, size_t number) {
    for (unsigned i = 0; i < FORGE_HUFFMAN_CODEWORDS; i++) {
        unsigned bits, word = forge_huffman_codeword(i, &bits);
        fprintf(to, "book%zu ", number);
        put_bits(to, word, bits);
        fprintf(to, " %02x %02x\n", forge_huffman_symbol(i, false), forge_huffman_symbol(i, true));
    }
}

/* The stream's memory is complete only once it is closed. */
static bool finish(FILE *to, char *const *text, const size_t *size, struct mk_buffer *b) {
    bool done = to && fclose(to) == 0;
    *b = (struct mk_buffer){(uint8_t *)*text, *size};
    return done;
}

bool shape_codebook(size_t n, struct mk_buffer *b) {
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    if (to)
        fprintf(to, "mekit-codebook 1\n");
    for (size_t i = 0; to && i < n; i++)
        put_book(to, i);
    return finish(to, &text, &size, b);
}

/* ---- an undo record of n pieces, for the first n bytes of the file ---- */

static const char *hex_of(struct mk_span s, char hex[2 * MK_DIGEST_MAX + 1]) {
    struct mk_digest digest;
    mk_digest_take(MK_SHA256, &s, 1, &digest, NULL);
    return mk_digest_hex(&digest, hex);
}

bool shape_record(size_t n, struct mk_buffer *b) {
    char *text = NULL, hex[2 * MK_DIGEST_MAX + 1];
    size_t size = 0;
    struct mk_buffer zeros = {calloc(n, 1), n};
    FILE *to = zeros.p ? open_memstream(&text, &size) : NULL;
    if (to) {
        hex_of(mk_buffer_span(zeros), hex);
        fprintf(to,
                "{\"schema\": \"mekit/1\", \"input\": {\"size\": %zu, \"sha256\": \"%s\"},"
                "\"output\": {\"size\": %zu, \"sha256\": \"%s\"},"
                "\"window\": {\"offset\": 0, \"length\": %zu}, \"old\": [",
                n, hex, n, hex, n);
        for (size_t i = 0; i < n; i++)
            fprintf(to, "%s{\"offset\": %zu, \"bytes\": \"00\"}", i ? "," : "", i);
        fprintf(to, "]}");
    }
    free(zeros.p);
    return finish(to, &text, &size, b);
}

/* ---- packed ---- */

static bool plain(size_t n, struct mk_buffer *b) {
    if (!shape_room(n, b))
        return false;
    forge_code_fill(b->p, n, "packed");
    return true;
}

bool shape_gzip(size_t n, struct mk_buffer *b) {
    struct mk_buffer in;
    z_stream z = {0};
    if (!plain(n, &in) || !shape_room(n + 0x1000, b) ||
        deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    z.next_in = in.p;
    z.avail_in = (uInt)in.n;
    z.next_out = b->p;
    z.avail_out = (uInt)b->n;
    bool done = deflate(&z, Z_FINISH) == Z_STREAM_END;
    b->n -= z.avail_out;
    deflateEnd(&z);
    free(in.p);
    return done;
}

bool shape_xz(size_t n, struct mk_buffer *b) {
    struct mk_buffer in;
    size_t used = 0;
    if (!plain(n, &in) || !shape_room(n + 0x1000, b))
        return false;
    bool done = lzma_easy_buffer_encode(0, LZMA_CHECK_CRC32, NULL, in.p, in.n, b->p, &used, b->n) ==
                LZMA_OK;
    b->n = used;
    free(in.p);
    return done;
}
