/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <forge/build.h>
#include <mekit/base/crc.h>
#include <mekit/format/layout.h>
#include <stdlib.h>
#include <string.h>

#define SIZE     0x8000u
#define DATA     0x1000u
#define BOOT     0x3000u
#define TABLE_17 0x10u
#define CRC_17   0x14u

static struct mk_buffer b;
static struct mk_layout layout;

/* An erased region with a $FPT at DATA and a BPDT at BOOT. */
static void open_region(void) {
    b = (struct mk_buffer){malloc(SIZE), SIZE};
    cr_assert(b.p);
    mk_buffer_fill(b, 0, SIZE, 0xFF);
    mk_buffer_put(b, DATA, "$FPT", 4);
    mk_buffer_put(b, BOOT, "\xAA\x55\x00\x00", 4);
}

static void close_region(void) {
    free(b.p);
    check_leaks();
}

TestSuite(layout, .init = open_region, .fini = close_region);

static bool read_layout(void) {
    return mk_layout_read(mk_buffer_span(b), &layout);
}

static void put_pointer(uint32_t at, uint32_t offset, uint32_t size) {
    mk_buffer_uint(b, at, 4, offset);
    mk_buffer_uint(b, at + 4, 4, size);
}

static void put_16(uint32_t data, uint32_t boot) {
    mk_buffer_fill(b, 0x10, 0x38, 0);
    put_pointer(0x10, data, 0x2000);
    put_pointer(0x18, boot, 0x1000);
    put_pointer(0x20, 0x4000, 0x1000);
    put_pointer(0x28, boot, 0x1000);
    put_pointer(0x38, 0x5000, 0x800);
    mk_buffer_uint(b, 0x40, 8, 0x22);
}

static void put_crc(uint32_t length) {
    struct mk_span table = mk_span_clip(mk_buffer_span(b), TABLE_17, length);
    mk_buffer_uint(b, CRC_17, 4, mk_crc32_without(table, CRC_17 - TABLE_17));
}

static void put_17(uint32_t length, uint32_t data, uint32_t boot) {
    mk_buffer_fill(b, TABLE_17, length, 0);
    mk_buffer_uint(b, TABLE_17, 2, length);
    mk_buffer_uint(b, 0x12, 1, MK_LAYOUT_REDUNDANT);
    put_pointer(0x18, data, 0x2000);
    put_pointer(0x20, boot, 0x1000);
    put_pointer(0x28, 0x4000, 0x1000);
    put_pointer(0x30, boot, 0x1000);
    put_pointer(0x40, 0x5000, 0x800);
    if (length == 0x48)
        put_pointer(0x50, 0x2000, 0x400);
    put_crc(length);
}

static void check_pointers(const struct mk_layout_extent wanted[MK_POINTERS]) {
    for (unsigned i = 0; i < MK_POINTERS; i++) {
        cr_assert_eq(layout.pointers[i].offset, wanted[i].offset, "pointer %u", i);
        cr_assert_eq(layout.pointers[i].size, wanted[i].size, "pointer %u", i);
    }
}

Test(layout, names) {
    static const char *const versions[] = {"none", "1.6", "1.7", "2.0"};
    static const char *const pointers[] = {"Data", "BP1", "BP2",  "BP3",
                                           "BP4",  "BP5", "Temp", "ELOG"};
    for (unsigned i = 0; i < 4; i++)
        cr_assert_str_eq(mk_layout_version_name((enum mk_layout_version)i), versions[i]);
    for (unsigned i = 0; i < MK_POINTERS; i++)
        cr_assert_str_eq(mk_layout_pointer_name(i), pointers[i]);
    cr_assert_str_eq(mk_layout_pointer_name(MK_POINTERS), "8");
    cr_assert_str_eq(mk_layout_pointer_name(MK_LAYOUT_POINTERS_MAX - 1), "15");
}

/* Here BP3 has the place of BP1. */
static const struct mk_layout_extent wanted[MK_POINTERS] = {
    {DATA, 0x2000}, {BOOT, 0x1000}, {0x4000, 0x1000}, {BOOT, 0x1000}, {0, 0}, {0x5000, 0x800}};

Test(layout, version_1_6) {
    put_16(DATA, BOOT);
    cr_assert(read_layout());
    cr_assert_eq(layout.version, MK_IFWI_16);
    cr_assert(layout.crc == 0 && layout.crc_expected == 0 && layout.flags == 0);
    check_pointers(wanted);
}

Test(layout, version_1_7_of_both_lengths) {
    static const uint32_t lengths[] = {0x40, 0x48};
    struct mk_layout_extent pointers[MK_POINTERS];
    for (size_t i = 0; i < 2; i++) {
        put_17(lengths[i], DATA, BOOT);
        cr_assert(read_layout());
        cr_assert_eq(layout.version, MK_IFWI_17);
        cr_assert_eq(layout.flags, MK_LAYOUT_REDUNDANT);
        cr_assert_eq(layout.crc, layout.crc_expected);
        cr_assert_eq(layout.crc, mk_span_u32(mk_buffer_span(b), CRC_17));
        memcpy(pointers, wanted, sizeof pointers);
        if (lengths[i] == 0x48)
            pointers[MK_POINTER_ELOG] = (struct mk_layout_extent){0x2000, 0x400};
        check_pointers(pointers);
    }
}

/* Each chipset has its own length: bytes after the table are no pointers. */
Test(layout, version_1_7_of_any_length) {
    for (uint32_t n = 2; n <= MK_LAYOUT_POINTERS_MAX; n++) {
        uint32_t length = 8 + 8 * n;
        put_17(0x48, DATA, BOOT);
        for (uint32_t i = 2; i < 18; i++)
            put_pointer(0x18 + 8 * i, 0x100 * i, i);
        mk_buffer_uint(b, TABLE_17, 2, length);
        put_crc(length);
        cr_assert(read_layout() && layout.version == MK_IFWI_17);
        cr_assert(layout.n_pointers == n && layout.crc == layout.crc_expected);
        for (uint32_t i = 2; i < MK_LAYOUT_POINTERS_MAX; i++)
            cr_assert_eq(layout.pointers[i].offset, i < n ? 0x100 * i : 0, "%u of %u", i, n);
        b.p[TABLE_17 + length - 1] ^= 1;
        cr_assert(read_layout() && layout.crc != layout.crc_expected);
    }
}

/* The short table's CRC ends before the bytes where a long one has ELOG. */
Test(layout, the_crc_covers_the_table_alone) {
    static const uint32_t lengths[] = {0x40, 0x48};
    for (size_t i = 0; i < 2; i++) {
        uint32_t end = TABLE_17 + lengths[i];
        for (uint32_t at = 0; at < end + 4; at++) {
            uint8_t *byte = b.p + at;
            put_17(lengths[i], DATA, BOOT);
            bool pointer = (at >= 0x18 && at < 0x1C) || (at >= 0x20 && at < 0x24);
            bool shape = at >= TABLE_17 && at < CRC_17 && at != 0x12;
            if (pointer || shape)
                continue;
            *byte ^= 0x04;
            cr_assert(read_layout(), "a wrong CRC is no reason to refuse: byte %x", at);
            bool covered = at >= TABLE_17 && at < end;
            cr_assert_eq(layout.crc != layout.crc_expected, covered, "byte %x", at);
            *byte ^= 0x04;
        }
    }
}

/* Python's zlib.crc32 gave this CRC, over 0x48 bytes of 0 except the length, the pointers and the
 * flags. */
Test(layout, the_crc_is_the_one_of_others) {
    mk_buffer_fill(b, TABLE_17, 0x48, 0);
    mk_buffer_uint(b, TABLE_17, 2, 0x48);
    put_pointer(0x18, DATA, 0x2000);
    put_pointer(0x20, BOOT, 0x1000);
    cr_assert(read_layout());
    cr_assert_eq(layout.crc, 0);
    cr_assert_eq(layout.crc_expected, 0xC5C6309C, "%08x", layout.crc_expected);
}

Test(layout, one_pointer_that_hits_is_enough) {
    put_16(DATA, 0);
    cr_assert(read_layout() && layout.version == MK_IFWI_16);
    put_16(0, BOOT);
    cr_assert(read_layout() && layout.version == MK_IFWI_16);
    put_17(0x48, DATA, 0x123);
    cr_assert(read_layout() && layout.version == MK_IFWI_17);
    put_17(0x40, 0xFFFFFFFF, BOOT);
    cr_assert(read_layout() && layout.version == MK_IFWI_17);
    put_16(0, 1);
    mk_buffer_put(b, 1, "\xAA\x55\x00\x00", 4);
    cr_assert(read_layout() && layout.version == MK_IFWI_16, "wherever it points to");
}

Test(layout, pointers_that_hit_nothing_are_no_table) {
    static const uint32_t places[][2] = {{0, 0},
                                         {0x2000, 0x2000},
                                         {SIZE, SIZE},
                                         {SIZE - 3, SIZE - 3},
                                         {UINT32_MAX, UINT32_MAX},
                                         {DATA + 1, BOOT + 1}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        put_16(places[i][0], places[i][1]);
        cr_assert_not(read_layout(), "1.6, %zu", i);
        put_17(0x48, places[i][0], places[i][1]);
        cr_assert_not(read_layout(), "1.7, %zu", i);
    }
    put_16(BOOT, DATA);
    cr_assert_not(read_layout(), "each hits what the other must");
    put_16(DATA, 0);
    mk_buffer_put(b, DATA + 3, "t", 1);
    cr_assert_not(read_layout(), "nearly the tag");
    mk_buffer_put(b, DATA + 3, "T", 1);
    mk_buffer_fill(b, 0, SIZE, 0xFF);
    cr_assert_not(read_layout(), "erased");
    mk_buffer_fill(b, 0, SIZE, 0);
    cr_assert_not(read_layout(), "zero");
}

/* A pointer of 0 is absent, even if the table itself looks like a valid target. */
Test(layout, nothing_begins_at_the_table_itself) {
    put_16(0, 0);
    mk_buffer_put(b, 0, "$FPT", 4);
    cr_assert_not(read_layout());
}

Test(layout, a_damaged_length_needs_both_pointers) {
    static const uint16_t lengths[] = {0, 0x3F, 0x41, 0x47, 0x49, 0x10, 0x148, 0xFFFF};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        put_17(0x48, DATA, BOOT);
        mk_buffer_uint(b, TABLE_17, 2, lengths[i]);
        cr_assert(read_layout(), "length %x", lengths[i]);
        cr_assert_eq(layout.version, MK_IFWI_17);
        cr_assert_neq(layout.crc, layout.crc_expected);
        put_pointer(0x20, 0x2000, 0x1000);
        cr_assert_not(read_layout(), "length %x", lengths[i]);
    }
    put_17(0x48, DATA, BOOT);
    mk_buffer_uint(b, 0x13, 1, 1);
    cr_assert(read_layout() && layout.version == MK_IFWI_17, "what is reserved may be damaged too");
    put_pointer(0x20, 0x2000, 0x1000);
    cr_assert_not(read_layout());
}

Test(layout, a_region_that_ends_inside_the_table) {
    put_16(DATA, BOOT);
    mk_buffer_put(b, 0x44, "$FPT", 4);
    put_pointer(0x10, 0x3C, 0);
    mk_buffer_put(b, 0x3C, "$FPT", 4);
    for (uint64_t n = 0; n < 0x60; n++) {
        bool done = mk_layout_read(mk_span_clip(mk_buffer_span(b), 0, n), &layout);
        cr_assert_eq(done, n >= 0x40, "%llx bytes", (unsigned long long)n);
    }
}

Test(layout, version_2_0_whole_and_halved) {
    static const struct {
        uint32_t size, second;
        bool halved;
    } rows[] = {
        {SIZE, 0, false},       {SIZE, SIZE / 2, true},  {SIZE - 0x1000, SIZE / 2, false},
        {0x6000, 0x3000, true}, {0x7000, 0x3800, false}, {4, 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int recovery = 0; recovery < 2; recovery++) {
            const char *signature = recovery ? "\xAA\x55\xAA\x00" : "\xAA\x55\x00\x00";
            mk_buffer_fill(b, 0, SIZE, 0xFF);
            mk_buffer_put(b, 0, signature, 4);
            mk_buffer_put(b, rows[i].second, signature, 4);
            cr_assert(mk_layout_read(mk_span_clip(mk_buffer_span(b), 0, rows[i].size), &layout));
            struct mk_layout_extent halves[MK_POINTERS] = {
                [MK_POINTER_BP1] = {0, rows[i].halved ? rows[i].size / 2 : rows[i].size}};
            if (rows[i].halved)
                halves[MK_POINTER_BP2] =
                    (struct mk_layout_extent){rows[i].size / 2, rows[i].size / 2};
            cr_assert_eq(layout.version, MK_IFWI_20);
            check_pointers(halves);
        }
    mk_buffer_put(b, 0, "\xAA\x55\x01\x00", 4);
    cr_assert_not(read_layout());
}

#if SIZE_MAX > UINT32_MAX
/* The sizes of its pointers are dwords. The reader looks only at the start of the region. */
Test(layout, version_2_0_is_smaller_than_4_gib) {
    mk_buffer_fill(b, 0, SIZE, 0);
    mk_buffer_put(b, 0, "\xAA\x55\x00\x00", 4);
    struct mk_span region = {b.p, UINT32_MAX, 0};
    cr_assert(mk_layout_read(region, &layout) && layout.version == MK_IFWI_20);
    cr_assert_eq(layout.pointers[MK_POINTER_BP1].size, UINT32_MAX);
    region.n++;
    cr_assert_not(mk_layout_read(region, &layout));
}
#endif
