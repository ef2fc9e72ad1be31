/* SPDX-License-Identifier: MIT */
#include "fail_each.h"

#include <mekit/base/range.h>

TestSuite(range_memory, .fini = check_leaks);

/* Cuts leave more pieces than the set has room for, and a set grows from nothing. */
struct subject {
    uint64_t end;  /* end of the set, which begins at 0 */
    unsigned cuts; /* each of 5, every 10 */
};

static void see_ranges(const struct mk_ranges *set, struct outcome *outcome) {
    for (size_t i = 0; i < set->n; i++) {
        outcome_number(outcome, set->r[i].start);
        outcome_number(outcome, set->r[i].end);
    }
}

static bool cut(const struct subject *s, struct mk_ranges *set, struct outcome *outcome) {
    struct mk_ranges cuts = {0};
    bool made = true;
    for (uint64_t i = 1; made && i <= s->cuts; i++)
        made = mk_ranges_add(&cuts, 10 * i, 10 * i + 5);
    mk_ranges_settle(&cuts);
    bool done = made && mk_ranges_subtract(set, &cuts);
    if (done)
        see_ranges(set, outcome);
    else
        cr_assert(set->n == 1 && set->r[0].start == 0 && set->r[0].end == s->end,
                  "a failed cut changed the set");
    mk_ranges_free(&cuts);
    return done;
}

static bool subtract(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    struct mk_ranges set = {0};
    bool made = mk_ranges_add(&set, 0, s->end);
    cr_assert(made || (set.n == 0 && !set.r));
    bool done = made && cut(s, &set, outcome);
    mk_ranges_free(&set);
    return done || mk_fail_memory(e);
}

Test(range_memory, runs_out_while_a_set_is_cut) {
    static const struct subject subjects[] = {{100, 1}, {300, 2}, {10000, 200}};
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        cr_assert_gt(fail_each(subtract, "subtract", "a set", &subjects[i]), 2);
}
