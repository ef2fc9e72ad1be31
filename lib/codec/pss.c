/* SPDX-License-Identifier: MIT */
#include "pss.h"

#include <string.h>

#define EM_MAX  0x180u
#define TRAILER 0xBCu

/* db ^= MGF1(seed) */
static bool unmask(uint8_t *db, size_t n, const uint8_t *seed, const struct mk_digest *kind,
                   struct mk_error *e) {
    for (size_t done = 0, counter = 0; done < n; counter++) {
        const uint8_t number[4] = {0, 0, (uint8_t)(counter >> 8), (uint8_t)counter};
        const struct mk_span parts[] = {mk_span_of(seed, kind->n), mk_span_of(number, 4)};
        struct mk_digest block;
        if (!mk_digest_take(kind->kind, parts, 2, &block, e))
            return false;
        for (size_t i = 0; i < block.n && done < n; i++, done++)
            db[done] ^= block.bytes[i];
    }
    return true;
}

/* The salt follows the first byte that is not 0; that byte must be 01. */
static bool find_salt(const uint8_t *db, size_t n, size_t *salt) {
    size_t i = 0;
    while (i < n && db[i] == 0)
        i++;
    *salt = i + 1;
    return i < n && db[i] == 0x01;
}

bool mki_pss_check(const uint8_t *em, size_t n, int bits, const struct mk_digest *digest,
                   bool *holds, int *salt_length, struct mk_error *e) {
    static const uint8_t zeros[8] = {0};
    uint8_t db[EM_MAX];
    struct mk_digest found;
    size_t salt, length = ((size_t)bits + 7) / 8;
    *holds = false;
    /* If the modulus has one bit more than whole bytes, em begins with a byte 0. */
    if (length < n && em[0] != 0)
        return true;
    em += n - length;
    if (length < digest->n + 2 || em[length - 1] != TRAILER)
        return true;
    size_t db_size = length - digest->n - 1;
    unsigned top = bits % 8 ? 0xFFu << (bits % 8) & 0xFFu : 0;
    memcpy(db, em, db_size);
    if ((db[0] & top) != 0)
        return true;
    if (!unmask(db, db_size, em + db_size, digest, e))
        return false;
    db[0] = (uint8_t)(db[0] & ~top);
    if (!find_salt(db, db_size, &salt))
        return true;
    const struct mk_span parts[] = {mk_span_of(zeros, 8), mk_span_of(digest->bytes, digest->n),
                                    mk_span_of(db + salt, db_size - salt)};
    if (!mk_digest_take(digest->kind, parts, 3, &found, e))
        return false;
    *holds = memcmp(found.bytes, em + db_size, found.n) == 0;
    *salt_length = *holds ? (int)(db_size - salt) : 0;
    return true;
}
