/* SPDX-License-Identifier: MIT */
#include "patched.h"

#include <mekit/action/minimum.h>
#include <mekit/action/soft_disable.h>
#include <mekit/action/strip.h>

TestSuite(descriptor_edit, .fini = check_leaks);

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum job { SET_STRAP, RESTRICT_ME, SHRINK_ME };

static bool plan_job(enum job job, const struct mk_image *image, struct mk_plan *plan,
                     struct mk_error *e) {
    static const struct mk_strip_options restrict_me = {.soft_disable_only = true,
                                                        .descriptor = true};
    switch (job) {
    case SET_STRAP:
        return mk_soft_disable_plan(image, true, plan, e);
    case RESTRICT_ME:
        return mk_strip_plan(image, &restrict_me, plan, e);
    case SHRINK_ME:
        return mk_resize_regions(image, 0x10000, plan, e);
    }
    return false;
}

/* Every edit of a descriptor also changes an equal second one, but not a different one. */
Test(descriptor_edit, second_descriptor_follows) {
    static const struct {
        const char *recipe;
        bool both;
    } recipes[] = {{"good-ifd-mtl", true}, {"good-mtl-differs", false}, {"good-mtl-single", false}};
    for (size_t i = 0; i < COUNT(recipes); i++)
        for (enum job job = SET_STRAP; job <= SHRINK_ME; job++) {
            struct forged_image f = forged_open(recipes[i].recipe);
            struct mk_plan plan;
            struct mk_error e = {0};
            size_t first = 0, second = 0;
            mk_plan_start(&plan, f.image.bytes);
            cr_assert(plan_job(job, &f.image, &plan, &e) && mk_plan_close(&plan, &e), "%s", e.what);
            for (size_t k = 0; k < plan.n_edits; k++) {
                first += plan.edits[k].offset < 0x1000;
                second += plan.edits[k].offset >= 0x1000;
            }
            cr_assert_gt(first, 0);
            cr_assert_eq(second, recipes[i].both ? first : 0, "%s", recipes[i].recipe);
            mk_plan_free(&plan);
            forged_close(&f);
        }
}

/* Set and clear change only the right strap: a stray bit stays. */
Test(descriptor_edit, stray_bit_stays) {
    static const struct {
        const char *recipe;
        struct patch patch;
        uint32_t stray, right;
    } rows[] = {
        {"good-strap-elsewhere", {0}, 0x100, 0x170},
        {"good-ifd-cnl-h", {0x170, 4, 0x00010000}, 0x170, 0x180},
        {"good-ifd-tgl-h", {0x17C, 4, 0x00010000}, 0x17C, 0x194},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        for (unsigned set = 0; set < 2; set++) {
            struct forged_image f = {.b = forged(rows[i].recipe)};
            struct mk_plan plan;
            struct mk_error e = {0};
            patch(f.b, &rows[i].patch, 1);
            if (!set)
                mk_buffer_uint(f.b, rows[i].right + 2, 1, 1);
            forged_read(&f);
            mk_plan_start(&plan, f.image.bytes);
            cr_assert(mk_soft_disable_plan(&f.image, set, &plan, &e) && mk_plan_close(&plan, &e));
            cr_assert_eq(plan.n_edits, 1, "row %zu", i);
            cr_assert_eq(plan.edits[0].offset, rows[i].right, "row %zu", i);
            mk_plan_free(&plan);
            forged_close(&f);
        }
}
