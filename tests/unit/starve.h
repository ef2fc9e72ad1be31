/* The trial of an action: memory runs out at each of its calls in turn. It then says MEMORY, or
 * does what it always does; it never leaks, and never passes off as right what it could not do. */
#ifndef MEKIT_TESTS_STARVE_H
#define MEKIT_TESTS_STARVE_H

#include "leak.h"
#include "scarce.h"

#include <mekit/base/error.h>
#include <string.h>

/* What an action was seen to do, as a hash. */
struct sight {
    uint64_t hash;
};

static inline void see(struct sight *sight, const void *bytes, size_t n) {
    for (size_t i = 0; i < n; i++)
        sight->hash = (sight->hash ^ ((const uint8_t *)bytes)[i]) * 0x100000001B3u;
}

static inline void see_number(struct sight *sight, uint64_t number) {
    see(sight, &number, sizeof number);
}

static inline void see_text(struct sight *sight, const char *text) {
    see(sight, text, strlen(text) + 1);
}

static inline void see_errors(struct sight *sight, const struct mk_errors *errors) {
    for (size_t i = 0; i < errors->n; i++) {
        see_number(sight, errors->list[i].code);
        see_number(sight, errors->list[i].offset);
        see_text(sight, errors->list[i].what);
    }
}

typedef bool action(const void *subject, struct sight *sight, struct mk_error *e);

static inline struct sight once(action *act, const void *s, uint64_t fails, bool *done,
                                struct mk_error *e) {
    struct sight sight = {0xCBF29CE484222325u};
    *e = (struct mk_error){0};
    scarce.calls = 0;
    scarce.fails = fails;
    int64_t held = scarce.held;
    *done = act(s, &sight, e);
    scarce.fails = 0;
    cr_assert_eq(scarce.held, held, "call %u: %d places are still held", (unsigned)fails,
                 (int)(scarce.held - held));
    return sight;
}

static inline void starve(action *act, const char *name, const char *recipe, const void *s) {
    bool done, done_now;
    struct mk_error e, now;
    struct sight whole = once(act, s, 0, &done, &e);
    uint64_t calls = scarce.calls;
    for (uint64_t k = 1; k <= calls; k++) {
        struct sight sight = once(act, s, k, &done_now, &now);
        bool told = !done_now && now.code == MK_E_MEMORY;
        bool same = done_now == done && now.code == e.code && sight.hash == whole.hash;
        cr_expect(told || same, "%s of %s: call %u of %u fails: %s", name, recipe, (unsigned)k,
                  (unsigned)calls, done_now ? "done, but otherwise" : now.what);
    }
}

#endif
