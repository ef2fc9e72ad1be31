/* SPDX-License-Identifier: MIT */
/* Lets each memory request of an action fail in turn. The action must then report MEMORY, or work
 * as usual; it must never leak, and never report a result that it could not compute. */
#ifndef MEKIT_TESTS_FAIL_EACH_H
#define MEKIT_TESTS_FAIL_EACH_H

#include "leak.h"

#include <fault.h>
#include <mekit/base/error.h>
#include <string.h>

/* The results of an action as a hash: the action adds everything that it returns. */
struct outcome {
    uint64_t hash;
};

static inline void outcome_bytes(struct outcome *outcome, const void *bytes, size_t n) {
    for (size_t i = 0; i < n; i++)
        outcome->hash = (outcome->hash ^ ((const uint8_t *)bytes)[i]) * 0x100000001B3u;
}

static inline void outcome_number(struct outcome *outcome, uint64_t number) {
    outcome_bytes(outcome, &number, sizeof number);
}

static inline void outcome_text(struct outcome *outcome, const char *text) {
    outcome_bytes(outcome, text, strlen(text) + 1);
}

static inline void outcome_errors(struct outcome *outcome, const struct mk_errors *errors) {
    for (size_t i = 0; i < errors->n; i++) {
        outcome_number(outcome, errors->list[i].code);
        outcome_number(outcome, errors->list[i].offset);
        outcome_text(outcome, errors->list[i].what);
    }
}

typedef bool action(const void *subject, struct outcome *outcome, struct mk_error *e);

/* One run of an action. */
struct attempt {
    bool done;
    struct mk_error e;
    struct outcome outcome;
    uint64_t calls;
};

static inline struct attempt attempt(action *act, const void *subject, uint64_t fail_at) {
    struct attempt a = {.outcome = {0xCBF29CE484222325u}};
    fault_begin(fail_at);
    a.done = act(subject, &a.outcome, &a.e);
    struct fault fault = fault_end();
    a.calls = fault.calls;
    cr_assert_eq(fault.held, 0, "request %u: %d blocks are still held", (unsigned)fail_at,
                 (int)fault.held);
    return a;
}

/* Returns the number of requests that it makes. */
static inline uint64_t fail_each(action *act, const char *name, const char *recipe, const void *s) {
    struct attempt whole = attempt(act, s, 0);
    for (uint64_t k = 1; k <= whole.calls; k++) {
        struct attempt now = attempt(act, s, k);
        bool reported = !now.done && now.e.code == MK_E_MEMORY;
        bool same = now.done == whole.done && now.e.code == whole.e.code &&
                    now.outcome.hash == whole.outcome.hash;
        cr_expect(reported || same, "%s of %s: request %u of %u fails: %s", name, recipe,
                  (unsigned)k, (unsigned)whole.calls,
                  now.done ? "done, but otherwise" : now.e.what);
    }
    return whole.calls;
}

#endif
