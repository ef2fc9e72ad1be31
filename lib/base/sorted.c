/* SPDX-License-Identifier: MIT */
#include <mekit/base/sorted.h>

#include <stdlib.h>

static int by_value(const void *a, const void *b) {
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

void mk_sorted_sort(uint32_t *numbers, size_t n) {
    if (n > 1)
        qsort(numbers, n, sizeof *numbers, by_value);
}

size_t mk_sorted_not_below(const uint32_t *numbers, size_t n, uint64_t value) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (numbers[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t mk_sorted_above(const uint32_t *numbers, size_t n, uint64_t value) {
    return value < UINT32_MAX ? mk_sorted_not_below(numbers, n, value + 1) : n;
}
