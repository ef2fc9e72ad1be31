/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/span.h>
#include <mekit/format/extension.h>
#include <string.h>

TestSuite(extension, .fini = check_leaks);

#define ROOM 0x400u

static uint8_t bytes[ROOM];
static const struct mk_buffer b = {bytes, ROOM};

/* Byte i of a hash here is its offset. */
static void put_hash(uint64_t at, size_t n) {
    for (size_t i = 0; i < n; i++)
        bytes[at + i] = (uint8_t)(at + i);
}

static void check_hash(struct mk_span hash, uint64_t at, uint64_t n) {
    cr_assert_eq(hash.n, n);
    cr_assert_eq(hash.at, at);
    cr_assert_eq(mk_span_u8(hash, n - 1), (uint8_t)(at + n - 1));
}

static struct mk_span start(uint32_t type, uint32_t size) {
    memset(bytes, 0, sizeof bytes);
    mk_buffer_uint(b, 0, 4, type);
    mk_buffer_uint(b, 4, 4, size);
    return mk_span_clip(mk_buffer_span(b), 0, size);
}

/* ---- chains ---- */

static void put_chain(const uint32_t *sizes, size_t n) {
    uint64_t at = 0;
    memset(bytes, 0, sizeof bytes);
    for (size_t i = 0; i < n; at += sizes[i++]) {
        mk_buffer_uint(b, at, 4, 0x10 + i);
        mk_buffer_uint(b, at + 4, 4, sizes[i]);
    }
}

static size_t count(uint64_t n, bool *broken) {
    struct mk_span chain = mk_span_clip(mk_buffer_span(b), 0, n), extension;
    uint64_t cursor = 0, last = 0;
    uint32_t type;
    size_t found = 0;
    while (mk_extension_next(chain, &cursor, &type, &extension, broken)) {
        cr_assert_eq(type, 0x10 + found++);
        cr_assert(extension.at == last && cursor == last + extension.n && extension.n >= 8);
        last = cursor;
    }
    return found;
}

Test(extension, a_whole_chain) {
    static const uint32_t sizes[] = {8, 0x10, 9, 0x38};
    bool broken;
    put_chain(sizes, 4);
    cr_assert_eq(count(8 + 0x10 + 9 + 0x38, &broken), 4);
    cr_assert_not(broken);
    broken = true;
    cr_assert_eq(count(0, &broken), 0);
    cr_assert_not(broken, "no extension at all is no damage");
    cr_assert_eq(count(8, &broken), 1, "nothing but a head");
    cr_assert_not(broken);
}

Test(extension, broken_chains) {
    static const uint32_t wrong[] = {0, 1, 7, 0x49, 0x7FFFFFFF, 0xFFFFFFF8, UINT32_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const uint32_t sizes[] = {8, 0x10, 0x48};
        bool broken;
        put_chain(sizes, 3);
        mk_buffer_uint(b, 0x18 + 4, 4, wrong[i]);
        cr_assert_eq(count(0x60, &broken), 2, "size %x", wrong[i]);
        cr_assert(broken, "size %x", wrong[i]);
    }
    static const uint32_t sizes[] = {8, 0x10, 0x48};
    put_chain(sizes, 3);
    for (uint64_t n = 0x19; n < 0x60; n++) {
        bool broken;
        cr_assert_eq(count(n, &broken), 2);
        cr_assert(broken, "%u bytes: the last one is cut off", (unsigned)n);
    }
}

Test(extension, a_head_that_is_cut_off) {
    static const uint32_t sizes[] = {8};
    put_chain(sizes, 1);
    for (uint64_t n = 1; n < 8; n++) {
        bool broken = false;
        cr_assert_eq(count(n, &broken), 0);
        cr_assert(broken, "%u bytes", (unsigned)n);
    }
}

Test(extension, the_first_of_a_type_is_found) {
    static const uint32_t sizes[] = {8, 0x10, 0x48, 8};
    struct mk_span chain = mk_buffer_span(b), found;
    put_chain(sizes, 4);
    mk_buffer_uint(b, 0x60, 4, 0x11);
    cr_assert(mk_extension_find(mk_span_clip(chain, 0, 0x68), 0x11, &found));
    cr_assert(found.at == 8 && found.n == 0x10);
    cr_assert_not(mk_extension_find(mk_span_clip(chain, 0, 0x68), 0x13, &found));
    mk_buffer_uint(b, 4, 4, 7);
    cr_assert_not(mk_extension_find(mk_span_clip(chain, 0, 0x68), 0x11, &found), "behind a break");
}

/* ---- 0A, 03, 16 ---- */

Test(extension, the_hash_of_a_module) {
    for (uint32_t n = 0; n < 0x50; n++) {
        struct mk_span hash = mk_attribute_hash(start(MK_EXTENSION_MODULE, 0x18 + n));
        put_hash(0x18, n);
        if (n == MK_HASH_256 || n == MK_HASH_384)
            check_hash(hash, 0x18, n);
        else
            cr_assert_eq(hash.n, 0, "%u bytes", n);
    }
    for (uint32_t n = 8; n < 0x18; n++)
        cr_assert_eq(mk_attribute_hash(start(MK_EXTENSION_MODULE, n)).n, 0);
    struct mk_span extension = start(MK_EXTENSION_MODULE, 0x38);
    for (unsigned i = 0; i < MK_ATTRIBUTE_FIELDS; i++) {
        static const uint32_t values[] = {2, 1, 0x12345678, 0x9ABCDEF0};
        mk_field_put(b, 0, &mk_attribute_fields[i], values[i]);
        cr_assert_eq(mk_field_get(extension, &mk_attribute_fields[i]), values[i]);
    }
    cr_assert_eq(mk_span_u16(extension, 8), 0x0102);
    cr_assert_eq(mk_span_u32(extension, 0x10), 0x9ABCDEF0);
}

Test(extension, the_hash_of_a_partition) {
    static const struct {
        uint32_t type, size, told; /* told: the u32 at 0x20 */
        uint64_t hash_size, at, n; /* n = 0: none */
    } rows[] = {
        {3, 0x58, 0, 32, 0x10, 32},         {3, 0x68, 0, 48, 0x10, 48},
        {3, 0x3F, 0, 48, 0x10, 0},          {3, 0x58, 0, 20, 0x10, 0},
        {3, 0x23, 0, 32, 0x10, 0},          {0x16, 0x58, 0x2002, 48, 0x24, 32},
        {0x16, 0x68, 0x3003, 32, 0x24, 48}, {0x16, 0x43, 0x2002, 32, 0x24, 0},
        {0x16, 0x68, 0x2102, 32, 0x24, 0},  {0x16, 0x68, 0x10002002, 32, 0x24, 0},
        {0x16, 0x23, 0x2002, 32, 0x24, 0},  {0x0F, 0x68, 0x2002, 32, 0x24, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mk_partition_hash hash;
        struct mk_span extension = start(rows[i].type, rows[i].size);
        put_hash(rows[i].at, 48);
        mk_buffer_uint(b, 0x0C, 4, 0xABCDEF01);
        if (rows[i].told)
            mk_buffer_uint(b, 0x20, 4, rows[i].told);
        cr_assert_eq(mk_partition_hash_read(extension, rows[i].type, rows[i].hash_size, &hash),
                     rows[i].n > 0, "row %zu", i);
        if (rows[i].n == 0)
            continue;
        cr_assert_eq(hash.size, 0xABCDEF01);
        check_hash(hash.hash, rows[i].at, rows[i].n);
    }
}

/* ---- lists of metadata ---- */

static const struct list {
    uint32_t type, head;
    uint64_t hash_size;
} lists[] = {
    {0x03, 0x58, 32}, {0x03, 0x68, 48}, {0x0F, 0x34, 32},
    {0x0F, 0x34, 48}, {0x23, 0x28, 32}, {0x23, 0x28, 48},
};

static struct mk_span put_list(const struct list *list, unsigned n) {
    uint32_t entry = 0x14 + (uint32_t)list->hash_size;
    struct mk_span extension = start(list->type, list->head + n * entry);
    for (unsigned i = 0; i < n; i++) {
        uint64_t at = list->head + i * entry;
        put_hash(at, entry);
        mk_buffer_put(b, at, "module 00.met", MK_LISTED_NAME);
        mk_buffer_uint(b, at + 7, 1, '0' + i);
        mk_buffer_uint(b, at + 0x0E, 2, list->type == 0x0F ? list->hash_size : 0xFFFF);
        if (list->type == 0x23)
            mk_buffer_uint(b, at + 0x0D, 1, list->hash_size == MK_HASH_384 ? 3 : 2);
    }
    return extension;
}

Test(extension, lists_of_metadata) {
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (unsigned n = 0; n < 5; n++) {
            struct mk_span extension = put_list(&lists[i], n);
            struct mk_listed listed;
            uint64_t cursor = 0, size = lists[i].hash_size, other = lists[i].type == 3 ? size : 20;
            for (unsigned k = 0; k < n; k++) {
                uint64_t at = lists[i].head + k * (0x14 + size);
                cr_assert(mk_listed_next(extension, lists[i].type, other, &cursor, &listed),
                          "list %zu, entry %u", i, k);
                cr_assert(listed.name.n == MK_LISTED_NAME && listed.name.at == at);
                cr_assert_eq(mk_span_u8(listed.name, 7), '0' + k);
                check_hash(listed.hash, at + 0x14, size);
            }
            cr_assert_not(mk_listed_next(extension, lists[i].type, other, &cursor, &listed));
            cr_assert_not(mk_listed_next(extension, lists[i].type, other, &cursor, &listed));
        }
}

/* An entry that is cut off ends the list: the reader returns no partial entry. */
Test(extension, lists_that_are_cut_off) {
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        uint64_t entry = 0x14 + lists[i].hash_size;
        for (uint64_t n = 8; n < lists[i].head + 2 * entry; n++) {
            struct mk_span extension = mk_span_clip(put_list(&lists[i], 2), 0, n);
            struct mk_listed listed;
            uint64_t cursor = 0, found = 0;
            while (mk_listed_next(extension, lists[i].type, lists[i].hash_size, &cursor, &listed))
                found++;
            cr_assert_eq(found, n >= lists[i].head + entry, "list %zu, %u bytes", i, (unsigned)n);
        }
    }
}

Test(extension, extensions_without_a_list) {
    struct mk_listed listed;
    for (uint32_t type = 0; type < 0x40; type++) {
        uint64_t cursor = 0;
        struct mk_span extension = start(type, ROOM);
        cr_assert_not(mk_listed_next(extension, type, 20, &cursor, &listed), "type %x", type);
    }
    struct mk_span extension = put_list(&lists[2], 2);
    uint64_t cursor = 0;
    mk_buffer_uint(b, 0x34 + 0x0E, 2, 33);
    cr_assert_not(mk_listed_next(extension, 0x0F, 32, &cursor, &listed), "a hash of 33 bytes");
}

/* ---- 23: firmware without FTPR ---- */

Test(extension, second_lists_give_their_hash_by_number) {
    static const struct {
        unsigned algorithm;
        uint64_t n;
    } rows[] = {{3, MK_HASH_384}, {2, MK_HASH_256}, {0, 0}, {1, 0}, {4, 0}, {0xFF, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mk_span extension = start(0x23, 0x28 + 0x44);
        struct mk_listed listed;
        uint64_t cursor = 0;
        mk_buffer_put(b, 0x28, "rbe", 3);
        mk_buffer_uint(b, 0x28 + 0x0D, 1, rows[i].algorithm);
        mk_buffer_uint(b, 0x28 + 0x0E, 2, 48);
        put_hash(0x3C, 48);
        bool found = mk_listed_next(extension, 0x23, MK_HASH_384, &cursor, &listed);
        cr_assert_eq(found, rows[i].n > 0, "algorithm %u", rows[i].algorithm);
        if (found)
            check_hash(listed.hash, 0x3C, rows[i].n);
    }
}
