/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/format/platform.h>
#include <string.h>

TestSuite(descriptor_map, .fini = check_leaks);

#define COUNT(a) (sizeof(a) / sizeof *(a))

static uint8_t bytes[MK_DESCRIPTOR_SIZE_LARGE + 1];
static const struct mk_buffer b = {bytes, sizeof bytes};

static void put(uint64_t at, uint32_t value) {
    cr_assert(mk_buffer_uint(b, at, 4, value));
}

static struct mk_span image_of(size_t n) {
    return mk_span_of(bytes, n);
}

/* Sections: components 0x30, regions 0x40, masters 0x60 (version 2: 0x80), PCH straps 0x100, CPU
 * straps 0x200. Version 1 is Lynx Point's, version 2 Tiger Lake's. */
static void make(unsigned version) {
    mk_buffer_fill(b, 0, sizeof bytes, 0xFF);
    put(0x10, MK_DESCRIPTOR_SIGNATURE);
    put(0x14, version == 1 ? 0x04040003u | 1u << 8 : 0x00040003);
    put(0x18, (version == 1 ? 0x06u : 0x08u) | 3u << 8 | 0x10u << 16 | 0x15u << 24);
    put(0x1C, 0x00110220u);
    put(0x20, 0x12345678);
    put(0xEFC, 0x00010000 | 4u << 8 | 0xD0);
}

static struct mk_descriptor read_of(size_t n) {
    struct mk_descriptor d;
    struct mk_error e = {0};
    cr_assert(mk_descriptor_read(image_of(n), NULL, &d, &e), "%s", e.what);
    return d;
}

static struct mk_descriptor read(void) {
    return read_of(MK_DESCRIPTOR_SIZE);
}

static struct mk_error refused(size_t n, const char *platform, enum mk_code code, uint64_t offset) {
    struct mk_descriptor d;
    struct mk_error e = {0};
    cr_assert_not(mk_descriptor_read(image_of(n), platform, &d, &e));
    cr_assert(e.code == code && e.offset == offset, "%s at %x", e.what, (unsigned)e.offset);
    return e;
}

Test(descriptor_map, its_signature_is_at_one_of_two_places) {
    for (unsigned at = 0; at <= 0x20; at += 4) {
        uint32_t found = 7;
        mk_buffer_fill(b, 0, sizeof bytes, 0xFF);
        put(at, MK_DESCRIPTOR_SIGNATURE);
        cr_assert_eq(mk_descriptor_is_at(image_of(at + 4), &found), at == 0 || at == 0x10);
        cr_assert_eq(found, at == 0 || at == 0x10 ? at : 7);
        cr_assert_not(mk_descriptor_is_at(image_of(at + 3), &found));
        if (at != 0 && at != 0x10)
            refused(sizeof bytes, NULL, MK_E_TAG, 0);
    }
    uint32_t found;
    put(0, MK_DESCRIPTOR_SIGNATURE);
    put(0x10, MK_DESCRIPTOR_SIGNATURE);
    cr_assert(mk_descriptor_is_at(image_of(0x14), &found) && found == 0x10, "the later one counts");
    cr_assert(mk_descriptor_is_at(image_of(0x13), &found) && found == 0);
}

Test(descriptor_map, every_field_of_the_map) {
    make(1);
    struct mk_descriptor d = read();
    cr_assert(d.version == 1 && d.signature_at == 0x10);
    cr_assert(d.fcba == 0x30 && d.frba == 0x40 && d.fmba == 0x60);
    cr_assert(d.fpsba == 0x100 && d.fmsba == 0x200);
    cr_assert(d.chips == 2 && d.nr == 4 && d.nm == 3 && d.isl == 0x15 && d.msl == 2);
    cr_assert(d.iccriba == 0x11 && d.csso == 0x88 && d.mdtba == 1);
    cr_assert(d.flmap2 == 0x00110220 && d.flmap3 == 0x12345678);
    cr_assert_str_eq(d.platform->name, "lynxpoint");
    make(2);
    d = read();
    cr_assert(d.version == 2 && d.chips == 1 && d.nr == 0 && d.fmba == 0x80);
    cr_assert_str_eq(d.platform->name, "tgl");
}

Test(descriptor_map, is_cut_off_below_4_kib_and_larger_if_it_is_alone) {
    make(2);
    refused(MK_DESCRIPTOR_SIZE - 1, NULL, MK_E_TRUNCATED, MK_DESCRIPTOR_SIZE - 1);
    refused(0x14, NULL, MK_E_TRUNCATED, 0x14);
    cr_assert_eq(read_of(MK_DESCRIPTOR_SIZE).bytes.n, MK_DESCRIPTOR_SIZE);
    cr_assert_eq(read_of(MK_DESCRIPTOR_SIZE_LARGE - 1).bytes.n, MK_DESCRIPTOR_SIZE);
    cr_assert_eq(read_of(MK_DESCRIPTOR_SIZE_LARGE).bytes.n, MK_DESCRIPTOR_SIZE_LARGE);
    cr_assert_eq(read_of(MK_DESCRIPTOR_SIZE_LARGE + 1).bytes.n, MK_DESCRIPTOR_SIZE);
}

/* Entries have 8 bytes and are counted in dwords; entries that do not fit before the upper map are
 * ignored. */
Test(descriptor_map, the_vscc_table_ends_before_the_upper_map) {
    static const struct {
        uint32_t base, dwords;
        unsigned n;
    } cases[] = {{0xD0, 4, 2},       {0xD0, 5, 2}, {0xD0, 6, 3},   {0xEE, 4, 2}, {0xEE, 6, 3},
                 {0xEE, 8, 3},       {0xEF, 2, 1}, {0xEF, 4, 1},   {0xF0, 4, 0}, {0xD0, 0, 0},
                 {0xD0, 0xFF, 0x3F}, {0xD0, 1, 0}, {0xFF, 0xFF, 0}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        make(1);
        put(0xEFC, 0x00550000 | cases[i].dwords << 8 | cases[i].base);
        struct mk_descriptor d = read();
        cr_assert_eq(d.vtl, cases[i].n, "case %zu: %u", i, d.vtl);
        cr_assert(d.vtba == cases[i].base << 4 && d.mdtba == 0x55);
    }
}

Test(descriptor_map, regions_end_before_the_next_section) {
    static const struct {
        unsigned fmba;
        unsigned n;
    } cases[] = {{0x06, 7}, {0x08, 7}, {0x05, 4}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        make(1);
        mk_buffer_uint(b, 0x18, 1, cases[i].fmba);
        mk_buffer_uint(b, 0x17, 1, 4);
        for (unsigned k = 0; k < 16; k++)
            put(0x40 + 4 * k, k == 2 ? 0x00FF0003 : 0x7FFF);
        struct mk_descriptor d;
        struct mk_error e;
        bool fits = mk_descriptor_read(image_of(MK_DESCRIPTOR_SIZE), NULL, &d, &e);
        cr_assert_eq(fits, cases[i].n >= 5, "five regions at least");
        if (!fits)
            continue;
        cr_assert_eq(d.n_regions, cases[i].n, "%u regions", d.n_regions);
        for (unsigned k = 0; k < d.n_regions; k++)
            cr_assert(d.regions[k].at == 0x40 + 4 * k && d.regions[k].used == (k == 2));
        cr_assert(d.regions[2].start == 0x3000 && d.regions[2].end == 0x100000);
    }
    make(2);
    cr_assert_eq(read().n_regions, 16);
    mk_buffer_uint(b, 0x1A, 2, 0x0407);
    cr_assert_eq(read().n_regions, 12, "the straps begin behind the twelfth");
}

Test(descriptor_map, masters_end_before_the_next_section) {
    for (unsigned fpsba = 0x09; fpsba <= 0x0B; fpsba++) {
        make(2);
        mk_buffer_uint(b, 0x1A, 1, fpsba);
        for (unsigned k = 0; k < 8; k++)
            put(0x80 + 4 * k, 0x10000000u * k + 0x00200300);
        struct mk_descriptor d = read();
        for (unsigned k = 0; k < MK_LIMIT_MASTERS; k++) {
            const struct mk_master *master = &d.masters[k];
            bool present = k < (fpsba - 8) * 4;
            cr_assert(master->present == present && master->at == 0x80 + 4 * k, "master %u", k);
            cr_assert_eq(master->raw, present ? 0x10000000u * k + 0x00200300 : 0);
            cr_assert(master->write == (present ? 0x100 * k + 0x002 : 0), "master %u", k);
            cr_assert(master->read == (present ? 0x003 : 0), "master %u", k);
        }
    }
    make(1);
    struct mk_descriptor d = read();
    for (unsigned k = 0; k < MK_LIMIT_MASTERS; k++)
        cr_assert_eq(d.masters[k].present, k < 3, "version 1 has three");
}

Test(descriptor_map, chip_sizes_by_code) {
    for (unsigned code = 0; code < 16; code++) {
        uint64_t size = code <= 7 ? (uint64_t)0x80000 << code : 0;
        make(1);
        put(0x30, 0xFFFFFF00u | code << 4 | (15 - code));
        struct mk_descriptor d = read();
        cr_assert_eq(d.chip_size[1], size, "code %u", code);
        cr_assert_eq(d.chip_size[0], 15 - code <= 7 ? (uint64_t)0x80000 << (15 - code) : 0);
        make(2);
        put(0x30, 0xFFFFFF00u | code << 4 | code);
        d = read();
        cr_assert_eq(d.chip_size[0], size);
        cr_assert_eq(d.chip_size[1], 0, "with one chip the second field is junk");
    }
    for (unsigned code = 0; code < 8; code++) {
        make(1);
        mk_buffer_uint(b, 0x1B, 1, 0x12);
        mk_buffer_uint(b, 0x1D, 1, 1);
        put(0x30, 0xFFFFFFC0u | code << 3 | (7 - code));
        struct mk_descriptor d = read();
        cr_assert_str_eq(d.platform->name, "cougarpoint");
        cr_assert_eq(d.chip_size[1], code <= 5 ? (uint64_t)0x80000 << code : 0, "code %u", code);
        cr_assert_eq(d.chip_size[0], 7 - code <= 5 ? (uint64_t)0x80000 << (7 - code) : 0);
    }
}

/* A section begins after the map words that all descriptors have, and ends before the next section
 * and the upper map. */
Test(descriptor_map, sections_do_not_reach_into_each_other) {
    static const struct {
        unsigned version, at, value; /* a byte of the map */
        unsigned where;              /* 0: it fits; else the word in the error */
        uint64_t end;
    } cases[] = {
        {1, 0x14, 0x02, 0, 0},        {1, 0x14, 0x01, 0x14, 0x40},  {1, 0x14, 0x00, 0x14, 0x40},
        {1, 0x14, 0x05, 0x14, 0x50},  {1, 0x14, 0x04, 0x14, 0x60},  {1, 0x14, 0x06, 0x14, 0x100},
        {1, 0x14, 0xEE, 0, 0},        {1, 0x14, 0xEF, 0, 0},        {1, 0x14, 0xF0, 0x14, 0},
        {1, 0x14, 0xFF, 0x14, 0},     {1, 0x16, 0x07, 0, 0},        {1, 0x16, 0x05, 0x14, 0x60},
        {1, 0x16, 0x01, 0x14, 0x30},  {1, 0x16, 0xEE, 0, 0},        {1, 0x16, 0xEF, 0x14, 0xEFC},
        {1, 0x18, 0x07, 0, 0},        {1, 0x18, 0x02, 0, 0},        {1, 0x18, 0x0F, 0, 0},
        {1, 0x18, 0xEF, 0, 0},        {1, 0x18, 0xF0, 0x18, 0},     {1, 0x1A, 0x1A, 0, 0},
        {1, 0x1A, 0x1B, 0x18, 0x200}, {1, 0x1A, 0x1C, 0x18, 0x200}, {1, 0x1A, 0xEA, 0, 0},
        {1, 0x1A, 0xEB, 0x18, 0xEFC}, {1, 0x1B, 0x40, 0, 0},        {1, 0x1B, 0x41, 0x18, 0x200},
        {1, 0x1B, 0x00, 0, 0},        {1, 0x1C, 0xEF, 0, 0},        {1, 0x1C, 0xF0, 0x1C, 0},
        {1, 0x1C, 0x01, 0x1C, 0x30},  {1, 0x1C, 0x10, 0x18, 0xEFC}, {2, 0x1C, 0x01, 0, 0},
        {2, 0x1C, 0x03, 0, 0},        {2, 0x1C, 0x10, 0, 0},        {2, 0x1C, 0xF0, 0, 0},
        {2, 0x1C, 0x05, 0, 0},        {2, 0x1C, 0x11, 0, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mk_descriptor d;
        struct mk_error e = {0};
        make(cases[i].version);
        bytes[cases[i].at] = (uint8_t)cases[i].value;
        bool fits = mk_descriptor_read(image_of(MK_DESCRIPTOR_SIZE), NULL, &d, &e);
        cr_assert_eq(fits, cases[i].where == 0, "case %zu: %s", i, e.what);
        if (fits)
            continue;
        cr_assert(e.code == MK_E_RANGE && e.offset == cases[i].where, "case %zu: %s", i, e.what);
        cr_assert(e.limit == cases[i].end, "case %zu: %s", i, e.what);
    }
}

Test(descriptor_map, version_2_has_its_masters_in_one_place) {
    for (unsigned fmba = 0x09; fmba < 0x0F; fmba++) {
        make(2);
        bytes[0x18] = (uint8_t)fmba;
        struct mk_error e = refused(MK_DESCRIPTOR_SIZE, NULL, MK_E_FIELD, 0x18);
        cr_assert(e.got == fmba << 4 && e.limit == 0x80);
    }
}

Test(descriptor_map, a_strap_is_a_word_of_its_section) {
    make(1);
    bytes[0x1A] = 0x10, bytes[0x1B] = 0x15, bytes[0x1D] = 2;
    struct mk_descriptor d = read();
    for (uint32_t offset = 0; offset < 0x80; offset++) {
        uint32_t value = 7, at = 7, raw = 0xA5000000 | offset;
        put(0x100 + offset, raw);
        put(0x200 + offset, ~raw);
        bool pch = offset / 4 < 0x15, cpu = offset / 4 < 2;
        cr_assert_eq(mk_descriptor_pch_strap(&d, offset, &value, &at), pch, "%x", offset);
        cr_assert(value == (pch ? raw : 7) && at == (pch ? 0x100 + offset : 7));
        value = at = 7;
        cr_assert_eq(mk_descriptor_cpu_strap(&d, offset, &value, &at), cpu, "%x", offset);
        cr_assert(value == (cpu ? ~raw : 7) && at == (cpu ? 0x200 + offset : 7));
    }
}

/* Even if a caller makes a longer descriptor, it has no strap beyond 4 KiB. */
Test(descriptor_map, no_strap_lies_behind_the_descriptor) {
    for (size_t n = MK_DESCRIPTOR_SIZE - 4; n <= sizeof bytes; n += n < 0x1000 ? 1 : 0x100) {
        struct mk_descriptor d = {.bytes = image_of(n), .fpsba = 0xFF0, .isl = 0xFF};
        uint32_t value, at;
        for (uint32_t offset = 8; offset <= 0x14; offset++)
            cr_assert_eq(mk_descriptor_pch_strap(&d, offset, &value, &at),
                         offset <= 0xC && 0xFF0 + offset + 4 <= n, "%x of %x", offset, (unsigned)n);
        cr_assert_not(mk_descriptor_pch_strap(&d, UINT32_MAX, &value, &at));
    }
}

Test(descriptor_map, a_platform_may_be_named) {
    struct mk_descriptor d;
    struct mk_error e = {0};
    make(2);
    cr_assert(mk_descriptor_read(image_of(MK_DESCRIPTOR_SIZE), "adl", &d, &e));
    cr_assert_str_eq(d.platform->name, "adl");
    cr_assert(mk_descriptor_read(image_of(MK_DESCRIPTOR_SIZE), "mtl", &d, NULL));
    e = refused(MK_DESCRIPTOR_SIZE, "lynxpoint", MK_E_CONTRADICTION, 0x10);
    cr_assert_str_eq(e.what, "this descriptor is for tgl, it can't be for lynxpoint");
    e = refused(MK_DESCRIPTOR_SIZE, "a\x1Bnew", MK_E_USAGE, MK_NOWHERE);
    cr_assert_eq(strncmp(e.what, "unknown platform a\\x1bnew; the names are: ich8 ", 47), 0);
    cr_assert(strstr(e.what, " nvl"));
    char long_name[101] = "";
    memset(long_name, 'x', 100);
    e = refused(MK_DESCRIPTOR_SIZE, long_name, MK_E_USAGE, MK_NOWHERE);
    cr_assert_eq(strspn(e.what + strlen("unknown platform "), "x"), 23, "it is cut");
}
