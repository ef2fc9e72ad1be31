/* SPDX-License-Identifier: MIT */
/* Sorted offsets: whatever begins at one ends at the next larger one. */
#ifndef MEKIT_BASE_SORTED_H
#define MEKIT_BASE_SORTED_H

#include <mekit/base/api.h>

#include <stddef.h>
#include <stdint.h>

MK_BEGIN_DECLS

void mk_sorted_sort(uint32_t *numbers, size_t n);

/* Index of the first number that is above (or not below) value; n if there is none. numbers must be
 * sorted. */
size_t mk_sorted_above(const uint32_t *numbers, size_t n, uint64_t value);
size_t mk_sorted_not_below(const uint32_t *numbers, size_t n, uint64_t value);

MK_END_DECLS

#endif
