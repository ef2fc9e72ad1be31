/* SPDX-License-Identifier: MIT */
#include <mekit/base/arith.h>

#include <stdbool.h>
#include <stdlib.h>

static bool add(uint64_t a, uint64_t b, uint64_t *out) {
    if (b > UINT64_MAX - a)
        return false;
    *out = a + b;
    return true;
}

static bool multiply(uint64_t a, uint64_t b, uint64_t *out) {
    if (a != 0 && b > UINT64_MAX / a)
        return false;
    *out = a * b;
    return true;
}

void *mk_resize(void *place, size_t n, size_t size) {
    uint64_t product;
    return multiply(n, size, &product) && product > 0 && (size_t)product == product
               ? realloc(place, (size_t)product)
               : NULL;
}

uint64_t mk_align(uint64_t value, uint64_t align) {
    uint64_t up;
    if (!add(value, align - 1, &up))
        up = UINT64_MAX;
    return up & ~(align - 1);
}

uint64_t mk_min(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

uint64_t mk_max(uint64_t a, uint64_t b) {
    return a > b ? a : b;
}
