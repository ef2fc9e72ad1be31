/* SPDX-License-Identifier: MIT */
#include "codebook.h"

#include <mekit/base/arith.h>
#include <string.h>

/* The longest stream of a page: one-byte symbols, each with the longest codeword. AHEAD: bytes to
 * read ahead. */
#define STREAM_MAX (MK_HUFFMAN_PAGE * MK_CODEWORD_BITS / 8 + 1)
#define AHEAD      8u

struct reader {
    size_t n, next;
    uint64_t bits; /* the next bits, left-justified */
    unsigned left; /* number of bits in bits */
    uint64_t taken;
    uint8_t bytes[STREAM_MAX + AHEAD];
};

static void open_reader(struct reader *r, struct mk_span stream) {
    r->n = (size_t)mk_min(stream.n, STREAM_MAX);
    r->next = r->left = 0;
    r->bits = r->taken = 0;
    mk_span_copy(stream, 0, r->bytes, r->n);
    memset(r->bytes + r->n, 0, AHEAD);
}

static void refill(struct reader *r) {
    while (r->left <= 56 && r->next < r->n + AHEAD) {
        r->bits |= (uint64_t)r->bytes[r->next++] << (56 - r->left);
        r->left += 8;
    }
}

/* Index of the next codeword; *length: its bits. A complete code has a codeword for any bits. */
static uint32_t find_word(const struct mk_codebook *book, uint64_t bits, unsigned *length) {
    uint16_t quick = book->quick[bits >> (64 - QUICK_BITS)];
    *length = quick & 15u;
    if (*length != 0)
        return quick >> 4;
    uint32_t top = (uint32_t)(bits >> 32);
    for (*length = QUICK_BITS + 1; *length < book->longest; ++*length)
        if (top >= book->lowest[*length])
            break;
    return book->first[*length] + book->highest[*length] - (top >> (32 - *length));
}

static bool finish(const struct reader *r, struct mk_span stream, size_t *used,
                   struct mk_error *e) {
    *used = (size_t)((r->taken + 7) / 8);
    if (r->taken > 8 * (uint64_t)r->n)
        return mk_fail(e, MK_E_STREAM, stream.at + stream.n, "the Huffman stream ends early");
    unsigned spare = (unsigned)(8 * (uint64_t)*used - r->taken);
    if (spare > 0 && (r->bytes[*used - 1] & ((1u << spare) - 1)) != 0)
        return mk_fail(e, MK_E_STREAM, stream.at + *used - 1, "pad bits after a page are not zero");
    return true;
}

static void mark(struct mk_codewords *met, bool data, uint32_t i) {
    met->bits[data][i / 64] |= (uint64_t)1 << i % 64;
}

bool mk_huffman_page(const struct mk_codebook *book, bool data, struct mk_span stream, uint8_t *out,
                     size_t n, size_t *used, struct mk_codewords *met, struct mk_error *e) {
    struct reader r;
    size_t at = 0;
    open_reader(&r, stream);
    while (at < n && r.taken <= 8 * (uint64_t)r.n) {
        unsigned length;
        refill(&r);
        uint32_t i = find_word(book, r.bits, &length);
        const struct mk_codeword *word = &book->words[i];
        size_t size = word->length[data];
        if (met)
            mark(met, data, i);
        if (size == 0)
            return mk_fail(e, MK_E_CODEBOOK, stream.at + r.taken / 8,
                           "a codeword whose symbol the codebook does not know");
        if (size > n - at)
            return mk_fail(e, MK_E_STREAM, stream.at + r.taken / 8,
                           "the last symbol extends past the page");
        memcpy(out + at, word->symbol[data], size);
        at += size;
        r.bits <<= length;
        r.left -= length;
        r.taken += length;
    }
    return finish(&r, stream, used, e);
}
