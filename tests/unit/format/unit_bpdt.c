/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <forge/build.h>
#include <mekit/base/crc.h>
#include <mekit/format/bpdt.h>
#include <string.h>

TestSuite(bpdt, .fini = check_leaks);

#define AT      0x40u /* offset of the table in its file */
#define ROOM    (AT + MK_BPDT_HEADER_SIZE + 70 * MK_BPDT_ENTRY_SIZE)
#define ENTRIES 3u

static uint8_t bytes[ROOM];
static const struct mk_buffer b = {bytes, ROOM};

static struct mk_span table_of(uint64_t n) {
    return mk_span_clip(mk_buffer_span(b), AT, n);
}

static uint64_t size_of(unsigned n) {
    return MK_BPDT_HEADER_SIZE + (uint64_t)n * MK_BPDT_ENTRY_SIZE;
}

static void put_crc(unsigned n) {
    mk_buffer_uint(b, AT + 8, 4, mk_crc32_without(mk_span_clip(table_of(size_of(n)), 4, ROOM), 4));
}

/* Entry i has type 14 + i, and an offset and a size that identify it. */
static void make(unsigned version, unsigned n) {
    mk_buffer_fill(b, 0, ROOM, 0xFF);
    mk_buffer_fill(b, AT, MK_BPDT_HEADER_SIZE, 0);
    mk_buffer_put(b, AT, "\xAA\x55\x00\x00", 4);
    mk_buffer_uint(b, AT + 4, 2, n);
    mk_buffer_uint(b, AT + 6, 1, version);
    mk_buffer_uint(b, AT + 0x0A, 2, 0x4202);
    for (unsigned i = 0; i < 4; i++)
        mk_buffer_uint(b, AT + 0x10 + 2 * i, 2, 0x1000 + i);
    for (unsigned i = 0; i < n; i++) {
        uint64_t at = AT + size_of(i);
        mk_buffer_uint(b, at, 4, 14 + i);
        mk_buffer_uint(b, at + 4, 4, 0x1000u * i);
        mk_buffer_uint(b, at + 8, 4, 0x80000000u + i);
    }
    if (version == 2)
        put_crc(n);
}

Test(bpdt, both_versions) {
    for (unsigned version = 1; version <= 2; version++)
        for (unsigned n = 0; n <= MK_LIMIT_BPDT_ENTRIES; n += n < 4 ? 1 : 20) {
            struct mk_bpdt t;
            struct mk_error e = {0};
            make(version, n);
            cr_assert(mk_bpdt_read(table_of(size_of(n)), &t, &e), "%u entries: %s", n, e.what);
            cr_assert(t.version == version && t.n == n && !t.recovery);
            cr_assert_eq(t.crc, t.crc_expected);
            cr_assert_eq(t.crc, version == 2 ? mk_span_u32(table_of(12), 8) : 0);
            for (unsigned i = 0; i < 4; i++)
                cr_assert_eq(t.fit[i], 0x1000 + i);
            for (unsigned i = 0; i < n; i++) {
                cr_assert_eq(t.entries[i].type, 14 + i);
                cr_assert_eq(t.entries[i].offset, 0x1000u * i);
                cr_assert_eq(t.entries[i].size, 0x80000000u + i);
            }
        }
}

Test(bpdt, flags_are_no_type) {
    struct mk_bpdt t;
    make(1, ENTRIES);
    mk_buffer_uint(b, AT + size_of(1) + 2, 2, 0xFFFF);
    cr_assert(mk_bpdt_read(table_of(ROOM), &t, NULL));
    cr_assert_eq(t.entries[1].type, 15);
}

Test(bpdt, the_crc_covers_all_but_signature_and_itself) {
    make(2, ENTRIES);
    for (uint64_t at = 0; at < size_of(ENTRIES) + 4; at++) {
        struct mk_bpdt t;
        bool shape = at < 4 || (at >= 4 && at < 7);
        if (shape)
            continue;
        bytes[AT + at] ^= 0x40;
        cr_assert(mk_bpdt_read(table_of(ROOM), &t, NULL), "a wrong CRC is no error");
        cr_assert_eq(t.crc != t.crc_expected, at < size_of(ENTRIES), "byte %x", (unsigned)at);
        bytes[AT + at] ^= 0x40;
    }
}

Test(bpdt, signatures) {
    static const struct {
        const char *bytes;
        bool known, recovery;
    } rows[] = {
        {"\xAA\x55\x00\x00", true, false},  {"\xAA\x55\xAA\x00", true, true},
        {"\xAA\x55\x55\x00", false, false}, {"\xAA\x55\x00\x01", false, false},
        {"\xAA\x55\xAA\x01", false, false}, {"\x55\xAA\x00\x00", false, false},
        {"\x00\x00\x55\xAA", false, false}, {"\xFF\xFF\xFF\xFF", false, false},
        {"\x00\x00\x00\x00", false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mk_bpdt t;
        struct mk_error e = {0};
        make(2, ENTRIES);
        mk_buffer_put(b, AT, rows[i].bytes, 4);
        cr_assert_eq(mk_bpdt_is_at(table_of(4)), rows[i].known, "row %zu", i);
        cr_assert_eq(mk_bpdt_read(table_of(ROOM), &t, &e), rows[i].known, "row %zu", i);
        if (rows[i].known) {
            cr_assert_eq(t.recovery, rows[i].recovery);
            cr_assert_eq(t.crc, t.crc_expected, "the signature is not covered");
        } else {
            cr_assert(e.code == MK_E_TAG && e.offset == AT);
        }
    }
    cr_assert_not(mk_bpdt_is_at(table_of(3)));
    cr_assert_not(mk_bpdt_is_at(table_of(0)));
}

Test(bpdt, versions_and_counts_that_cannot_be) {
    static const unsigned versions[] = {0, 3, 0x10, 0xFF};
    static const unsigned counts[] = {MK_LIMIT_BPDT_ENTRIES + 1, 0x100, 0xFFFF};
    struct mk_bpdt t;
    struct mk_error e;
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        make(versions[i], ENTRIES);
        cr_assert_not(mk_bpdt_read(table_of(ROOM), &t, &e), "version %u", versions[i]);
        cr_assert(e.code == MK_E_FIELD && e.offset == AT + 6 && e.got == versions[i] &&
                  e.limit == 2);
    }
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        make(1, ENTRIES);
        mk_buffer_uint(b, AT + 4, 2, counts[i]);
        cr_assert_not(mk_bpdt_read(table_of(ROOM), &t, &e), "%u entries", counts[i]);
        cr_assert(e.code == MK_E_COUNT && e.offset == AT + 4 && e.got == counts[i] &&
                  e.limit == MK_LIMIT_BPDT_ENTRIES);
    }
}

Test(bpdt, a_table_that_is_cut_off) {
    for (unsigned version = 1; version <= 2; version++) {
        make(version, ENTRIES);
        for (uint64_t n = 0; n < size_of(ENTRIES); n++) {
            struct mk_bpdt t;
            struct mk_error e = {0};
            cr_assert_not(mk_bpdt_read(table_of(n), &t, &e), "%u bytes", (unsigned)n);
            cr_assert_eq(e.code, n < 4 ? MK_E_TAG : MK_E_TRUNCATED);
            cr_assert_eq(e.offset, n < 4 ? AT : AT + n);
        }
    }
}

Test(bpdt, types_by_name) {
    static const struct {
        unsigned type;
        const char *name;
    } rows[] = {
        {0, "SMIP"},  {1, "RBEP"},  {2, "FTPR"},  {3, "UCOD"},  {4, "IBBP"},   {5, "S-BPDT"},
        {7, "NFTP"},  {8, "ISHC"},  {9, "DLMP"},  {10, "UEPB"}, {11, "UTOK"},  {13, "UFS GPP LUN"},
        {14, "PMCP"}, {15, "IUNP"}, {17, "UEP"},  {20, "OEMP"}, {21, "FITC"},  {23, "IOMP"},
        {25, "TBTP"}, {26, "PLTS"}, {27, "?"},    {30, "?"},    {31, "DPHY"},  {32, "PCHC"},
        {33, "ISIF"}, {43, "GBST"}, {45, "PSEP"}, {46, "?"},    {0xFFFF, "?"}, {UINT32_MAX, "?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_assert_str_eq(mk_bpdt_type_name(rows[i].type), rows[i].name, "type %u", rows[i].type);
}
