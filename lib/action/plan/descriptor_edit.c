/* SPDX-License-Identifier: MIT */
#include <mekit/action/descriptor_edit.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DWORD 4u

void mk_descriptor_edit(struct mk_plan *plan, const struct mk_descriptor *d, uint32_t at,
                        uint32_t value, const char *why, ...) {
    char text[sizeof plan->edits->why];
    va_list arguments;
    va_start(arguments, why);
    vsnprintf(text, sizeof text, why, arguments);
    va_end(arguments);
    struct mk_decision word = {.kind = MK_DECIDED_WORD,
                               .offset = at,
                               .length = DWORD,
                               .before = mk_span_u32(d->bytes, at),
                               .after = value};
    memcpy(word.why, text, sizeof word.why);
    mk_plan_decide(plan, &word);
    mk_plan_uint(plan, at, DWORD, value, "%s", text);
    if (d->second == MK_SECOND_EQUAL)
        mk_plan_uint(plan, MK_DESCRIPTOR_SECOND + (uint64_t)at, DWORD, value,
                     "%s (second descriptor)", text);
}
