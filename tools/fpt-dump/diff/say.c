/* SPDX-License-Identifier: MIT */
#include "diff.h"

#include <inttypes.h>

static void add(struct diff *d, const char *place, const char *what, json_t *first,
                json_t *second) {
    json_array_append_new(d->differences, json_pack("{s:s, s:s, s:o, s:o}", "place", place, "what",
                                                    what, "first", first, "second", second));
}

void diff_number(struct diff *d, const char *place, const char *what, uint64_t a, uint64_t b) {
    add(d, place, what, json_integer((json_int_t)a), json_integer((json_int_t)b));
    if (d->words)
        fprintf(d->words, "%s: %s %08" PRIx64 " -> %08" PRIx64 "\n", place, what, a, b);
}

void diff_text(struct diff *d, const char *place, const char *what, const char *a, const char *b) {
    add(d, place, what, a ? json_string(a) : json_null(), b ? json_string(b) : json_null());
    if (d->words)
        fprintf(d->words, "%s: %s %s -> %s\n", place, what, a ? a : "none", b ? b : "none");
}

void diff_note(struct diff *d, const char *place, const char *what) {
    add(d, place, what, json_null(), json_null());
    if (d->words)
        fprintf(d->words, "%s: %s differs\n", place, what);
}

static bool is_part_of_word(const struct mk_field *fields, size_t n, const struct mk_field *field) {
    for (size_t i = 0; i < n; i++)
        if (fields[i].bits == 0 && field->bits != 0 && fields[i].offset == field->offset &&
            fields[i].width == field->width)
            return true;
    return false;
}

void diff_fields(struct diff *d, const char *place, struct mk_span a, struct mk_span b,
                 const struct mk_field *fields, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct mk_span x = mk_field_span(a, &fields[i]), y = mk_field_span(b, &fields[i]);
        if (x.n == 0 || y.n == 0 || is_part_of_word(fields, n, &fields[i]))
            continue;
        uint64_t first = mk_field_get(a, &fields[i]), second = mk_field_get(b, &fields[i]);
        if (first != second)
            diff_number(d, place, fields[i].name, first, second);
    }
}
