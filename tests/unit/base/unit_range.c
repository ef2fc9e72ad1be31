#include "leak.h"

#include <mekit/base/range.h>
#include <stdlib.h>
#include <string.h>

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

/* Against a map of bytes, with seeded sets. */
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
