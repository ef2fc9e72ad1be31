/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/field.h>

TestSuite(field, .fini = check_leaks);

static const uint8_t bytes[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x88};

static struct mk_span whole(void) {
    struct mk_span s = mk_span_of(bytes, sizeof bytes);
    s.at = 0x1000;
    return s;
}

Test(field, gets_and_puts_bits_only) {
    const struct mk_field limit = {"limit", 4, 4, 16, 15, ""};
    uint8_t raw[8] = {0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF};
    struct mk_buffer b = {raw, sizeof raw};
    cr_assert_eq(mk_field_get(mk_buffer_span(b), &limit), 0x7FFF);
    cr_assert(mk_field_put(b, 0, &limit, 0x1234));
    cr_assert_eq(mk_span_u32(mk_buffer_span(b), 4), 0x9234FFFFu);
    cr_assert_not(mk_field_put(b, 1, &limit, 0));
    cr_assert_not(mk_field_put(b, UINT64_MAX, &limit, 0));
}

Test(field, a_run_of_bytes_is_no_number) {
    const struct mk_field name = {"name", 0, 3, 0, 0, ""};
    cr_assert_eq(mk_field_get(whole(), &name), 0);
    cr_assert_eq(mk_field_span(whole(), &name).n, 3);
    const struct mk_field beyond = {"beyond", 6, 12, 0, 0, ""};
    cr_assert_eq(mk_field_span(whole(), &beyond).n, 0);
}

Test(field, a_number_has_one_two_four_or_eight_bytes) {
    for (uint16_t width = 0; width <= 9; width++) {
        const struct mk_field field = {"number", 0, width, 0, 0, ""};
        uint8_t raw[12] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        struct mk_buffer b = {raw, sizeof raw};
        bool number = width == 1 || width == 2 || width == 4 || width == 8;
        cr_assert_eq(mk_field_get(mk_buffer_span(b), &field),
                     number ? mk_span_uint(mk_buffer_span(b), 0, width) : 0, "width %u", width);
        cr_assert_eq(mk_field_put(b, 0, &field, 0), number, "width %u", width);
        for (uint8_t i = 0; i < sizeof raw; i++)
            cr_assert_eq(raw[i], number && i < width ? 0 : i + 1, "width %u, byte %u", width, i);
    }
}

Test(field, any_number_of_bits) {
    uint8_t raw[8];
    struct mk_buffer b = {raw, sizeof raw};
    for (unsigned bits = 0; bits <= 66; bits++) {
        const struct mk_field field = {"bits", 0, 8, 0, (uint8_t)bits, ""};
        uint64_t mask = bits == 0 || bits > 63 ? UINT64_MAX : UINT64_MAX >> (64 - bits);
        mk_buffer_fill(b, 0, 8, 0xFF);
        cr_assert_eq(mk_field_get(mk_buffer_span(b), &field), mask, "%u bits", bits);
        cr_assert(mk_field_put(b, 0, &field, 0));
        cr_assert_eq(mk_span_u64(mk_buffer_span(b), 0), ~mask, "%u bits", bits);
    }
}

Test(field, is_put_where_its_structure_begins) {
    const struct mk_field field = {"field", 2, 1, 4, 4, ""};
    uint8_t raw[6] = {0};
    struct mk_buffer b = {raw, sizeof raw};
    cr_assert(mk_field_put(b, 3, &field, 0xA));
    cr_assert_arr_eq(raw, "\0\0\0\0\0\xA0", 6);
    cr_assert_not(mk_field_put(b, 4, &field, 1), "the byte behind the last");
    cr_assert_not(mk_field_put(b, UINT64_MAX - 2, &field, 1));
    cr_assert_not(mk_field_put(b, UINT64_MAX - 1, &field, 1), "the sum is 0");
    cr_assert_not(mk_field_put(b, UINT64_MAX, &field, 1), "the sum is 1");
    cr_assert_arr_eq(raw, "\0\0\0\0\0\xA0", 6);
}

Test(field, its_bytes_come_with_their_place) {
    const struct mk_field field = {"field", 2, 4, 8, 1, ""}, beyond = {"beyond", 5, 4, 0, 0, ""};
    struct mk_span s = mk_field_span(whole(), &field);
    cr_assert(s.p == bytes + 2 && s.n == 4 && s.at == 0x1002);
    s = mk_field_span(whole(), &beyond);
    cr_assert(s.n == 0 && s.at == 0x1000);
}
