/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <forge/forge.h>
#include <mekit/action/soft_disable.h>
#include <mekit/format/strap.h>
#include <stdlib.h>
#include <string.h>

TestSuite(descriptor, .fini = check_leaks);

static struct mk_buffer forged(const char *name) {
    struct mk_buffer b;
    cr_assert(forge_build(name, &b), "%s", name);
    return b;
}

static const struct {
    const char *recipe, *platform;
    bool confident;
    uint32_t strap; /* byte offset of the row that fits; 1: none */
    enum mk_disable_state state;
} rows[] = {
    {"good-ifd-ich9", "ich9", true, 0x00, MK_DISABLE_CLEAR},
    {"good-ifd-ibexpeak", "ibexpeak", true, 0x28, MK_DISABLE_CLEAR},
    {"good-ifd-cougarpoint", "cougarpoint", true, 0x28, MK_DISABLE_CLEAR},
    {"good-ifd-lynxpoint", "lynxpoint", true, 0x28, MK_DISABLE_CLEAR},
    {"good-ifd-baytrail", "baytrail", true, 0x28, MK_DISABLE_CLEAR},
    {"good-ifd-braswell", "braswell", true, 0x28, MK_DISABLE_CLEAR},
    {"good-ifd-sklkbl", "sklkbl", true, 0x00, MK_DISABLE_CLEAR},
    {"good-ifd-lbg", "lbg", true, 0xD4, MK_DISABLE_CLEAR},
    {"good-ifd-apl", "apl", true, 1, MK_DISABLE_UNKNOWN},
    {"good-ifd-glk", "glk", true, 1, MK_DISABLE_UNKNOWN},
    {"good-ifd-cnl", "cnl", true, 0x70, MK_DISABLE_CLEAR},
    {"good-ifd-cnl-h", "cnl", true, 0x80, MK_DISABLE_CLEAR},
    {"good-ifd-tgl", "tgl", true, 0x7C, MK_DISABLE_CLEAR},
    {"good-ifd-tgl-h", "tgl", true, 0x94, MK_DISABLE_CLEAR},
    {"good-ifd-adl-p", "adl", true, 0x7C, MK_DISABLE_CLEAR},
    {"good-ifd-adl-n", "adl", true, 0x7C, MK_DISABLE_CLEAR},
    {"good-ifd-adl-s", "adl", true, 0xDC, MK_DISABLE_CLEAR},
    {"good-ifd-jsl", "jsl", true, 0x68, MK_DISABLE_CLEAR},
    {"good-ifd-ehl", "ehl", true, 0x84, MK_DISABLE_CLEAR},
    {"good-ifd-mtl", "mtl", true, 0x11C, MK_DISABLE_CLEAR},
    {"good-ifd-ebg", "ebg", true, 1, MK_DISABLE_UNKNOWN},
    {"good-ifd-unknown-v1", "ifd1", false, 1, MK_DISABLE_UNKNOWN},
    {"good-ifd-unknown-v2", "ifd2", false, 1, MK_DISABLE_UNKNOWN},
};

Test(descriptor, every_platform_and_its_strap_are_recognised) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mk_buffer b = forged(rows[i].recipe);
        struct mk_descriptor d;
        const struct mk_strap_row *row;
        cr_assert(mk_descriptor_read(mk_buffer_span(b), NULL, &d, NULL), "%s", rows[i].recipe);
        cr_assert_str_eq(d.platform->name, rows[i].platform);
        cr_assert_eq(d.platform->confident, rows[i].confident, "%s", rows[i].recipe);
        enum mk_disable_state state = mk_strap_state(&d, &row);
        if (rows[i].strap != 1) {
            cr_assert(row, "%s", rows[i].recipe);
            cr_assert_eq(row->offset, rows[i].strap, "%s: strap %x", rows[i].recipe, row->offset);
            if (!row->disputed)
                cr_assert_eq(state, rows[i].state, "%s", rows[i].recipe);
        }
        free(b.p);
    }
}

/* If the word of any guard of any row is wrong, the strap is not written. */
Test(descriptor, a_guard_that_does_not_hold_refuses) {
    size_t tried = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mk_buffer b = forged(rows[i].recipe);
        struct mk_descriptor d;
        const struct mk_strap_row *row;
        cr_assert(mk_descriptor_read(mk_buffer_span(b), NULL, &d, NULL));
        mk_strap_state(&d, &row);
        for (size_t g = 0; row && g < MK_GUARDS && row->guards[g].mask; g++) {
            uint32_t at = d.fpsba + row->guards[g].offset,
                     lowest = row->guards[g].mask & -row->guards[g].mask;
            uint32_t old = mk_span_u32(mk_buffer_span(b), at);
            struct mk_image image;
            struct mk_plan plan;
            struct mk_error e = {0};
            mk_buffer_uint(b, at, 4, old ^ lowest);
            cr_assert(mk_image_recognise(mk_buffer_span(b), NULL, &image, &e));
            mk_plan_start(&plan, image.bytes);
            cr_assert_not(mk_soft_disable_plan(&image, true, &plan, &e), "%s, guard %zu",
                          rows[i].recipe, g);
            cr_assert_eq(e.code, MK_E_PLATFORM);
            cr_assert_eq(plan.n_edits, 0);
            mk_plan_free(&plan);
            mk_image_free(&image);
            mk_buffer_uint(b, at, 4, old);
            tried++;
        }
        free(b.p);
    }
    cr_assert_geq(tried, 15);
}

Test(descriptor, unused_regions) {
    static const struct {
        uint32_t raw;
        unsigned slot;
        bool used;
    } words[] = {
        {0x00007FFF, 4, false}, {0x00001FFF, 4, false},  {0x00000FFF, 4, false},
        {0xFFFFFFFF, 5, false}, {0x7FFF7FFF, 10, false}, {0x00000000, 3, false},
        {0x00000000, 0, true},  {0x00020001, 3, true},   {0x04FF0003, 2, true},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        uint8_t bytes[4];
        struct mk_region region;
        mk_buffer_uint((struct mk_buffer){bytes, 4}, 0, 4, words[i].raw);
        cr_assert_eq(mk_region_decode(mk_span_of(bytes, 4), words[i].slot, &region), words[i].used,
                     "%08x", words[i].raw);
        if (words[i].used)
            cr_assert_eq(mk_region_encode(region.start, region.end), words[i].raw);
    }
}

Test(descriptor, masks_are_read_as_they_are_written) {
    static const char *const recipes[] = {"good-ifd-x230", "good-ifd-sklkbl", "good-ifd-tgl"};
    for (size_t i = 0; i < 3; i++) {
        struct mk_buffer b = forged(recipes[i]);
        struct mk_descriptor d;
        cr_assert(mk_descriptor_read(mk_buffer_span(b), NULL, &d, NULL));
        for (unsigned region = 0; region < d.n_regions; region++) {
            uint16_t mask = (uint16_t)(1u << region);
            struct mk_master m = {
                .raw = mk_master_encode(d.platform->access, d.masters[0].raw, mask, mask)};
            bool known = region < 12 || d.platform->access == MK_ACCESS_V2_EXTENDED;
            mk_master_decode(&d, &m);
            cr_assert_eq(m.read, known ? mask : 0, "%s, region %u", recipes[i], region);
            cr_assert_eq(m.write, known ? mask : 0);
        }
        free(b.p);
    }
}

Test(descriptor, platform_by_name) {
    struct mk_buffer b = forged("good-ifd-tgl");
    struct mk_descriptor d;
    struct mk_error e;
    cr_assert_not(mk_descriptor_read(mk_buffer_span(b), "vax", &d, &e));
    cr_assert_eq(e.code, MK_E_USAGE);
    cr_assert_not(mk_descriptor_read(mk_buffer_span(b), "lynxpoint", &d, &e), "another version");
    cr_assert_eq(e.code, MK_E_CONTRADICTION);
    cr_assert_not(mk_descriptor_read(mk_buffer_span(b), "sklkbl", &d, &e), "another layout");
    cr_assert_eq(e.code, MK_E_CONTRADICTION);
    cr_assert(mk_descriptor_read(mk_buffer_span(b), "icl", &d, &e));
    cr_assert_str_eq(d.platform->name, "icl");
    free(b.p);
}

Test(descriptor, straps_end_where_the_map_says) {
    struct mk_buffer b = forged("good-ifd-x230");
    struct mk_descriptor d;
    uint32_t value, at;
    cr_assert(mk_descriptor_read(mk_buffer_span(b), NULL, &d, NULL));
    cr_assert(mk_descriptor_pch_strap(&d, 4 * (d.isl - 1), &value, &at));
    cr_assert_not(mk_descriptor_pch_strap(&d, 4 * d.isl, &value, &at));
    cr_assert_not(mk_descriptor_cpu_strap(&d, 4 * d.msl, &value, &at));
    cr_assert_eq(d.chip_size[0], 8u << 20);
    cr_assert_eq(d.chip_size[1], 4u << 20);
    free(b.p);
}

/* A written strap must not overwrite a region or the signature. */
Test(descriptor, sections_do_not_meet) {
    static const uint8_t places[][2] = {{0x14, 0x00}, {0x16, 0x03}, {0x18, 0x04}, {0x1A, 0x00},
                                        {0x1A, 0x04}, {0x1A, 0xFF}, {0x1C, 0x04}, {0x1B, 0xFF}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct mk_buffer b = forged("good-ifd-x230");
        struct mk_descriptor d;
        struct mk_error e;
        mk_buffer_put(b, places[i][0], &places[i][1], 1);
        cr_assert_not(mk_descriptor_read(mk_buffer_span(b), NULL, &d, &e), "byte %x = %x",
                      places[i][0], places[i][1]);
        cr_assert_eq(e.code, MK_E_RANGE);
        free(b.p);
    }
}
