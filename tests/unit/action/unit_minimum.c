/* SPDX-License-Identifier: MIT */
/* The minimum size of an ME region, and the descriptor's regions for that size. */
#include "patched.h"

#include <mekit/action/minimum.h>
#include <mekit/action/relocate.h>
#include <mekit/action/seal.h>
#include <mekit/action/strip.h>
#include <mekit/image/extent.h>

TestSuite(minimum, .fini = check_leaks);

/* ---- the minimum size ---- */

static const struct {
    const char *what, *recipe;
    struct patch patch;
    enum mk_code code;
    uint64_t size; /* or the offset of the error */
} sizes[] = {
    {"ME 8", "good-me8-big", {0}, MK_OK, 0x182000},
    {"no region", "unsupported-update", {0}, MK_OK, 0x5000},
    {"no firmware", "good-full-me-erased", {0}, MK_OK, 0x9000},
    {"generation 1", "unsupported-me4", {0}, MK_OK, 0x8000},
    {"no boot partition", "good-me8", {0xF0, 4, 0x58585858}, MK_E_NO_OPERATION, 0},
    {"a boot partition that is cut off", "bad-region-cut", {0}, MK_E_TRUNCATED, 0x6000},
};

Test(minimum, the_smallest_region) {
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct forged_image f = {.b = forged(sizes[i].recipe)};
        struct mk_error e = {0};
        uint64_t size = 0;
        patch(f.b, &sizes[i].patch, 1);
        forged_read(&f);
        bool found = mk_minimum_size(&f.image, &size, &e);
        cr_expect_eq(found, sizes[i].code == MK_OK, "%s", sizes[i].what);
        cr_expect_eq(e.code, sizes[i].code, "%s: %s", sizes[i].what, e.what);
        cr_expect_eq(found ? size : e.offset, sizes[i].size, "%s: 0x%x", sizes[i].what,
                     (unsigned)(found ? size : e.offset));
        forged_close(&f);
    }
}

/* The tail of the partition is FF, as after a strip. */
Test(minimum, boot_code_that_is_cut_off) {
    static const char *const recipes[] = {"good-me11", "good-me11-overlap"};
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct forged_image f = forged_open(recipes[i]);
        struct mk_ranges kept = {0};
        struct mk_error e = {0};
        uint64_t size;
        cr_assert(mk_essential_extents(f.image.firmware.boot, &kept));
        f.b.n = (size_t)mk_ranges_end(&kept) - 0x80;
        cr_assert(mk_buffer_fill(f.b, f.b.n - 0x1000, 0x1000, 0xFF));
        forged_again(&f);
        cr_assert_not(mk_minimum_size(&f.image, &size, &e), "%s", recipes[i]);
        cr_assert(e.code == MK_E_TRUNCATED && strstr(e.what, "needed to boot"), "%s: %s",
                  recipes[i], e.what);
        mk_ranges_free(&kept);
        forged_close(&f);
    }
}

/* An image without a minimum size gets no remark on it. */
Test(minimum, remarks_on_the_smallest_region) {
    static const struct {
        const char *recipe;
        size_t n;
    } remarks[] = {{"good-me8", 1},
                   {"good-full-me-erased", 0},
                   {"bad-fpt-ftpr-name", 0},
                   {"bad-region-cut", 0},
                   {"bad-cpd-no-manifest", 1}};
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++) {
        struct forged_image f = forged_open(remarks[i].recipe);
        struct mk_plan plan;
        mk_plan_start(&plan, f.image.bytes);
        cr_expect(mk_minimum_remark(&f.image, &plan, NULL), "%s", remarks[i].recipe);
        cr_expect_eq(plan.n_remarks, remarks[i].n, "%s: %zu", remarks[i].recipe, plan.n_remarks);
        mk_plan_free(&plan);
        forged_close(&f);
    }
}

/* ---- regions are resized, or an error says why not ---- */

#define FLREG(i) (0x40u + 4 * (i))

static const struct {
    const char *what, *recipe;
    struct patch patch;
    uint64_t size;
    enum mk_code code;
    const char *why;
    size_t edits;
} regions[] = {
    {"the size that it has", "good-full-me8", {0}, 0xC000, MK_OK, NULL, 0},
    {"half of it", "good-full-me8", {0}, 0x6000, MK_OK, NULL, 2},
    {"no BIOS", "good-full-me8", {FLREG(1), 4, 0x00007FFF}, 0x6000, MK_E_REGIONS, "no BIOS", 0},
    {"BIOS elsewhere", "good-full-gbe-between", {0}, 0x6000, MK_E_REGIONS, "begins at 0xc000", 0},
    {"GbE in the tail", "good-full-me8", {FLREG(3), 4, 0x000A0009}, 0x6000, MK_E_REGIONS, "gbe", 0},
    {"GbE in what stays", "good-full-me8", {FLREG(3), 4, 0x00080008}, 0x6000, MK_OK, NULL, 2},
    {"PDR in the tail", "good-full-me8", {FLREG(4), 4, 0x000E000E}, 0x6000, MK_E_REGIONS, "pd", 0},
};

Test(minimum, regions_are_shifted_or_stay) {
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        struct forged_image f = {.b = forged(regions[i].recipe)};
        struct mk_plan plan;
        struct mk_error e = {0};
        patch(f.b, &regions[i].patch, 1);
        forged_read(&f);
        mk_plan_start(&plan, f.image.bytes);
        cr_expect_eq(mk_resize_regions(&f.image, regions[i].size, &plan, &e),
                     regions[i].code == MK_OK, "%s", regions[i].what);
        cr_expect_eq(e.code, regions[i].code, "%s: %s", regions[i].what, e.what);
        cr_expect(!regions[i].why || strstr(e.what, regions[i].why), "%s", e.what);
        cr_expect(mk_plan_close(&plan, NULL));
        cr_expect_eq(plan.n_edits, regions[i].edits, "%s", regions[i].what);
        mk_plan_free(&plan);
        forged_close(&f);
    }
}

/* ---- a region that was shrunk keeps FTPR where it is ---- */

static size_t carry_out(struct forged_image *f, bool strip) {
    const struct mk_strip_options keep = {.keep.text = "GLUT"};
    const struct mk_relocate_options reclaim = {.reclaim = true};
    struct mk_plan plan;
    struct mk_span out;
    struct mk_error e = {0};
    mk_plan_start(&plan, f->image.bytes);
    cr_assert(strip ? mk_strip_plan(&f->image, &keep, &plan, &e)
                    : mk_relocate_plan(&f->image, &reclaim, &plan, &e),
              "%s", e.what);
    cr_assert(mk_plan_close(&plan, &e) && mk_plan_apply(&plan, f->b, &out, &e), "%s", e.what);
    size_t edits = plan.n_edits;
    mk_plan_free(&plan);
    forged_again(f);
    return edits;
}

/* Below GLUT there is no place for the whole FTPR, but there is one for the part in the smaller
 * region. */
Test(minimum, a_second_run_changes_nothing) {
    static const struct patch glut = {0x30D8, 8, 0x0005300000040000};
    struct forged_image f = {.b = forged("good-x230-12m")};
    patch(f.b, &glut, 1);
    forged_read(&f);
    uint64_t start = f.image.firmware.boot->start;
    cr_assert_gt(carry_out(&f, true), 0);
    cr_assert_eq(carry_out(&f, false), 2);
    cr_assert_eq(f.image.firmware.boot->start, start);
    cr_assert_lt(f.image.firmware.boot->end - start, f.image.firmware.boot->size);
    cr_assert_eq(carry_out(&f, false), 0);
    forged_close(&f);
}

/* ---- the signature in an output ---- */

Test(minimum, the_signature_is_checked_for_its_remark) {
    static const struct {
        const char *recipe, *text;
    } rows[] = {{"good-me8", "the signature of FTPR is valid"},
                {"bad-signature", "the signature of FTPR is invalid"},
                {"good-full-me-erased", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forged_image f = forged_open(rows[i].recipe);
        struct mk_plan plan;
        struct mk_error e = {0};
        mk_plan_start(&plan, f.image.bytes);
        cr_assert(mk_signature_remark(&f.image, &plan, &e));
        cr_assert_eq(plan.n_remarks, rows[i].text != NULL);
        cr_assert(!rows[i].text || strcmp(plan.remarks[0].text, rows[i].text) == 0);
        mk_plan_free(&plan);
        forged_close(&f);
    }
}
