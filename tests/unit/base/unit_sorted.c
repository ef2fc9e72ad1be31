/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/sorted.h>

TestSuite(sorted, .fini = check_leaks);

Test(sorted, finds_the_next_larger) {
    uint32_t n[] = {30, 10, 20, 20, UINT32_MAX};
    mk_sorted_sort(n, 5);
    cr_assert_eq(mk_sorted_above(n, 5, 20), 3);
    cr_assert_eq(mk_sorted_not_below(n, 5, 20), 1);
    cr_assert_eq(mk_sorted_above(n, 5, UINT32_MAX), 5);
    cr_assert_eq(mk_sorted_above(n, 0, 1), 0);
}

Test(sorted, two_are_sorted_and_one_stays) {
    uint32_t n[] = {UINT32_MAX, 0, 7};
    mk_sorted_sort(n, 2);
    cr_assert(n[0] == 0 && n[1] == UINT32_MAX && n[2] == 7);
    mk_sorted_sort(n + 2, 1);
    mk_sorted_sort(NULL, 0);
    cr_assert_eq(n[2], 7);
}

/* Tries every list of up to six numbers below four with every value. */
Test(sorted, agrees_with_counting) {
    for (unsigned code = 0; code < 4096; code++)
        for (size_t size = 0; size <= 6; size++) {
            uint32_t n[6];
            for (size_t i = 0; i < size; i++)
                n[i] = code >> 2 * i & 3;
            mk_sorted_sort(n, size);
            for (uint64_t value = 0; value < 5; value++) {
                size_t below = 0, not_above = 0;
                for (size_t i = 0; i < size; i++) {
                    cr_assert(i == 0 || n[i - 1] <= n[i]);
                    below += n[i] < value;
                    not_above += n[i] <= value;
                }
                cr_assert_eq(mk_sorted_not_below(n, size, value), below);
                cr_assert_eq(mk_sorted_above(n, size, value), not_above);
            }
        }
}

Test(sorted, no_number_is_above_the_largest_of_all) {
    uint32_t n[] = {1, UINT32_MAX};
    cr_assert_eq(mk_sorted_above(n, 2, UINT32_MAX), 2);
    cr_assert_eq(mk_sorted_above(n, 2, UINT64_MAX), 2);
    cr_assert_eq(mk_sorted_not_below(n, 2, UINT64_MAX), 2);
}
