/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/range.h>
#include <stdlib.h>
#include <string.h>

TestSuite(ranges, .fini = check_leaks);

static struct mk_ranges of(size_t n, const uint64_t pairs[][2]) {
    struct mk_ranges set = {0};
    for (size_t i = 0; i < n; i++)
        cr_assert(mk_ranges_add(&set, pairs[i][0], pairs[i][1]));
    return set;
}

static void expect(struct mk_ranges *set, size_t n, const uint64_t pairs[][2]) {
    mk_ranges_settle(set);
    cr_assert_eq(set->n, n, "%zu ranges, not %zu", set->n, n);
    for (size_t i = 0; i < n; i++) {
        cr_assert_eq(set->r[i].start, pairs[i][0]);
        cr_assert_eq(set->r[i].end, pairs[i][1]);
    }
    mk_ranges_free(set);
}

Test(ranges, merge_when_they_touch_or_overlap) {
    struct mk_ranges set =
        of(5, (const uint64_t[][2]){{30, 40}, {10, 20}, {20, 25}, {35, 50}, {7, 7}});
    expect(&set, 2, (const uint64_t[][2]){{10, 25}, {30, 50}});
}

Test(ranges, empty_and_inverted_add_nothing) {
    struct mk_ranges set = of(2, (const uint64_t[][2]){{5, 5}, {9, 3}});
    cr_assert_eq(mk_ranges_end(&set), 0);
    cr_assert_eq(mk_ranges_size(&set), 0);
    cr_assert_not(mk_ranges_meet(&set, 0, UINT64_MAX));
}

Test(ranges, subtract_splits) {
    struct mk_ranges set = of(2, (const uint64_t[][2]){{0, 100}, {200, 300}});
    struct mk_ranges cut =
        of(4, (const uint64_t[][2]){{10, 20}, {90, 210}, {250, 260}, {300, 400}});
    cr_assert(mk_ranges_subtract(&set, &cut));
    mk_ranges_free(&cut);
    expect(&set, 4, (const uint64_t[][2]){{0, 10}, {20, 90}, {210, 250}, {260, 300}});
}

Test(ranges, clip_and_meet) {
    struct mk_ranges set = of(2, (const uint64_t[][2]){{0, 100}, {200, 300}});
    cr_assert(mk_ranges_meet(&set, 99, 150));
    cr_assert_not(mk_ranges_meet(&set, 100, 200));
    cr_assert_not(mk_ranges_meet(&set, 250, 250));
    mk_ranges_clip(&set, 50, 250);
    cr_assert_eq(mk_ranges_size(&set), 100);
    expect(&set, 2, (const uint64_t[][2]){{50, 100}, {200, 250}});
}

/* Compares seeded random sets with a map of bytes. */
Test(ranges, agree_with_a_map_of_bytes) {
    enum { ROOM = 200, ROUNDS = 300 };
    srand(7);
    for (int round = 0; round < ROUNDS; round++) {
        bool map[ROOM] = {false};
        struct mk_ranges set = {0}, cut = {0};
        for (int i = 0; i < 6; i++) {
            unsigned start = (unsigned)rand() % ROOM,
                     end = start + (unsigned)rand() % (ROOM - start);
            cr_assert(mk_ranges_add(&set, start, end));
            memset(map + start, true, end - start);
        }
        for (int i = 0; i < 6; i++) {
            unsigned start = (unsigned)rand() % ROOM,
                     end = start + (unsigned)rand() % (ROOM - start) / 3;
            cr_assert(mk_ranges_add(&cut, start, end));
            memset(map + start, false, end - start);
        }
        cr_assert(mk_ranges_subtract(&set, &cut));
        uint64_t size = 0;
        for (unsigned i = 0; i < ROOM; i++) {
            size += map[i];
            cr_assert_eq(mk_ranges_meet(&set, i, i + 1), map[i], "round %d, byte %u", round, i);
        }
        cr_assert_eq(mk_ranges_size(&set), size);
        mk_ranges_free(&set);
        mk_ranges_free(&cut);
    }
}

/* The memory grows with the set, neither too late nor at each step. */
Test(ranges, any_number_of_them) {
    struct mk_ranges set = {0}, all = {0};
    unsigned steps = 0;
    for (uint64_t i = 0; i < 1000; i++) {
        size_t before = set.capacity;
        cr_assert(mk_ranges_add(&set, 10 * i, 10 * i + 3));
        steps += set.capacity != before;
        cr_assert(set.n == i + 1 && set.capacity >= set.n && set.capacity <= 2 * set.n + 16);
    }
    cr_assert_leq(steps, 10);
    cr_assert_eq(mk_ranges_size(&set), 3000);
    cr_assert_eq(mk_ranges_end(&set), 9993);
    cr_assert(mk_ranges_join(&all, &set));
    cr_assert(all.n == 1000 && all.capacity >= 1000);
    cr_assert(mk_ranges_add(&all, 3, 10) && mk_ranges_join(&all, &set) && all.capacity >= 2001);
    cr_assert_eq(mk_ranges_size(&all), 3007, "joined twice, counted once");
    mk_ranges_free(&set);
    cr_assert(!set.r && set.n == 0 && set.capacity == 0 && !set.settled);
    cr_assert(mk_ranges_add(&set, 1, 2), "a freed set can be used again");
    mk_ranges_free(&set);
    mk_ranges_free(&all);
}

Test(ranges, a_full_set_takes_a_larger_one) {
    struct mk_ranges set = {0}, other = {0};
    for (uint64_t i = 0; i < 16; i++)
        cr_assert(mk_ranges_add(&set, 10 * i, 10 * i + 5));
    for (uint64_t i = 16; i < 56; i++)
        cr_assert(mk_ranges_add(&other, 10 * i, 10 * i + 5));
    cr_assert(mk_ranges_join(&set, &other));
    cr_assert(set.n == 56 && set.capacity >= 56);
    cr_assert_eq(mk_ranges_size(&set), 280);
    mk_ranges_free(&other);
    mk_ranges_free(&set);
}

Test(ranges, what_was_added_last_counts_too) {
    struct mk_ranges set = of(2, (const uint64_t[][2]){{50, 60}, {10, 20}});
    cr_assert_eq(mk_ranges_end(&set), 60);
    cr_assert(mk_ranges_add(&set, 15, 30));
    cr_assert_eq(mk_ranges_size(&set), 30, "a settled set was added to");
    struct mk_ranges more = of(1, (const uint64_t[][2]){{0, 12}});
    cr_assert(mk_ranges_join(&set, &more));
    cr_assert(mk_ranges_meet(&set, 0, 1), "a settled set was joined to");
    mk_ranges_free(&more);
    mk_ranges_free(&set);
}

/* Each set gets only one call, so that no other call has settled it. */
Test(ranges, readers_settle_by_themselves) {
    static const uint64_t pairs[][2] = {{40, 50}, {30, 45}, {0, 5}};
    struct mk_ranges a = of(3, pairs), b = of(3, pairs), c = of(3, pairs);
    cr_assert(mk_ranges_meet(&a, 4, 5));
    cr_assert_eq(mk_ranges_end(&b), 50);
    cr_assert_eq(mk_ranges_size(&c), 25);
    mk_ranges_free(&a);
    mk_ranges_free(&b);
    mk_ranges_free(&c);
}

Test(ranges, a_clip_leaves_no_empty_range) {
    struct mk_ranges set = of(3, (const uint64_t[][2]){{0, 10}, {5, 20}, {30, 40}});
    cr_assert_eq(mk_ranges_size(&set), 30);
    mk_ranges_clip(&set, 0, 100);
    cr_assert_eq(mk_ranges_size(&set), 30, "what was merged does not come back");
    mk_ranges_clip(&set, 20, 30);
    cr_assert(set.n == 0 && mk_ranges_end(&set) == 0);
    mk_ranges_free(&set);
}

/* As many ranges as the first block holds: no memory follows the last one. */
Test(ranges, all_that_is_subtracted_lies_before) {
    struct mk_ranges set = of(1, (const uint64_t[][2]){{1000, 2000}}), cut = {0};
    for (uint64_t i = 0; i < 16; i++)
        cr_assert(mk_ranges_add(&cut, 10 * i, 10 * i + 5));
    cr_assert(mk_ranges_subtract(&set, &cut));
    mk_ranges_free(&cut);
    expect(&set, 1, (const uint64_t[][2]){{1000, 2000}});
}

/* More ranges than possible: the set stays unchanged. */
Test(ranges, too_many_to_count) {
    struct mk_ranges set = of(1, (const uint64_t[][2]){{1, 2}});
    struct mk_ranges full = {.n = SIZE_MAX / 16, .capacity = SIZE_MAX / 16};
    cr_assert_not(mk_ranges_join(&set, &full));
    cr_assert(set.n == 1 && set.settled == false);
    cr_assert_not(mk_ranges_add(&full, 1, 2));
    cr_assert(full.n == SIZE_MAX / 16 && full.capacity == SIZE_MAX / 16 && !full.r);
    expect(&set, 1, (const uint64_t[][2]){{1, 2}});
}
