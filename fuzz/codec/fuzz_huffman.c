/* SPDX-License-Identifier: MIT */
/* The first byte chooses table and page size; the rest is a page to encode, and a stream to decode
 * with the forged codebook. */
#include "fuzz.h"

#include <forged_codebook.h>
#include <stdlib.h>
#include <string.h>

static const struct mk_codebook *book_of(void) {
    static struct mk_codebook *book;
    if (!book)
        book = forged_codebook("forged");
    if (!book)
        abort();
    return book;
}

static size_t page_size(uint8_t choice) {
    static const size_t sizes[] = {MK_HUFFMAN_PAGE, 0x400, 1, 0};
    return choice & 8 ? (size_t)(choice >> 4) * 0x101 : sizes[choice >> 1 & 3];
}

/* The code has one codeword for each byte, so a decoded page must encode to the same stream. */
static void decode(bool data, struct mk_span stream, size_t n) {
    uint8_t *page = malloc(n + 1), *again = malloc(2 * n + 1);
    size_t used = 0;
    struct mk_error e;
    if (page && again && mk_huffman_page(book_of(), data, stream, page, n, &used, NULL, &e) &&
        (used > stream.n || forge_huffman_encode(page, n, data, again) != used ||
         !mk_span_has(stream, 0, again, used)))
        abort();
    free(page);
    free(again);
}

static void encode(bool data, const uint8_t *bytes, size_t n) {
    uint8_t stream[2 * MK_HUFFMAN_PAGE], page[MK_HUFFMAN_PAGE];
    size_t used, packed = forge_huffman_encode(bytes, n, data, stream);
    struct mk_span all = mk_span_of(stream, packed), cut = mk_span_of(stream, packed - (n > 0));
    if (!mk_huffman_page(book_of(), data, all, page, n, &used, NULL, NULL) || used != packed ||
        memcmp(page, bytes, n) != 0)
        abort();
    if (n > 0 && mk_huffman_page(book_of(), data, cut, page, n, &used, NULL, NULL))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    if (n == 0)
        return 0;
    decode(bytes[0] & 1, mk_span_of(bytes + 1, n - 1), page_size(bytes[0]));
    encode(bytes[0] & 1, bytes + 1, n - 1 < MK_HUFFMAN_PAGE ? n - 1 : MK_HUFFMAN_PAGE);
    return 0;
}
