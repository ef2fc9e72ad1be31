/* SPDX-License-Identifier: MIT */
#include <mekit/base/field.h>

static bool is_number(const struct mk_field *f) {
    return f->width == 1 || f->width == 2 || f->width == 4 || f->width == 8;
}

static uint64_t bits_of(const struct mk_field *f) {
    return f->bits == 0 || f->bits >= 64 ? UINT64_MAX : (UINT64_C(1) << f->bits) - 1;
}

uint64_t mk_field_get(struct mk_span structure, const struct mk_field *field) {
    if (!is_number(field))
        return 0;
    return mk_span_uint(structure, field->offset, field->width) >> field->low & bits_of(field);
}

struct mk_span mk_field_span(struct mk_span structure, const struct mk_field *field) {
    struct mk_span out = {NULL, 0, structure.at};
    mk_span_cut(structure, field->offset, field->width, &out);
    return out;
}

bool mk_field_put(struct mk_buffer b, uint64_t at, const struct mk_field *field, uint64_t value) {
    struct mk_span word;
    if (!is_number(field) || at > UINT64_MAX - field->offset ||
        !mk_span_cut(mk_buffer_span(b), at + field->offset, field->width, &word))
        return false;
    uint64_t mask = bits_of(field) << field->low;
    uint64_t old = mk_span_uint(word, 0, field->width);
    return mk_buffer_uint(b, at + field->offset, field->width,
                          (old & ~mask) | (value << field->low & mask));
}
