/* SPDX-License-Identifier: MIT */
/* Arithmetic of sizes that detects overflow. */
#ifndef MEKIT_BASE_ARITH_H
#define MEKIT_BASE_ARITH_H

#include <mekit/base/api.h>

#include <stddef.h>
#include <stdint.h>

MK_BEGIN_DECLS

/* realloc for n items of size bytes; neither may be 0. NULL: the product overflows, or no memory;
 * the old block stays valid. */
void *mk_resize(void *place, size_t n, size_t size);

/* Rounds value up to a multiple of align (a power of two). Saturates at the largest multiple. */
uint64_t mk_align(uint64_t value, uint64_t align);

uint64_t mk_min(uint64_t a, uint64_t b);
uint64_t mk_max(uint64_t a, uint64_t b);

MK_END_DECLS

#endif
