/* SPDX-License-Identifier: MIT */
#include <mekit/action/plan.h>

#include <stdlib.h>

static struct mk_span old_bytes(const struct mk_plan *plan, const struct mk_edit *edit) {
    return mk_span_clip(plan->image, edit->offset, edit->length);
}

static bool changes_nothing(const struct mk_plan *plan, const struct mk_edit *edit) {
    struct mk_span old = old_bytes(plan, edit);
    switch (edit->kind) {
    case MK_EDIT_FILL:
        return mk_span_is_filled(old, edit->fill);
    case MK_EDIT_BYTES:
        return mk_span_equal(old, mk_span_of(edit->bytes, (size_t)edit->length));
    case MK_EDIT_MOVE:
        break;
    }
    return mk_span_equal(old, mk_span_clip(plan->image, edit->from, edit->length));
}

static void drop_idle_edits(struct mk_plan *plan) {
    size_t kept = 0;
    for (size_t i = 0; i < plan->n_edits; i++) {
        if (changes_nothing(plan, &plan->edits[i]))
            free(plan->edits[i].owned);
        else
            plan->edits[kept++] = plan->edits[i];
    }
    plan->n_edits = kept;
}

static int by_offset(const void *a, const void *b) {
    const struct mk_edit *x = a, *y = b;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Moves go down and edits are disjoint, so applying them in order of offset never reads a byte that
 * an earlier edit has written. */
static bool check_order(const struct mk_plan *plan, struct mk_error *e) {
    uint64_t end = 0;
    for (size_t i = 0; i < plan->n_edits; i++) {
        const struct mk_edit *edit = &plan->edits[i];
        if (edit->offset < end)
            return mk_fail(e, MK_E_SELFCHECK, edit->offset, "two edits overlap: %s", edit->why);
        if (edit->kind == MK_EDIT_MOVE && edit->from < edit->offset)
            return mk_fail(e, MK_E_SELFCHECK, edit->offset, "a move goes up: %s", edit->why);
        end = edit->offset + edit->length;
    }
    return true;
}

bool mk_plan_is_whole(const struct mk_plan *plan, struct mk_error *e) {
    return !plan->problem.code || mk_fail_as(e, &plan->problem);
}

bool mk_plan_close(struct mk_plan *plan, struct mk_error *e) {
    if (!mk_plan_suits(plan, plan->image, e) || !mk_plan_is_whole(plan, e))
        return false;
    if (plan->n_edits > 1)
        qsort(plan->edits, plan->n_edits, sizeof *plan->edits, by_offset);
    if (!check_order(plan, e))
        return false;
    drop_idle_edits(plan);
    plan->stage = MK_PLAN_CLOSED;
    return true;
}

bool mk_plan_changes(const struct mk_plan *plan) {
    return plan->n_edits > 0 || plan->window_offset > 0 || plan->window_length != plan->image.n;
}

static bool carry_out(const struct mk_edit *edit, struct mk_buffer b) {
    switch (edit->kind) {
    case MK_EDIT_FILL:
        return mk_buffer_fill(b, edit->offset, edit->length, edit->fill);
    case MK_EDIT_BYTES:
        return mk_buffer_put(b, edit->offset, edit->bytes, (size_t)edit->length);
    case MK_EDIT_MOVE:
        break;
    }
    return mk_buffer_move(b, edit->offset, edit->from, edit->length);
}

bool mk_plan_apply(const struct mk_plan *plan, struct mk_buffer b, struct mk_span *out,
                   struct mk_error *e) {
    if (plan->stage != MK_PLAN_CLOSED)
        return mk_fail(e, MK_E_SELFCHECK, MK_NOWHERE, "the plan was not closed");
    for (size_t i = 0; i < plan->n_edits; i++)
        if (!carry_out(&plan->edits[i], b))
            return mk_fail(e, MK_E_SELFCHECK, plan->edits[i].offset, "an edit does not fit: %s",
                           plan->edits[i].why);
    struct mk_span window;
    if (!mk_span_cut(mk_buffer_span(b), plan->window_offset, plan->window_length, &window))
        return mk_fail(e, MK_E_SELFCHECK, plan->window_offset, "the output's range does not fit");
    *out = mk_span_of(window.p, window.n);
    return true;
}
