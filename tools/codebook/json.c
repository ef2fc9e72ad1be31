/* SPDX-License-Identifier: MIT */
#include "codebook.h"

#include <jansson.h>
#include <mekit/base/text.h>
#include <stdlib.h>
#include <string.h>

/* Huffman.dat of MEAnalyzer: {"11": {"code": {"0110": "HEX", ...}, "data": {...}}, "12": ...}. Text
 * that is not hexadecimal ("", "??") is an unknown symbol. */

static bool read_codeword(const char *text, uint32_t *codeword, unsigned *bits) {
    size_t n = strlen(text);
    *codeword = 0;
    if (n == 0 || n > MK_CODEWORD_BITS || strspn(text, "01") != n)
        return false;
    *bits = (unsigned)n;
    for (size_t i = 0; i < n; i++)
        *codeword = *codeword << 1 | (text[i] == '1');
    return true;
}

static size_t read_symbol(const char *text, uint8_t symbol[MK_SYMBOL_BYTES + 1]) {
    size_t n = strlen(text);
    if (n % 2 != 0 || strspn(text, "0123456789abcdefABCDEF") != n)
        return 0;
    for (size_t i = 0; i < n / 2 && i <= MK_SYMBOL_BYTES; i++) {
        char pair[3] = {text[2 * i], text[2 * i + 1], 0};
        symbol[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return n / 2;
}

static bool add_table(struct mk_codebook *book, bool data, json_t *table, struct mk_error *e) {
    const char *key;
    json_t *value;
    if (!json_is_object(table))
        return mk_fail(e, MK_E_FIELD, MK_NOWHERE, "a codebook without \"code\" or \"data\"");
    json_object_foreach(table, key, value) {
        uint8_t symbol[MK_SYMBOL_BYTES + 1];
        uint32_t codeword;
        unsigned bits;
        if (!read_codeword(key, &codeword, &bits) || !json_is_string(value))
            return mk_fail(e, MK_E_FIELD, MK_NOWHERE, "a codeword that can't be read");
        size_t n = read_symbol(json_string_value(value), symbol);
        if (!mk_codebook_add(book, data, codeword, bits, symbol, n, e))
            return false;
    }
    return true;
}

static bool add_book(struct mk_codebooks *books, const char *name, json_t *tables,
                     struct mk_error *e) {
    struct mk_codebook *book = mk_codebook_new(name);
    if (!book)
        return mk_fail_memory(e);
    if (add_table(book, false, json_object_get(tables, "code"), e) &&
        add_table(book, true, json_object_get(tables, "data"), e) && mk_codebook_finish(book, e))
        return mk_codebooks_add(books, book, e);
    mk_codebook_free(book);
    return false;
}

bool codebooks_read_json(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e) {
    json_error_t where;
    char text[200];
    json_t *root = json_loadb((const char *)bytes.p, bytes.n, JSON_REJECT_DUPLICATES, &where);
    if (!root)
        return mk_fail(e, MK_E_TAG, MK_NOWHERE, "no JSON: %s",
                       mk_text_mask_string(text, sizeof text, where.text));
    const char *name;
    json_t *tables;
    bool done =
        json_is_object(root) || mk_fail(e, MK_E_TAG, MK_NOWHERE, "JSON, but not a codebook");
    if (done)
        json_object_foreach(root, name, tables) done = done && add_book(books, name, tables, e);
    json_decref(root);
    return done;
}
