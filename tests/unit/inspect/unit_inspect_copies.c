/* SPDX-License-Identifier: MIT */
#include "inspect/inspected.h"

TestSuite(copies, .fini = check_leaks);

Test(copies, stock_image_has_no_copy) {
    static const char *const recipes[] = {"good-x230-12m", "good-x230-bottom", "good-me11"};
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct inspected s;
        inspected_open(&s, recipes[i]);
        cr_assert_not(inspected_has(&s, MK_FINDING_COPIES), "%s", recipes[i]);
        inspected_close(&s);
    }
}

Test(copies, second_me_is_found_only_if_it_is_real) {
    struct inspected s;
    inspected_open(&s, "good-full-me8");
    uint64_t bios = s.image.descriptor.regions[MK_REGION_BIOS].start;
    mk_buffer_put(s.bytes, bios + 0x100, "$FPT\xFF\xFF\xFF\xFF$MN2", 12);
    inspected_again(&s);
    cr_assert_not(inspected_has(&s, MK_FINDING_COPIES));
    mk_buffer_put(s.bytes, bios + 0x800, s.image.region.p, 0x400);
    inspected_again(&s);
    const struct mk_finding *f = mk_finding_find(&s.seen.findings, MK_FINDING_COPIES);
    cr_assert(f && f->offset == bios + 0x810);
    inspected_close(&s);
}
