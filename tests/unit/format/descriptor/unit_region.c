/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/format/platform.h>

TestSuite(region, .fini = check_leaks);
TestSuite(master, .fini = check_leaks);

#define COUNT(a) (sizeof(a) / sizeof *(a))

Test(region, names_by_number_and_numbers_by_name) {
    static const struct {
        int number;
        const char *name, *title, *file;
    } rows[] = {
        {0, "fd", "Flash Descriptor", "flashdescriptor"},
        {1, "bios", "BIOS", "bios"},
        {2, "me", "Intel ME", "intel_me"},
        {3, "gbe", "GbE", "gbe"},
        {4, "pd", "Platform Data", "platform_data"},
        {8, "ec", "EC", "ec"},
        {15, "ptt", "PTT", "ptt"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        cr_assert_str_eq(mk_region_name((unsigned)rows[i].number), rows[i].name);
        cr_assert_str_eq(mk_region_title((unsigned)rows[i].number), rows[i].title);
        cr_assert_str_eq(mk_region_file((unsigned)rows[i].number), rows[i].file);
    }
    for (int i = 0; i < MK_LIMIT_REGIONS; i++)
        cr_assert_eq(mk_region_find(mk_region_name((unsigned)i)), i, "each has a name of its own");
    cr_assert_str_eq(mk_region_file(9), "device_exp", "scripts remove ifdtool's file by its name");
    cr_assert_eq(mk_region_find("res1"), 5, "ifdtool 4.15 calls 5 to 7 so");
    cr_assert_eq(mk_region_find("res3"), 7);
    cr_assert_eq(mk_region_find("intel_me"), -1);
    cr_assert_eq(mk_region_find(""), -1);
}

static const struct {
    uint32_t raw;
    unsigned slot;
    bool used;
    uint64_t start, end;
} words[] = {
    {0x00000000, 0, true, 0, 0x1000},
    {0x00000000, 1, false, 0, 0},
    {0x00000000, 2, false, 0, 0},
    {0x00010000, 2, true, 0, 0x2000},
    {0x04FF0003, 2, true, 0x3000, 0x500000},
    {0x00030003, 2, true, 0x3000, 0x4000},
    {0x00020003, 2, false, 0, 0},
    {0x7FFF7FFF, 2, false, 0, 0},
    {0x7FFF7FFE, 2, true, 0x7FFE000, 0x8000000},
    {0x7FFE7FFE, 2, true, 0x7FFE000, 0x7FFF000},
    {0x00007FFF, 2, false, 0, 0},
    {0xFFFFFFFF, 2, false, 0, 0},
    {0x80010001, 2, true, 0x1000, 0x2000},
    {0x00018001, 2, true, 0x1000, 0x2000},
    {0x7FFF0000, 2, true, 0, 0x8000000},
};

static struct mk_span word_of(uint32_t raw) {
    static uint8_t bytes[4];
    mk_buffer_uint((struct mk_buffer){bytes, 4}, 0, 4, raw);
    return mk_span_of(bytes, 4);
}

Test(region, a_word_is_first_and_last_block) {
    for (size_t i = 0; i < COUNT(words); i++) {
        struct mk_region region = {.start = 7, .end = 7};
        cr_assert_eq(mk_region_decode(word_of(words[i].raw), words[i].slot, &region), words[i].used,
                     "%08x", words[i].raw);
        cr_assert(region.used == words[i].used && region.raw == words[i].raw);
        cr_assert(region.base == (words[i].raw & 0x7FFF) &&
                  region.limit == (words[i].raw >> 16 & 0x7FFF));
        cr_assert(region.start == words[i].start && region.end == words[i].end, "%08x",
                  words[i].raw);
        if (words[i].used)
            cr_assert_eq(mk_region_encode(region.start, region.end), words[i].raw & 0x7FFF7FFF);
    }
}

Test(region, is_disabled_by_a_word_that_depends_on_the_platform) {
    for (size_t i = 0; i < mk_platform_count; i++) {
        struct mk_descriptor d = {.platform = &mk_platforms[i]};
        struct mk_region region;
        uint32_t raw = mk_region_disabled(&d);
        cr_assert_eq(raw, mk_platforms[i].old_density ? 0x1FFF : 0x7FFF);
        cr_assert_not(mk_region_decode(word_of(raw), MK_REGION_ME, &region));
    }
}

Test(region, lies_around_an_offset_and_ends_somewhere) {
    struct mk_descriptor d = {.n_regions = 3,
                              .regions = {{.used = true, .start = 0, .end = 0x1000},
                                          {.used = false},
                                          {.used = true, .start = 0x2000, .end = 0x4000}}};
    static const struct {
        uint64_t at;
        unsigned number;
    } places[] = {{0, 0},      {0xFFF, 0},  {0x1000, MK_NO_REGION}, {0x1FFF, MK_NO_REGION},
                  {0x2000, 2}, {0x3FFF, 2}, {0x4000, MK_NO_REGION}};
    for (size_t i = 0; i < COUNT(places); i++)
        cr_assert_eq(mk_descriptor_region_at(&d, places[i].at), places[i].number);
    cr_assert_eq(mk_descriptor_regions_end(&d), 0x4000);
    d.n_regions = 2;
    cr_assert_eq(mk_descriptor_regions_end(&d), 0x1000);
    d.n_regions = 0;
    cr_assert_eq(mk_descriptor_regions_end(&d), 0);
    cr_assert_eq(mk_descriptor_region_at(&d, 0), MK_NO_REGION);
}

Test(master, names) {
    static const char *const names[] = {"bios", "me", "gbe", "devexp", "ec", "ie"};
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++)
        cr_assert_str_eq(mk_master_name(i), names[i]);
}

static const struct {
    enum mk_access access;
    uint32_t raw;
    uint16_t read, write;
} masks[] = {
    {MK_ACCESS_V1, 0x0B0B0000, 0x0B, 0x0B},
    {MK_ACCESS_V1, 0x12345678, 0x34, 0x12},
    {MK_ACCESS_V1, 0x00FF0000, 0xFF, 0x00},
    {MK_ACCESS_V1, 0xFF00FFFF, 0x00, 0xFF},
    {MK_ACCESS_V2, 0x12345678, 0x456, 0x123},
    {MK_ACCESS_V2, 0x000FFF00, 0xFFF, 0x000},
    {MK_ACCESS_V2, 0xFFF000FF, 0x000, 0xFFF},
    {MK_ACCESS_V2_EXTENDED, 0x12345678, 0x8456, 0x7123},
    {MK_ACCESS_V2_EXTENDED, 0x000FFF0F, 0xFFFF, 0x0000},
    {MK_ACCESS_V2_EXTENDED, 0xFFF000F0, 0x0000, 0xFFFF},
    {MK_ACCESS_V2_EXTENDED, 0x0000000F, 0xF000, 0x0000},
    {MK_ACCESS_V2_EXTENDED, 0x000000F0, 0x0000, 0xF000},
};

Test(master, masks_are_where_the_platform_has_them) {
    for (size_t i = 0; i < COUNT(masks); i++) {
        struct mk_platform p = {.access = masks[i].access};
        struct mk_descriptor d = {.platform = &p};
        struct mk_master master = {.raw = masks[i].raw};
        mk_master_decode(&d, &master);
        cr_assert(master.read == masks[i].read && master.write == masks[i].write, "%08x: %x %x",
                  masks[i].raw, master.read, master.write);
        cr_assert_eq(mk_master_encode(p.access, masks[i].raw, master.read, master.write),
                     masks[i].raw);
    }
}

/* Encodes every bit of both masks into words whose other bits are all 0 or all 1. */
Test(master, encoding_keeps_the_rest_of_the_word) {
    static const uint32_t rest[] = {[MK_ACCESS_V1] = 0x0000FFFF,
                                    [MK_ACCESS_V2] = 0x000000FF,
                                    [MK_ACCESS_V2_EXTENDED] = 0x00000000};
    for (unsigned access = MK_ACCESS_V1; access <= MK_ACCESS_V2_EXTENDED; access++) {
        struct mk_platform p = {.access = (enum mk_access)access};
        struct mk_descriptor d = {.platform = &p};
        unsigned bits = access == MK_ACCESS_V1 ? 8 : access == MK_ACCESS_V2 ? 12 : 16;
        for (unsigned bit = 0; bit < 16; bit++)
            for (uint32_t old = 0;; old = UINT32_MAX) {
                uint16_t mask = (uint16_t)(1u << bit), seen = bit < bits ? mask : 0;
                struct mk_master master = {
                    .raw = mk_master_encode(p.access, old, mask, (uint16_t)~mask)};
                mk_master_decode(&d, &master);
                cr_assert_eq(master.read, seen, "bit %u", bit);
                cr_assert_eq(master.write, (uint16_t)~mask & ((1u << bits) - 1), "bit %u", bit);
                cr_assert_eq(master.raw & rest[access], old & rest[access]);
                if (old)
                    break;
            }
    }
}
