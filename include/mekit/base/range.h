/* SPDX-License-Identifier: MIT */
/* A set of byte ranges [start, end), such as the bytes to keep or to wipe.
 *
 * Adding is cheap and keeps no order; mk_ranges_settle sorts and merges once (O(n log n)). Every
 * function below that reads a set settles it first. The set owns its memory: start with {0}, end
 * with mk_ranges_free. */
#ifndef MEKIT_BASE_RANGE_H
#define MEKIT_BASE_RANGE_H

#include <mekit/base/api.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

MK_BEGIN_DECLS

struct mk_range {
    uint64_t start, end;
};

struct mk_ranges {
    struct mk_range *r;
    size_t n, capacity;
    bool settled; /* sorted, disjoint, none empty, none touching the next */
};

/* An empty or inverted range adds nothing. False: no memory; the set is unchanged. */
bool mk_ranges_add(struct mk_ranges *set, uint64_t start, uint64_t end);
bool mk_ranges_join(struct mk_ranges *set, const struct mk_ranges *other);

/* Removes other from set. False: no memory; the set is unchanged. */
bool mk_ranges_subtract(struct mk_ranges *set, struct mk_ranges *other);

/* Keeps only the part of set that lies in [start, end). */
void mk_ranges_clip(struct mk_ranges *set, uint64_t start, uint64_t end);

void mk_ranges_settle(struct mk_ranges *set);

/* True if any byte of [start, end) is in the set. */
bool mk_ranges_meet(struct mk_ranges *set, uint64_t start, uint64_t end);

/* The end of the highest range (0 for an empty set), and the number of bytes in the set. */
uint64_t mk_ranges_end(struct mk_ranges *set);
uint64_t mk_ranges_size(struct mk_ranges *set);

void mk_ranges_free(struct mk_ranges *set);

MK_END_DECLS

#endif
