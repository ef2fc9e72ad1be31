/* SPDX-License-Identifier: MIT */
/* A plan's promise: bytes that no edit names equal those of the input. */
#ifndef MEKIT_TESTS_AS_PLANNED_H
#define MEKIT_TESTS_AS_PLANNED_H

#include <mekit/action/plan.h>

/* plan: a closed one. before, after: the whole image. */
static inline bool is_as_planned(const struct mk_plan *plan, struct mk_span before,
                                 struct mk_span after) {
    uint64_t at = 0;
    for (size_t i = 0; i <= plan->n_edits; i++) {
        uint64_t end = i < plan->n_edits ? plan->edits[i].offset : before.n;
        if (!mk_span_equal(mk_span_clip(before, at, end - at), mk_span_clip(after, at, end - at)))
            return false;
        at = i < plan->n_edits ? end + plan->edits[i].length : end;
    }
    return true;
}

#endif
