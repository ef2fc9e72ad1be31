/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <mekit/base/field.h>
#include <mekit/format/structure.h>

#define ALIGN     4u
#define LISTED    40u /* change at most these first entries of a list */
#define FOUND_MAX 256u

/* The structure whose tag is at this place, or NULL. */
static const struct mk_structure *structure_at(struct mk_buffer b, uint64_t at) {
    for (size_t i = 0; i < MK_STRUCTURES; i++)
        if (mk_structures[i].tag == fuzz_word(b.p + at) && at >= mk_structures[i].tag_at)
            return &mk_structures[i];
    return NULL;
}

static const struct mk_structure *find(struct mk_buffer b, uint64_t *seed, uint64_t *at) {
    static uint64_t found[FOUND_MAX];
    size_t n = 0;
    for (uint64_t i = 0; i + ALIGN <= b.n && n < FOUND_MAX; i += ALIGN)
        if (structure_at(b, i))
            found[n++] = i;
    if (n == 0)
        return NULL;
    const struct mk_structure *s = structure_at(b, found[*seed % n]);
    *at = found[*seed % n] - s->tag_at;
    *seed /= n;
    return s;
}

/* Values at the limits of the number, of the old value and of the image. */
static uint64_t odd_value(uint64_t old, uint64_t size, uint64_t seed) {
    const uint64_t values[] = {0,
                               1,
                               UINT64_MAX,
                               UINT64_MAX - 1,
                               UINT64_MAX / 2,
                               old + 1,
                               old - 1,
                               old * 2,
                               old / 2,
                               old ^ (UINT64_C(1) << seed / 64 % 32),
                               size,
                               size - 1,
                               size + 1,
                               size / 4,
                               seed / 64 % (size + 1),
                               seed / 64 % 64};
    return values[seed % (sizeof values / sizeof *values)];
}

void fuzz_change_field(struct mk_buffer b, uint64_t seed) {
    uint64_t at = 0;
    const struct mk_structure *s = find(b, &seed, &at);
    if (!s)
        return;
    bool listed = s->entry.n > 0 && seed % 2;
    struct mk_field_table table = listed ? s->entry : s->header;
    seed /= 2;
    if (listed)
        at += s->list_at + (seed >> 20) % LISTED * s->stride;
    const struct mk_field *field = &table.fields[seed % table.n];
    if (at > b.n || b.n - at < (uint64_t)field->offset + field->width)
        return;
    uint64_t old = mk_field_get(mk_span_clip(mk_buffer_span(b), at, b.n), field);
    mk_field_put(b, at, field, odd_value(old, b.n, seed / table.n));
}
