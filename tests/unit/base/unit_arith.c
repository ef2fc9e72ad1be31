/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/arith.h>
#include <stdlib.h>

TestSuite(arith, .fini = check_leaks);

Test(arith, a_block_is_resized_only_if_the_product_fits) {
    char *place = mk_resize(NULL, 3, 5);
    cr_assert(place);
    place[14] = 'x';
    cr_assert_null(mk_resize(place, SIZE_MAX / 4 + 2, 4), "the product is 4 again");
    cr_assert_null(mk_resize(place, 4, SIZE_MAX / 4 + 2));
    cr_assert_null(
        mk_resize(place, (size_t)1 << (4 * sizeof(size_t)), (size_t)1 << (4 * sizeof(size_t))),
        "the product is 0 again");
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
    cr_assert_eq(mk_align(UINT64_MAX, 0x20), UINT64_MAX - 0x1F);
    cr_assert_eq(mk_align(UINT64_MAX, 1), UINT64_MAX);
}

Test(arith, the_smaller_and_the_larger) {
    cr_assert(mk_min(1, 2) == 1 && mk_min(2, 1) == 1 && mk_min(2, 2) == 2);
    cr_assert(mk_max(1, 2) == 2 && mk_max(2, 1) == 2 && mk_max(2, 2) == 2);
}
