/* SPDX-License-Identifier: MIT */
#include "forged.h"

#include <mekit/action/insert.h>
#include <mekit/action/set.h>

TestSuite(insert, .fini = check_leaks);
TestSuite(set, .fini = check_leaks);

#define COUNT(a) (sizeof(a) / sizeof *(a))

static enum mk_code insert(const char *recipe, struct mk_insert_part part, bool align_end,
                           struct mk_span *out, struct forged_image *f) {
    const struct mk_insert_options o = {&part, 1, align_end};
    struct mk_plan plan;
    struct mk_error e = {0};
    *f = forged_open(recipe);
    mk_plan_start(&plan, f->image.bytes);
    bool done = mk_insert_plan(&f->image, &o, &plan, &e) && mk_plan_close(&plan, &e) &&
                mk_plan_apply(&plan, f->b, out, &e);
    mk_plan_free(&plan);
    return done ? MK_OK : e.code;
}

Test(insert, bytes_and_the_rest) {
    static const uint8_t bytes[] = "BIOS";
    struct mk_insert_part part = {.region = MK_REGION_BIOS, .bytes = mk_span_of(bytes, 4)};
    struct mk_span out;
    struct forged_image f;
    cr_assert_eq(insert("good-full-me8", part, false, &out, &f), MK_OK);
    cr_assert(mk_span_has(out, 0xF000, "BIOS\xFF\xFF", 6));
    cr_assert(mk_span_is_filled(mk_span_clip(out, 0xF004, 0x10FFC), 0xFF));
    forged_close(&f);
    cr_assert_eq(insert("good-full-me8", part, true, &out, &f), MK_OK);
    cr_assert(mk_span_has(out, 0x1FFFC, "BIOS", 4));
    forged_close(&f);
}

Test(insert, refusals) {
    static uint8_t large[0x2001];
    const struct {
        const char *recipe;
        struct mk_insert_part part;
        enum mk_code code;
    } rows[] = {
        {"good-full-me8", {MK_REGION_GBE, false, mk_span_of(large, 0x2000)}, MK_OK},
        {"good-full-me8", {MK_REGION_GBE, false, mk_span_of(large, 0x2001)}, MK_E_UNFIT},
        {"good-full-me8", {MK_REGION_GBE, false, mk_span_of(large, 0)}, MK_E_EMPTY},
        {"good-full-me8", {MK_REGION_PD, false, mk_span_of(large, 1)}, MK_E_UNFIT},
        {"good-full-me8", {MK_REGION_PTT, false, mk_span_of(large, 1)}, MK_E_UNFIT},
        {"good-full-me8", {MK_REGION_FD, true, mk_span_of(large, 0)}, MK_E_UNFIT},
        {"good-full-me8", {MK_REGION_FD, false, mk_span_of(large, 0x1000)}, MK_E_UNFIT},
        {"good-x230-bottom", {MK_REGION_BIOS, true, mk_span_of(large, 0)}, MK_E_TRUNCATED},
        {"good-me8", {MK_REGION_ME, true, mk_span_of(large, 0)}, MK_E_NO_DESCRIPTOR},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mk_span out;
        struct forged_image f;
        cr_assert_eq(insert(rows[i].recipe, rows[i].part, false, &out, &f), rows[i].code, "row %zu",
                     i);
        forged_close(&f);
    }
}

Test(set, values_by_platform) {
    static const struct mk_strap_value strap = {250, 1};
    const struct {
        const char *recipe;
        struct mk_set_options o;
        enum mk_code code;
    } rows[] = {
        {"good-ifd-x230", {.density = {0x1000000, 0}}, MK_OK},
        {"good-ifd-x230", {.density = {0x2000000, 0}}, MK_E_UNFIT},
        {"good-ifd-x230", {.density = {0, MK_DENSITY_NONE}}, MK_E_UNFIT},
        {"good-ifd-x230", {.density = {0x80000, 0x80000}}, MK_E_UNFIT},
        {"good-ifd-x230", {.spi_clock = 50}, MK_OK},
        {"good-ifd-x230", {.spi_clock = 14}, MK_E_UNFIT},
        {"good-ifd-tgl", {.spi_clock = 14}, MK_OK},
        {"good-ifd-tgl", {.spi_clock = 20}, MK_E_UNFIT},
        {"good-ifd-jsl", {.spi_clock = 33}, MK_E_PLATFORM},
        {"good-ifd-jsl", {.em100 = true}, MK_OK},
        {"good-ifd-x230", {.straps = &strap, .n_straps = 1}, MK_E_UNFIT},
        {"good-ifd-x230", {.chips = 3}, MK_E_USAGE},
        {"good-ifd-x230", {.chips = 0}, MK_E_USAGE},
        {"good-me8", {.em100 = true}, MK_E_NO_DESCRIPTOR},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct forged_image f = forged_open(rows[i].recipe);
        struct mk_plan plan;
        struct mk_error e = {0};
        mk_plan_start(&plan, f.image.bytes);
        bool done = mk_set_plan(&f.image, &rows[i].o, &plan, &e) && mk_plan_close(&plan, &e);
        cr_assert_eq(done ? MK_OK : e.code, rows[i].code, "row %zu: %s", i, e.what);
        mk_plan_free(&plan);
        forged_close(&f);
    }
}
