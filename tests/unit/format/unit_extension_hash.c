/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/span.h>
#include <mekit/format/extension.h>
#include <string.h>

TestSuite(extension_hash, .fini = check_leaks);

#define ROOM 0x400u

static uint8_t bytes[ROOM];
static const struct mk_buffer b = {bytes, ROOM};

static struct mk_span cut(uint64_t n) {
    return mk_span_clip(mk_buffer_span(b), 0, n);
}

/* ---- 10, 13, 18-1A ---- */

static const struct known {
    uint32_t type, head, before, n,
        behind;       /* head: of the list; before, n, behind: an entry's bytes */
    uint32_t size_at; /* where an entry gives its hash's size, or 0 */
} lists[] = {
    {0x18, 0x0C, 12, 32, 0, 8},    {0x18, 0x0C, 12, 48, 0, 8},    {0x19, 0x0C, 12, 48, 0, 8},
    {0x1A, 0x0C, 12, 48, 0, 8},    {0x13, 0x0C, 8, 32, 0, 4},     {0x13, 0x0C, 8, 48, 0, 4},
    {0x10, 0x1C, 12, 32, 0x18, 0}, {0x10, 0x1C, 12, 48, 0x18, 0},
};

static uint32_t entry_of(const struct known *list) {
    return list->before + list->n + list->behind;
}

static void put_known(const struct known *list, unsigned n) {
    for (size_t i = 0; i < ROOM; i++)
        bytes[i] = (uint8_t)(0xC0 | (i & 7));
    for (unsigned i = 0; i < n; i++) {
        uint64_t at = list->head + i * entry_of(list);
        mk_buffer_uint(b, at, 4, 0x100 + i);
        if (list->size_at)
            mk_buffer_uint(b, at + list->size_at, 4, list->n);
    }
}

Test(extension_hash, lists_of_modules) {
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (unsigned n = 0; n < 5; n++) {
            const struct known *list = &lists[i];
            struct mk_known_hash known;
            uint64_t cursor = 0;
            put_known(list, n);
            struct mk_span extension = cut(list->head + n * entry_of(list));
            for (unsigned k = 0; k < n; k++) {
                cr_assert(mk_known_hash_next(extension, list->type, &cursor, &known),
                          "list %zu, entry %u of %u", i, k, n);
                cr_assert_eq(known.kind, list->type >= 0x18 ? 0x100 + k : k);
                cr_assert_eq(known.hash.at, list->head + k * entry_of(list) + list->before);
                cr_assert_eq(known.hash.n, list->n);
            }
            cr_assert_not(mk_known_hash_next(extension, list->type, &cursor, &known));
        }
}

Test(extension_hash, lists_that_are_cut_off) {
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct known *list = &lists[i];
        uint64_t hash_end = list->head + list->before + list->n;
        put_known(list, 1);
        for (uint64_t n = 0; n < hash_end; n++) {
            struct mk_known_hash known;
            uint64_t cursor = 0;
            /* iUnit's entries do not give their size: a cut one of 48 bytes may look like one
             * of 32. */
            if (list->type == 0x10 && n >= list->head + 12u + MK_HASH_256)
                continue;
            cr_assert_not(mk_known_hash_next(cut(n), list->type, &cursor, &known),
                          "list %zu, %u bytes", i, (unsigned)n);
        }
    }
}

Test(extension_hash, sizes_and_types_that_are_no_list) {
    static const uint32_t sizes[] = {0, 20, 31, 33, 64, UINT32_MAX};
    struct mk_known_hash known;
    for (size_t i = 0; i < 6; i++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            uint64_t cursor = 0;
            put_known(&lists[i], 2);
            mk_buffer_uint(b, lists[i].head + lists[i].size_at, 4, sizes[k]);
            cr_assert_not(mk_known_hash_next(cut(ROOM), lists[i].type, &cursor, &known));
        }
    for (uint32_t type = 0; type < 0x40; type++) {
        uint64_t cursor = 0;
        bool list = type == 0x10 || type == 0x13 || (type >= 0x18 && type <= 0x1A);
        put_known(&lists[type == 0x13 ? 4 : 0], 2);
        cr_assert_eq(mk_known_hash_next(cut(ROOM), type, &cursor, &known), list, "type %x", type);
    }
}

/* ---- 0E ---- */

static void put_key(unsigned i, uint32_t n, uint64_t low, uint64_t high) {
    uint64_t at = 0x24 + i * (0x24 + n);
    mk_buffer_uint(b, at, 8, low);
    mk_buffer_uint(b, at + 8, 8, high);
    mk_buffer_uint(b, at + 0x22, 2, n);
}

Test(extension_hash, keys_and_their_usages) {
    static const uint32_t sizes[] = {MK_HASH_256, MK_HASH_384};
    for (size_t i = 0; i < 2; i++) {
        uint32_t n = sizes[i], entry = 0x24 + n;
        struct mk_key_listed key;
        uint64_t cursor = 0;
        memset(bytes, 0, sizeof bytes);
        put_key(0, n, UINT64_C(1) << 45 | 1, UINT64_C(1) << 63);
        put_key(1, n, 0, 0);
        put_key(2, n, UINT64_MAX, UINT64_MAX);
        struct mk_span extension = cut(0x24 + 3 * entry);
        for (unsigned k = 0; k < 3; k++) {
            cr_assert(mk_key_listed_next(extension, &cursor, &key));
            cr_assert(key.usages.at == 0x24 + k * entry && key.usages.n == 16);
            cr_assert(key.hash.at == 0x24 + k * entry + 0x24 && key.hash.n == n);
            if (k == 0) {
                cr_assert_eq(mk_usage_next(key.usages, 0), 0);
                cr_assert_eq(mk_usage_next(key.usages, 1), 45);
                cr_assert_eq(mk_usage_next(key.usages, 45), 45);
                cr_assert_eq(mk_usage_next(key.usages, 46), 127);
                cr_assert_eq(mk_usage_next(key.usages, 128), -1);
            }
            for (int bit = 0; k > 0 && bit < 128; bit++)
                cr_assert_eq(mk_usage_next(key.usages, bit), k == 1 ? -1 : bit);
        }
        cr_assert_not(mk_key_listed_next(extension, &cursor, &key));
    }
    memset(bytes, 0xFF, sizeof bytes);
    cr_assert_eq(mk_usage_next(cut(17), 127), 127);
    cr_assert_eq(mk_usage_next(cut(17), 128), -1, "no bitmap is larger");
    cr_assert_eq(mk_usage_next(cut(2), 16), -1);
}

Test(extension_hash, keys_that_are_cut_off) {
    static const uint32_t wrong[] = {0, 20, 31, 64, 0xFFFF};
    struct mk_key_listed key;
    memset(bytes, 0, sizeof bytes);
    put_key(0, MK_HASH_256, 1, 0);
    for (uint64_t n = 0; n <= 0x24 + 0x44 + 0x10; n++) {
        uint64_t cursor = 0, found = 0;
        while (mk_key_listed_next(cut(n), &cursor, &key))
            found++;
        cr_assert_eq(found, n >= 0x24 + 0x44, "%u bytes", (unsigned)n);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint64_t cursor = 0;
        mk_buffer_uint(b, 0x24 + 0x22, 2, wrong[i]);
        cr_assert_not(mk_key_listed_next(cut(ROOM), &cursor, &key), "a hash of %u", wrong[i]);
    }
}

static const struct {
    int usage;
    const char *name;
} usages[] = {{0, "FTPR, RBEP"},
              {1, "NFTP"},
              {2, "PMCP"},
              {3, "?"},
              {5, "?"},
              {6, "IOMP"},
              {7, "NPHY"},
              {8, "TBTP"},
              {9, "WCOD"},
              {10, "LOCL"},
              {11, "Intel unlock token"},
              {12, "?"},
              {13, "SPHY"},
              {14, "PCHC"},
              {15, "?"},
              {18, "?"},
              {19, "GBST"},
              {20, "?"},
              {31, "?"},
              {32, "boot policy"},
              {33, "iUnit"},
              {34, "iUnit"},
              {35, "cAVS"},
              {36, "cAVS"},
              {37, "IFWI"},
              {38, "?"},
              {39, "?"},
              {40, "SMIP"},
              {41, "ISH main"},
              {42, "ISH bring-up"},
              {43, "OEM unlock token"},
              {44, "?"},
              {45, "OEM key"},
              {46, "?"},
              {56, "?"},
              {57, "descriptor"},
              {58, "?"},
              {127, "?"},
              {-1, "?"}};

Test(extension_hash, usages_by_name) {
    for (size_t i = 0; i < sizeof usages / sizeof *usages; i++)
        cr_assert_str_eq(mk_usage_name(usages[i].usage), usages[i].name, "%d", usages[i].usage);
}

Test(extension_hash, security_numbers) {
    static const uint64_t values[] = {0x52505446, 18, 6, 2};
    static const uint64_t places[] = {0x08, 0x0C, 0x20, 0x25};
    memset(bytes, 0, sizeof bytes);
    for (size_t i = 0; i < MK_PACKAGE_FIELDS; i++) {
        mk_buffer_uint(b, places[i], i == MK_PACKAGE_SKU ? 1 : 4, values[i]);
        cr_assert_eq(mk_field_get(cut(0x34), &mk_package_fields[i]), values[i]);
    }
}

/* ---- 22 ---- */

static struct mk_span begin(uint32_t type, uint32_t size) {
    memset(bytes, 0, sizeof bytes);
    mk_buffer_uint(b, 0, 4, type);
    mk_buffer_uint(b, 4, 4, size);
    return cut(size);
}

static struct mk_span put_keys(unsigned count, unsigned n) {
    struct mk_span extension = begin(0x22, 0x1C + n * 0x38);
    mk_buffer_uint(b, 0x1B, 1, count);
    for (unsigned i = 0; i < n; i++) {
        mk_buffer_uint(b, 0x1C + i * 0x38, 2, 104 + i);
        mk_buffer_uint(b, 0x1F + i * 0x38, 1, 3);
    }
    return extension;
}

Test(extension_hash, second_keys) {
    for (unsigned count = 0; count < 5; count++) {
        struct mk_span extension = put_keys(count, 3);
        struct mk_key_listed key;
        uint64_t cursor = 0;
        unsigned n = 0;
        for (; mk_key_listed_next(extension, &cursor, &key); n++) {
            cr_assert_eq(key.usage, 104 + (int)n);
            cr_assert_eq(mk_key_usage_next(&key, 0), key.usage);
            cr_assert_eq(mk_key_usage_next(&key, key.usage), key.usage);
            cr_assert_eq(mk_key_usage_next(&key, key.usage + 1), -1);
            cr_assert(key.hash.at == 0x24 + n * 0x38 && key.hash.n == 48);
        }
        cr_assert_eq(n, count < 3 ? count : 3, "no more than are counted, nor than there are");
    }
    for (uint64_t n = 8; n < 0x1C + 0x38; n++) {
        struct mk_key_listed key;
        uint64_t cursor = 0;
        cr_assert_not(mk_key_listed_next(mk_span_clip(put_keys(1, 1), 0, n), &cursor, &key));
    }
    struct mk_span other = put_keys(1, 1);
    struct mk_key_listed key;
    uint64_t cursor = 0;
    mk_buffer_uint(b, 0x1F, 1, 2);
    cr_assert_not(mk_key_listed_next(other, &cursor, &key), "no list with other hashes was seen");
}

/* ---- 10 of image type 2 ---- */

Test(extension_hash, components_are_returned_only_if_there_is_one) {
    for (unsigned type = 1; type <= 2; type++)
        for (unsigned n = 1; n <= 3; n++) {
            struct mk_span extension = begin(0x10, 0x1C + n * 0x54);
            struct mk_known_hash known;
            uint64_t cursor = 0;
            mk_buffer_uint(b, 8, 4, type);
            mk_buffer_uint(b, 0x1C + 4, 4, 0x3A000);
            bool found = mk_known_hash_next(extension, 0x10, &cursor, &known);
            cr_assert_eq(found, type == 1 || n == 1, "type %u, %u components", type, n);
            if (found)
                cr_assert_eq(known.size, type == 2 ? 0x3A000 : 0);
        }
}
