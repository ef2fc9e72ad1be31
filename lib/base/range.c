/* SPDX-License-Identifier: MIT */
#include <mekit/base/arith.h>
#include <mekit/base/range.h>

#include <stdlib.h>

static bool reserve(struct mk_ranges *set, size_t more) {
    if (more <= set->capacity - set->n)
        return true;
    size_t capacity = set->capacity ? set->capacity * 2 : 16;
    if (capacity - set->n < more)
        capacity = set->n + more;
    struct mk_range *r = mk_resize(set->r, capacity, sizeof *r);
    if (!r)
        return false;
    set->r = r;
    set->capacity = capacity;
    return true;
}

bool mk_ranges_add(struct mk_ranges *set, uint64_t start, uint64_t end) {
    if (start >= end)
        return true;
    if (!reserve(set, 1))
        return false;
    set->r[set->n++] = (struct mk_range){start, end};
    set->settled = false;
    return true;
}

bool mk_ranges_join(struct mk_ranges *set, const struct mk_ranges *other) {
    if (!reserve(set, other->n))
        return false;
    for (size_t i = 0; i < other->n; i++)
        set->r[set->n++] = other->r[i];
    set->settled = false;
    return true;
}

static int by_start(const void *a, const void *b) {
    const struct mk_range *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

void mk_ranges_settle(struct mk_ranges *set) {
    if (set->settled || set->n == 0)
        return;
    qsort(set->r, set->n, sizeof *set->r, by_start);
    size_t last = 0;
    for (size_t i = 1; i < set->n; i++) {
        if (set->r[i].start <= set->r[last].end)
            set->r[last].end = mk_max(set->r[last].end, set->r[i].end);
        else
            set->r[++last] = set->r[i];
    }
    set->n = last + 1;
    set->settled = true;
}

/* Adds the parts of one range that no range of cut covers to out. cut is settled; *first only
 * grows. */
static bool subtract_one(struct mk_range range, const struct mk_ranges *cut, size_t *first,
                         struct mk_ranges *out) {
    while (*first < cut->n && cut->r[*first].end <= range.start)
        ++*first;
    for (size_t i = *first; i < cut->n && cut->r[i].start < range.end; i++) {
        if (!mk_ranges_add(out, range.start, mk_min(cut->r[i].start, range.end)))
            return false;
        range.start = mk_max(range.start, cut->r[i].end);
    }
    return mk_ranges_add(out, range.start, range.end);
}

bool mk_ranges_subtract(struct mk_ranges *set, struct mk_ranges *other) {
    mk_ranges_settle(set);
    mk_ranges_settle(other);
    struct mk_ranges out = {0};
    size_t first = 0;
    for (size_t i = 0; i < set->n; i++) {
        if (!subtract_one(set->r[i], other, &first, &out)) {
            mk_ranges_free(&out);
            return false;
        }
    }
    mk_ranges_settle(&out);
    mk_ranges_free(set);
    *set = out;
    return true;
}

void mk_ranges_clip(struct mk_ranges *set, uint64_t start, uint64_t end) {
    size_t kept = 0;
    for (size_t i = 0; i < set->n; i++) {
        struct mk_range r = {mk_max(set->r[i].start, start), mk_min(set->r[i].end, end)};
        if (r.start < r.end)
            set->r[kept++] = r;
    }
    set->n = kept;
}

bool mk_ranges_meet(struct mk_ranges *set, uint64_t start, uint64_t end) {
    mk_ranges_settle(set);
    size_t low = 0, high = set->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->r[middle].end <= start)
            low = middle + 1;
        else
            high = middle;
    }
    return start < end && low < set->n && set->r[low].start < end;
}

uint64_t mk_ranges_end(struct mk_ranges *set) {
    mk_ranges_settle(set);
    return set->n ? set->r[set->n - 1].end : 0;
}

uint64_t mk_ranges_size(struct mk_ranges *set) {
    uint64_t size = 0;
    mk_ranges_settle(set);
    for (size_t i = 0; i < set->n; i++)
        size += set->r[i].end - set->r[i].start;
    return size;
}

void mk_ranges_free(struct mk_ranges *set) {
    free(set->r);
    *set = (struct mk_ranges){0};
}
