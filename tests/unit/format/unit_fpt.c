/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/crc.h>
#include <mekit/format/fpt.h>
#include <string.h>

TestSuite(fpt, .fini = check_leaks);

#define AT      0x5000u /* offset of the region in its file */
#define SIZE    0x3000u /* size of the region */
#define ENTRIES 3u

static uint8_t bytes[SIZE];
static const struct mk_buffer b = {bytes, SIZE};

static struct mk_span region_of(size_t n) {
    return (struct mk_span){.p = bytes, .n = n, .at = AT};
}

static void put_entry(unsigned at, const char *name, uint32_t offset, uint32_t size,
                      uint32_t flags) {
    mk_buffer_fill(b, at, 0x20, 0);
    mk_buffer_put(b, at, name, strlen(name));
    mk_buffer_uint(b, at + 0x08, 4, offset);
    mk_buffer_uint(b, at + 0x0C, 4, size);
    mk_buffer_uint(b, at + 0x1C, 4, flags);
}

/* A table of n entries at "at"; the first three have data, NVRAM's quota and data again. */
static void make(unsigned at, unsigned version, unsigned length, unsigned n) {
    for (unsigned i = 0; i < SIZE; i++)
        bytes[i] = (uint8_t)(i * 7 + 3);
    mk_buffer_fill(b, at, 0x20, 0);
    mk_buffer_put(b, at, "$FPT", 4);
    mk_buffer_uint(b, at + 0x04, 4, n);
    mk_buffer_uint(b, at + 0x08, 1, version);
    mk_buffer_uint(b, at + 0x0A, 1, length);
    mk_buffer_uint(b, at + 0x14, 4, 0x80000001);
    for (unsigned i = 0; i < 4; i++)
        mk_buffer_uint(b, at + 0x18 + 2 * i, 2, 0x1100 + i);
    for (unsigned i = 0; i < n; i++)
        put_entry(at + 0x20 + 0x20 * i,
                  i == 0   ? "FTPR"
                  : i == 1 ? "NVKR"
                           : "MFS",
                  0x1000 + i, 0x200 + i, i == 1 ? 2 : 0xABCDEF80);
}

static struct mk_fpt read(size_t n) {
    struct mk_fpt fpt;
    struct mk_error e = {0};
    cr_assert(mk_fpt_read(region_of(n), &fpt, &e), "%s", e.what);
    return fpt;
}

static void refused(size_t n, enum mk_code code, uint64_t offset) {
    struct mk_fpt fpt;
    struct mk_error e = {0};
    cr_assert_not(mk_fpt_read(region_of(n), &fpt, &e), "%zu bytes", n);
    cr_assert(e.code == code && e.offset == offset, "%zu bytes: %s at %x", n, e.what,
              (unsigned)e.offset);
}

Test(fpt, is_at_the_start_or_after_the_vector) {
    for (unsigned at = 0; at <= 0x20; at++) {
        make(at, 0x20, 0x20, ENTRIES);
        bool there = at == 0 || at == 0x10;
        cr_assert_eq(mk_fpt_find(region_of(SIZE)), there ? (int)at : -1);
        if (there)
            cr_assert_eq(read(SIZE).at, at);
        else
            refused(SIZE, MK_E_TAG, AT);
    }
    make(0, 0x20, 0x20, ENTRIES);
    mk_buffer_put(b, 0x10, "$FPT", 4);
    cr_assert_eq(mk_fpt_find(region_of(SIZE)), 0x10, "the later place comes first");
    make(0x10, 0x20, 0x20, ENTRIES);
    bytes[0x13] = 't';
    cr_assert_eq(mk_fpt_find(region_of(SIZE)), -1);
}

Test(fpt, header_and_entries_are_read) {
    for (unsigned at = 0; at <= 0x10; at += 0x10) {
        make(at, 0x20, 0x20, ENTRIES);
        struct mk_fpt fpt = read(SIZE);
        cr_assert(fpt.version == 0x20 && fpt.header_length == 0x20 && fpt.n == ENTRIES);
        cr_assert_eq(fpt.flags, 0x80000001);
        cr_assert_eq(mk_fpt_end(&fpt), at + 0x80);
        for (unsigned i = 0; i < 4; i++)
            cr_assert_eq(fpt.fit[i], 0x1100 + i);
        for (unsigned i = 0; i < ENTRIES; i++) {
            const struct mk_fpt_entry *entry = &fpt.entries[i];
            cr_assert_eq(entry->at, at + 0x20 + 0x20 * i);
            cr_assert(entry->offset == 0x1000 + i && entry->size == 0x200 + i);
            cr_assert(entry->flags == (i == 1 ? 2 : 0xABCDEF80));
            cr_assert(entry->type == (i == 1 ? 2 : 0));
            cr_assert(entry->has_data == (i != 1) && !entry->clipped && !entry->open_ended);
            cr_assert_eq(entry->start, i == 1 ? 0 : 0x1000 + i);
            cr_assert_eq(entry->end, i == 1 ? 0 : 0x1200 + 2 * i);
        }
        cr_assert_arr_eq(fpt.entries[2].name, "MFS\0", 4);
    }
}

Test(fpt, an_entry_is_found_by_its_name_if_it_has_data) {
    make(0x10, 0x20, 0x20, ENTRIES);
    struct mk_fpt fpt = read(SIZE);
    cr_assert_eq(mk_fpt_entry_find(&fpt, "FTPR"), &fpt.entries[0]);
    cr_assert_eq(mk_fpt_entry_find(&fpt, "MFS\0"), &fpt.entries[2]);
    cr_assert_null(mk_fpt_entry_find(&fpt, "NVKR"));
    cr_assert_null(mk_fpt_entry_find(&fpt, "FTPX"));
    fpt.n = 2;
    cr_assert_null(mk_fpt_entry_find(&fpt, "MFS\0"));
}

Test(fpt, where_an_entry_lies) {
    static const struct {
        uint32_t offset, size, flags;
        bool has_data, clipped, open;
        uint64_t start, end;
    } cases[] = {
        {0x1000, 0x100, 0, true, false, false, 0x1000, 0x1100},
        {0x1000, 0x2000, 0, true, false, false, 0x1000, SIZE},
        {0x1000, 0x2001, 0, true, true, false, 0x1000, SIZE},
        {0x1000, 0xFFFFFFFE, 0, true, true, false, 0x1000, SIZE},
        {0x1000, 0xFFFFFFFF, 0, true, false, true, 0x1000, SIZE},
        {SIZE - 1, 1, 0, true, false, false, SIZE - 1, SIZE},
        {SIZE - 1, 2, 0, true, true, false, SIZE - 1, SIZE},
        {1, 1, 0, true, false, false, 1, 2},
        {SIZE, 1, 0, false, false, false, 0, 0},
        {0xFFFFFFFE, 1, 0, false, false, false, 0, 0},
        {0xFFFFFFFF, 1, 0, false, false, false, 0, 0},
        {0, 1, 0, false, false, false, 0, 0},
        {0x1000, 0, 0, false, false, false, 0, 0},
        {0x1000, 1, 2, false, false, false, 0, 0},
        {0x1000, 1, 0x82, false, false, false, 0, 0},
        {0x1000, 1, 3, true, false, false, 0x1000, 0x1001},
        {0x1000, 1, 0x102, false, false, false, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make(0x10, 0x20, 0x20, 1);
        put_entry(0x30, "FTPR", cases[i].offset, cases[i].size, cases[i].flags);
        struct mk_fpt fpt = read(SIZE);
        const struct mk_fpt_entry *entry = &fpt.entries[0];
        cr_assert_eq(entry->has_data, cases[i].has_data, "case %zu", i);
        cr_assert_eq(entry->clipped, cases[i].clipped, "case %zu", i);
        cr_assert_eq(entry->open_ended, cases[i].open, "case %zu", i);
        cr_assert(entry->start == cases[i].start && entry->end == cases[i].end, "case %zu", i);
    }
}

#if SIZE_MAX > UINT32_MAX
Test(fpt, ffffffff_is_no_offset_even_in_the_largest_region) {
    make(0x10, 0x20, 0x20, 1);
    put_entry(0x30, "FTPR", 0xFFFFFFFF, 1, 0);
    uint8_t copy[0x60];
    memcpy(copy, bytes, sizeof copy);
    struct mk_fpt fpt;
    /* The reader looks at no byte after the table and its sum. */
    cr_assert(mk_fpt_read((struct mk_span){copy, (size_t)1 << 33, 0}, &fpt, NULL));
    cr_assert_not(fpt.entries[0].has_data);
}
#endif

Test(fpt, too_many_entries_and_too_few_bytes) {
    for (unsigned at = 0; at <= 0x10; at += 0x10) {
        for (unsigned n = 0; n <= MK_LIMIT_FPT_ENTRIES; n += 5) {
            make(at, 0x20, 0x20, n);
            size_t end = at + 0x20 + 0x20 * n;
            cr_assert_eq(read(end).n, n);
            cr_assert_eq(mk_fpt_end(&(struct mk_fpt){.at = at, .n = n}), end);
            refused(end - 1, MK_E_TRUNCATED, AT + end - 1);
        }
        make(at, 0x20, 0x20, MK_LIMIT_FPT_ENTRIES);
        mk_buffer_uint(b, at + 4, 4, MK_LIMIT_FPT_ENTRIES + 1);
        refused(SIZE, MK_E_COUNT, AT + at + 4);
        mk_buffer_uint(b, at + 4, 4, UINT32_MAX);
        refused(SIZE, MK_E_COUNT, AT + at + 4);
        refused(at + 4, MK_E_TRUNCATED, AT + at + 4);
        refused(at + 3, MK_E_TAG, AT);
    }
}

/* The checksum, computed separately: it makes the sum of all covered bytes 0. */
static uint8_t sum_of(unsigned from, unsigned n, unsigned but) {
    uint8_t sum = 0;
    for (unsigned i = from; i < from + n; i++)
        sum = (uint8_t)(sum + (i == but ? 0 : bytes[i]));
    return (uint8_t)(0 - sum);
}

Test(fpt, the_checksum_covers_the_header_length) {
    static const struct {
        unsigned at, length, from, n;
    } cases[] = {{0x10, 0x20, 0x10, 0x20}, {0x10, 0x30, 0, 0x30},    {0, 0x20, 0, 0x20},
                 {0x10, 0x31, 0x10, 0x31}, {0x10, 0x2F, 0x10, 0x2F}, {0, 0x30, 0, 0x30}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned at = cases[i].at;
        make(at, 0x20, cases[i].length, ENTRIES);
        uint8_t right = sum_of(cases[i].from, cases[i].n, at + 0x0B);
        for (unsigned stored = 0; stored < 256; stored++) {
            bytes[at + 0x0B] = (uint8_t)stored;
            struct mk_fpt fpt = read(SIZE);
            cr_assert(fpt.checksum == stored && fpt.checksum_expected == right, "case %zu", i);
            cr_assert(fpt.crc == 0 && fpt.crc_expected == 0);
            cr_assert_eq(mk_fpt_sum_is_right(&fpt), stored == right);
        }
    }
}

Test(fpt, version_2_1_has_a_crc_instead) {
    for (unsigned at = 0; at <= 0x10; at += 0x10)
        for (unsigned version = 0x20; version <= 0x22; version++) {
            make(at, version, 0x20, ENTRIES);
            uint32_t right = mk_crc32_without(mk_span_of(bytes + at, 0x80), 0x14);
            mk_buffer_uint(b, at + 0x14, 4, right);
            struct mk_fpt fpt = read(SIZE);
            bool crc = version > 0x20;
            cr_assert(fpt.crc == (crc ? right : 0) && fpt.crc_expected == (crc ? right : 0));
            if (crc)
                cr_assert(fpt.checksum == 0 && fpt.checksum_expected == 0);
            cr_assert(!crc || mk_fpt_sum_is_right(&fpt));
            bytes[at + 0x7F] ^= 1;
            fpt = read(SIZE);
            cr_assert(!crc || !mk_fpt_sum_is_right(&fpt), "the last byte is covered");
            bytes[at + 0x80] ^= 1;
            cr_assert_eq(read(SIZE).crc_expected, fpt.crc_expected, "what follows is not");
        }
}

Test(fpt, sps_3_has_a_sum_behind_the_entries) {
    for (unsigned at = 0; at <= 0x10; at += 0x10) {
        make(at, 0x20, 0x20, ENTRIES);
        uint16_t sum = 0;
        for (unsigned i = at + 0x20; i < at + 0x80; i++)
            sum = (uint16_t)(sum + bytes[i]);
        sum = (uint16_t)~sum;
        cr_assert_eq(mk_fpt_table_sum(mk_span_of(bytes + at + 0x20, 0x60)), sum);
        cr_assert_not(read(SIZE).has_table_sum);
        mk_buffer_uint(b, at + 0x80, 2, sum);
        cr_assert(read(SIZE).has_table_sum);
        cr_assert(read(at + 0x82).has_table_sum);
        cr_assert_not(read(at + 0x81).has_table_sum, "half of it is none");
        bytes[at + 0x08] = 0x21;
        cr_assert_not(read(SIZE).has_table_sum, "version 2.1 has none");
        make(at, 0x20, 0x20, 0);
        mk_buffer_uint(b, at + 0x20, 2, 0xFFFF);
        cr_assert_not(read(SIZE).has_table_sum, "a table of nothing has none");
        make(at, 0x20, 0x20, 1);
        mk_buffer_uint(b, at + 0x40, 2, mk_fpt_table_sum(mk_span_of(bytes + at + 0x20, 0x20)));
        cr_assert(read(SIZE).has_table_sum);
    }
}
