/* SPDX-License-Identifier: MIT */
#include <mekit/verify/catalogue.h>

#include <string.h>

static const struct mk_catalogue_row rows[] = {
#include "rows.inc"
};

const struct mk_catalogue mk_catalogue_built_in = {rows, sizeof rows / sizeof *rows};

static uint64_t number_of(const uint8_t *bytes) {
    uint64_t number = 0;
    for (size_t i = 0; i < sizeof number; i++)
        number = number << 8 | bytes[i];
    return number;
}

static void leading(const uint8_t bytes[16], uint64_t numbers[2]) {
    numbers[0] = number_of(bytes);
    numbers[1] = number_of(bytes + 8);
}

static bool is_below(const uint64_t a[2], const uint64_t b[2]) {
    return a[0] != b[0] ? a[0] < b[0] : a[1] < b[1];
}

size_t mk_catalogue_find(const struct mk_catalogue *c, struct mk_span signed_hash, size_t *n) {
    uint8_t bytes[16];
    uint64_t wanted[2];
    size_t low = 0, high = c->n;
    *n = 0;
    if (signed_hash.n != MK_HASH_256 || !mk_span_copy(signed_hash, 0, bytes, sizeof bytes))
        return 0;
    leading(bytes, wanted);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (is_below(c->rows[middle].signed_hash, wanted))
            low = middle + 1;
        else
            high = middle;
    }
    while (low + *n < c->n && !is_below(wanted, c->rows[low + *n].signed_hash))
        ++*n;
    return low;
}

bool mk_catalogue_knows(const struct mk_catalogue *c, struct mk_span signed_hash,
                        const struct mk_digest *stored) {
    uint64_t numbers[2];
    size_t n, first = mk_catalogue_find(c, signed_hash, &n);
    leading(stored->bytes, numbers);
    for (size_t i = first; i < first + n; i++)
        if (memcmp(c->rows[i].stored_digest, numbers, sizeof numbers) == 0)
            return true;
    return false;
}
