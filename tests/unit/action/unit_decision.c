/* SPDX-License-Identifier: MIT */
/* Decisions are data: they must match the edits of the plan. */
#include "forged.h"

#include <criterion/criterion.h>
#include <mekit/action/relocate.h>
#include <mekit/action/strip.h>
#include <mekit/action/unlock.h>
#include <string.h>

struct done {
    struct forged_image f;
    struct mk_plan plan;
    struct mk_span out;
};

static void finish(struct done *d) {
    struct mk_error e = {0};
    cr_assert(mk_plan_close(&d->plan, &e) && mk_plan_apply(&d->plan, d->f.b, &d->out, &e), "%s",
              e.what);
}

static void start(struct done *d, const char *recipe) {
    d->f = forged_open(recipe);
    mk_plan_start(&d->plan, d->f.image.bytes);
}

static void end(struct done *d) {
    mk_plan_free(&d->plan);
    forged_close(&d->f);
}

static unsigned count(const struct mk_plan *plan, enum mk_decision_kind kind) {
    unsigned n = 0;
    for (size_t i = 0; i < plan->n_decisions; i++)
        n += plan->decisions[i].kind == kind;
    return n;
}

Test(decision, a_strip_decides_on_each_entry) {
    const struct mk_strip_options o = {.soft_disable = true, .descriptor = true};
    struct mk_error e = {0};
    struct done d;
    start(&d, "good-full-me8");
    unsigned entries = d.f.image.firmware.fpt.n;
    cr_assert(mk_strip_plan(&d.f.image, &o, &d.plan, &e), "%s", e.what);
    finish(&d);
    cr_assert_eq(count(&d.plan, MK_DECIDED_PARTITION), entries);
    cr_assert_eq(count(&d.plan, MK_DECIDED_WORD), 2);
    for (size_t i = 0; i < d.plan.n_decisions; i++) {
        const struct mk_decision *p = &d.plan.decisions[i];
        struct mk_span bytes = mk_span_clip(d.out, p->offset, p->length);
        if (p->kind == MK_DECIDED_PARTITION) {
            cr_expect_eq(p->kept, strcmp(p->name, "FTPR") == 0, "%s", p->name);
            cr_expect(p->kept || mk_span_is_filled(bytes, 0xFF), "%s", p->name);
        } else if (p->kind == MK_DECIDED_WORD)
            cr_expect_eq(mk_span_u32(d.out, p->offset), p->after, "%s", p->why);
        cr_expect_neq(*p->why, '\0');
    }
    end(&d);
}

Test(decision, a_word_that_was_already_right_is_reported_too) {
    const struct mk_unlock_options o = {.lock = true};
    struct mk_error e = {0};
    struct done d;
    start(&d, "good-ifd-x230");
    cr_assert(mk_unlock_plan(&d.f.image, &o, &d.plan, &e), "%s", e.what);
    finish(&d);
    unsigned words = count(&d.plan, MK_DECIDED_WORD);
    cr_assert_geq(words, 3);
    for (size_t i = 0; i < d.plan.n_decisions; i++)
        cr_expect_eq(mk_span_u32(d.out, d.plan.decisions[i].offset), d.plan.decisions[i].after);
    end(&d);
}
