/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/arith.h>
#include <stdlib.h>

TestSuite(arith, .fini = check_leaks);

Test(arith, knows_when_it_does_not_fit) {
    uint64_t out = 5;
    cr_assert_not(mk_add(UINT64_MAX, 1, &out));
    cr_assert_not(mk_mul(UINT64_MAX / 2, 3, &out));
    cr_assert_eq(out, 5);
    cr_assert(mk_add(UINT64_MAX, 0, &out));
    cr_assert(mk_mul(0, UINT64_MAX, &out));
    cr_assert_eq(out, 0);
    cr_assert_eq(mk_align(0x401, 0x20), 0x420);
    cr_assert_eq(mk_align(0x400, 0x20), 0x400);
    cr_assert_eq(mk_align(UINT64_MAX, 0x20), UINT64_MAX - 0x1F);
}

Test(arith, sums_and_products_up_to_the_last) {
    uint64_t out = 5;
    cr_assert(mk_add(UINT64_MAX - 3, 3, &out));
    cr_assert_eq(out, UINT64_MAX);
    cr_assert_not(mk_add(3, UINT64_MAX - 2, &out));
    cr_assert(mk_add(2, 3, &out));
    cr_assert_eq(out, 5);
    cr_assert(mk_mul(7, 6, &out));
    cr_assert_eq(out, 42);
    cr_assert(mk_mul(3, UINT64_MAX / 3, &out), "the largest product");
    cr_assert_eq(out, UINT64_MAX);
    cr_assert_not(mk_mul(3, UINT64_MAX / 3 + 1, &out));
    cr_assert_not(mk_mul(UINT64_C(1) << 32, UINT64_C(1) << 32, &out));
    cr_assert_eq(out, UINT64_MAX);
    cr_assert(mk_mul(1, UINT64_MAX, &out) && mk_mul(UINT64_MAX, 1, &out));
    cr_assert(mk_mul(UINT64_MAX, 0, &out));
    cr_assert_eq(out, 0);
}

Test(arith, a_block_is_resized_only_if_the_product_fits) {
    char *place = mk_resize(NULL, 3, 5);
    cr_assert(place);
    place[14] = 'x';
    cr_assert_null(mk_resize(place, SIZE_MAX / 4 + 2, 4), "the product is 4 again");
    cr_assert_null(mk_resize(place, 4, SIZE_MAX / 4 + 2));
    cr_assert_null(mk_resize(place, 0, 4));
    cr_assert_null(mk_resize(place, 4, 0));
    cr_assert_eq(place[14], 'x', "the old place stays");
    place = mk_resize(place, 20000, 1);
    cr_assert(place && place[14] == 'x');
    free(place);
}

Test(arith, aligns_up) {
    for (uint64_t align = 1; align <= 0x1000; align *= 2)
        for (uint64_t value = 0; value < 40; value++) {
            uint64_t up = mk_align(value, align);
            cr_assert(up >= value && up - value < align && up % align == 0, "%u to %u",
                      (unsigned)value, (unsigned)align);
        }
    cr_assert_eq(mk_align(UINT64_MAX - 0x1F, 0x20), UINT64_MAX - 0x1F);
    cr_assert_eq(mk_align(UINT64_MAX - 0x1E, 0x20), UINT64_MAX - 0x1F, "it saturates");
}

Test(arith, the_smaller_and_the_larger) {
    cr_assert(mk_min(1, 2) == 1 && mk_min(2, 1) == 1 && mk_min(2, 2) == 2);
    cr_assert(mk_max(1, 2) == 2 && mk_max(2, 1) == 2 && mk_max(2, 2) == 2);
}
