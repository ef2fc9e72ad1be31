#include "fuzz.h"

#include <mekit/base/field.h>
#include <mekit/format/bpdt.h>
#include <mekit/format/cpd.h>
#include <mekit/format/descriptor.h>
#include <mekit/format/extension.h>
#include <mekit/format/fpt.h>
#include <mekit/format/layout.h>
#include <mekit/format/llut.h>
#include <mekit/format/manifest.h>
#include <mekit/format/mme.h>

#define ALIGN     4u
#define LISTED    40u /* the most entries of a list that are changed */
#define FOUND_MAX 256u

struct table {
    const struct mk_field *fields;
    unsigned n;
};
#define TABLE(fields)                                                                              \
    { fields, sizeof(fields) / sizeof *(fields) }

/* A tag, and what stands around it: a header so many bytes before, then a list. */
struct structure {
    uint32_t tag;
    unsigned tag_at;
    struct table header, entry;
    unsigned list_at, stride;
};
#define TAG(a, b, c, d) ((uint32_t)(a) | (b) << 8 | (c) << 16 | (uint32_t)(d) << 24)
static const struct structure structures[] = {
    {TAG('$', 'F', 'P', 'T'), 0, TABLE(mk_fpt_fields), TABLE(mk_entry_fields), 0x20, 0x20},
    {TAG('$', 'C', 'P', 'D'), 0, TABLE(mk_cpd_fields), TABLE(mk_cpd_entry_fields), 0x10, 0x18},
    {TAG('$', 'M', 'N', '2'), 0x1C, TABLE(mk_manifest_fields), TABLE(mk_mme_fields), 0x290, 0x60},
    {TAG('$', 'M', 'A', 'N'), 0x1C, TABLE(mk_manifest_fields), TABLE(mk_mme1_fields), 0x290, 0x50},
    {TAG('$', 'M', 'M', 'E'), 0, TABLE(mk_mme_fields), {NULL, 0}, 0, 0},
    {TAG('L', 'L', 'U', 'T'), 0, TABLE(mk_llut_fields), TABLE(mk_chunk_fields), 0x40, 4},
    {TAG(0xAA, 0x55, 0, 0), 0, TABLE(mk_bpdt_fields), TABLE(mk_bpdt_entry_fields), 0x18, 0x0C},
    {TAG(0xAA, 0x55, 0xAA, 0), 0, TABLE(mk_bpdt_fields), TABLE(mk_bpdt_entry_fields), 0x18, 0x0C},
    {TAG(0x5A, 0xA5, 0xF0, 0x0F), 0, TABLE(mk_map_fields), TABLE(mk_flreg_fields), 0x30, 4},
};

/* One of the places that have a tag, and which structure it is of. */
static const struct structure *structure_at(struct mk_buffer b, uint64_t at) {
    uint32_t tag = fuzz_word(b.p + at);
    for (size_t k = 0; tag && k < sizeof structures / sizeof *structures; k++)
        if (tag == structures[k].tag && at >= structures[k].tag_at)
            return &structures[k];
    return NULL;
}

static const struct structure *find(struct mk_buffer b, uint64_t *seed, uint64_t *at) {
    static uint64_t found[FOUND_MAX];
    size_t n = 0;
    for (uint64_t i = 0; i + ALIGN <= b.n && n < FOUND_MAX; i += ALIGN)
        if (structure_at(b, i))
            found[n++] = i;
    if (n == 0)
        return NULL;
    const struct structure *s = structure_at(b, found[*seed % n]);
    *at = found[*seed % n] - s->tag_at;
    *seed /= n;
    return s;
}

/* Values at the edges: of the number, of what stands there, of the image. */
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
    const struct structure *s = find(b, &seed, &at);
    if (!s)
        return;
    bool listed = s->entry.n > 0 && seed % 2;
    struct table table = listed ? s->entry : s->header;
    seed /= 2;
    if (listed)
        at += s->list_at + (seed >> 20) % LISTED * s->stride;
    const struct mk_field *field = &table.fields[seed % table.n];
    if (at > b.n || b.n - at < (uint64_t)field->offset + field->width)
        return;
    uint64_t old = mk_field_get(mk_span_clip(mk_buffer_span(b), at, b.n), field);
    mk_field_put(b, at, field, odd_value(old, b.n, seed / table.n));
}
