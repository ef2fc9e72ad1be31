/* SPDX-License-Identifier: MIT */
#include <mekit/action/plan.h>
#include <mekit/base/arith.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REMARK_SIZE 512

void mk_plan_start(struct mk_plan *plan, struct mk_span image) {
    *plan = (struct mk_plan){.stage = MK_PLAN_OPEN, .image = image, .window_length = image.n};
}

static bool is_started(const struct mk_plan *plan) {
    return plan->stage == MK_PLAN_OPEN || plan->stage == MK_PLAN_CLOSED;
}

bool mk_plan_suits(const struct mk_plan *plan, struct mk_span image, struct mk_error *e) {
    if (!is_started(plan))
        return mk_fail(e, MK_E_SELFCHECK, MK_NOWHERE, "the plan was not started");
    if (plan->image.p != image.p || plan->image.n != image.n)
        return mk_fail(e, MK_E_SELFCHECK, MK_NOWHERE, "the plan was started for another image");
    return true;
}

void mk_plan_free(struct mk_plan *plan) {
    if (!is_started(plan))
        return;
    for (size_t i = 0; i < plan->n_edits; i++)
        free(plan->edits[i].owned);
    for (size_t i = 0; i < plan->n_remarks; i++)
        free(plan->remarks[i].text);
    free(plan->edits);
    free(plan->remarks);
    free(plan->decisions);
    *plan = (struct mk_plan){0};
}

static bool lies_in_image(struct mk_plan *plan, uint64_t offset, uint64_t length) {
    struct mk_span ignored;
    if (!is_started(plan))
        return false;
    plan->stage = MK_PLAN_OPEN;
    if (mk_span_cut(plan->image, offset, length, &ignored))
        return true;
    if (!plan->problem.code)
        mk_fail_limit(&plan->problem, MK_E_SELFCHECK, offset, length, plan->image.n,
                      "an edit extends past the end of the image");
    return false;
}

static void run_out(struct mk_plan *plan) {
    if (!plan->problem.code)
        mk_fail_memory(&plan->problem);
}

/* Makes room for one more element by doubling the array; returns the old array if there is no
 * memory. */
static void *grow(struct mk_plan *plan, void *array, size_t n, size_t *capacity, size_t size) {
    if (n < *capacity)
        return array;
    size_t more = *capacity ? 2 * *capacity : 32;
    void *grown = mk_resize(array, more, size);
    if (!grown) {
        run_out(plan);
        return array;
    }
    *capacity = more;
    return grown;
}

static void add(struct mk_plan *plan, struct mk_edit edit, const char *why, va_list arguments) {
    vsnprintf(edit.why, sizeof edit.why, why, arguments);
    plan->edits = grow(plan, plan->edits, plan->n_edits, &plan->edit_capacity, sizeof edit);
    if (plan->n_edits < plan->edit_capacity)
        plan->edits[plan->n_edits++] = edit;
    else
        free(edit.owned);
}

static void add_fill(struct mk_plan *plan, uint64_t offset, uint64_t length, uint8_t value,
                     const char *why, va_list arguments) {
    if (length > 0 && lies_in_image(plan, offset, length))
        add(plan,
            (struct mk_edit){
                .kind = MK_EDIT_FILL, .offset = offset, .length = length, .fill = value},
            why, arguments);
}

void mk_plan_fill(struct mk_plan *plan, uint64_t offset, uint64_t length, uint8_t value,
                  const char *why, ...) {
    va_list arguments;
    va_start(arguments, why);
    add_fill(plan, offset, length, value, why, arguments);
    va_end(arguments);
}

static void add_bytes(struct mk_plan *plan, uint64_t offset, const void *bytes, size_t n,
                      const char *why, va_list arguments) {
    if (n == 0 || !lies_in_image(plan, offset, n))
        return;
    uint8_t *copy = malloc(n);
    if (!copy) {
        run_out(plan);
        return;
    }
    memcpy(copy, bytes, n);
    add(plan,
        (struct mk_edit){
            .kind = MK_EDIT_BYTES, .offset = offset, .length = n, .bytes = copy, .owned = copy},
        why, arguments);
}

void mk_plan_bytes(struct mk_plan *plan, uint64_t offset, const void *bytes, size_t n,
                   const char *why, ...) {
    va_list arguments;
    va_start(arguments, why);
    add_bytes(plan, offset, bytes, n, why, arguments);
    va_end(arguments);
}

void mk_plan_span(struct mk_plan *plan, uint64_t offset, struct mk_span bytes, const char *why,
                  ...) {
    va_list arguments;
    va_start(arguments, why);
    if (bytes.n > 0 && lies_in_image(plan, offset, bytes.n))
        add(plan,
            (struct mk_edit){
                .kind = MK_EDIT_BYTES, .offset = offset, .length = bytes.n, .bytes = bytes.p},
            why, arguments);
    va_end(arguments);
}

void mk_plan_uint(struct mk_plan *plan, uint64_t offset, unsigned width, uint64_t value,
                  const char *why, ...) {
    uint8_t bytes[8];
    va_list arguments;
    va_start(arguments, why);
    mk_buffer_uint((struct mk_buffer){bytes, sizeof bytes}, 0, width, value);
    add_bytes(plan, offset, bytes, width, why, arguments);
    va_end(arguments);
}

void mk_plan_move(struct mk_plan *plan, uint64_t to, uint64_t from, uint64_t length,
                  const char *why, ...) {
    va_list arguments;
    va_start(arguments, why);
    if (length > 0 && lies_in_image(plan, to, length) && lies_in_image(plan, from, length))
        add(plan,
            (struct mk_edit){.kind = MK_EDIT_MOVE, .offset = to, .length = length, .from = from},
            why, arguments);
    va_end(arguments);
}

void mk_plan_window(struct mk_plan *plan, uint64_t offset, uint64_t length) {
    if (!lies_in_image(plan, offset, length))
        return;
    plan->window_offset = offset;
    plan->window_length = length;
}

void mk_plan_remark(struct mk_plan *plan, enum mk_remark_level level, const char *text, ...) {
    char line[REMARK_SIZE];
    va_list arguments;
    if (!is_started(plan))
        return;
    va_start(arguments, text);
    vsnprintf(line, sizeof line, text, arguments);
    va_end(arguments);
    size_t size = strlen(line) + 1;
    char *copy = malloc(size);
    plan->remarks =
        grow(plan, plan->remarks, plan->n_remarks, &plan->remark_capacity, sizeof *plan->remarks);
    if (!copy || plan->n_remarks == plan->remark_capacity) {
        free(copy);
        run_out(plan);
        return;
    }
    memcpy(copy, line, size);
    plan->remarks[plan->n_remarks++] = (struct mk_remark){level, copy};
}

void mk_plan_decide(struct mk_plan *plan, const struct mk_decision *decision) {
    plan->decisions = grow(plan, plan->decisions, plan->n_decisions, &plan->decision_capacity,
                           sizeof *plan->decisions);
    if (plan->n_decisions < plan->decision_capacity)
        plan->decisions[plan->n_decisions++] = *decision;
}

void mk_plan_fill_ranges(struct mk_plan *plan, uint64_t base, struct mk_ranges *set,
                         struct mk_ranges *done, uint8_t value, const char *why, ...) {
    char text[sizeof plan->edits->why];
    va_list arguments;
    va_start(arguments, why);
    vsnprintf(text, sizeof text, why, arguments);
    va_end(arguments);
    if (!mk_ranges_subtract(set, done) || !mk_ranges_join(done, set)) {
        run_out(plan);
        return;
    }
    for (size_t i = 0; i < set->n; i++)
        mk_plan_fill(plan, base + set->r[i].start, set->r[i].end - set->r[i].start, value, "%s",
                     text);
}
