/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/span.h>
#include <signal.h>

static const uint8_t bytes[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x88};

static struct mk_span whole(void) {
    struct mk_span s = mk_span_of(bytes, sizeof bytes);
    s.at = 0x1000;
    return s;
}

Test(span, cut_gives_place_and_size) {
    struct mk_span out;
    cr_assert(mk_span_cut(whole(), 2, 3, &out));
    cr_assert_eq(out.p, bytes + 2);
    cr_assert_eq(out.n, 3);
    cr_assert_eq(out.at, 0x1002);
    cr_assert(mk_span_cut(whole(), 8, 0, &out), "an empty cut at the end is one");
}

Test(span, cut_refuses_ranges_that_reach_beyond) {
    struct mk_span out = {.n = 77};
    const uint64_t bad[][2] = {{0, 9},          {8, 1},          {9, 0},
                               {UINT64_MAX, 1}, {1, UINT64_MAX}, {UINT64_MAX, UINT64_MAX}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_assert_not(mk_span_cut(whole(), bad[i][0], bad[i][1], &out));
    cr_assert_eq(out.n, 77, "a refused cut leaves its target alone");
}

Test(span, clip_returns_the_part_inside) {
    cr_assert_eq(mk_span_clip(whole(), 6, 100).n, 2);
    cr_assert_eq(mk_span_clip(whole(), 8, 1).n, 0);
    cr_assert_eq(mk_span_clip(whole(), UINT64_MAX, UINT64_MAX).n, 0);
    cr_assert_eq(mk_span_clip(whole(), 3, 2).at, 0x1003);
}

Test(span, numbers_are_little_endian_at_any_alignment) {
    cr_assert_eq(mk_span_u8(whole(), 7), 0x88);
    cr_assert_eq(mk_span_u16(whole(), 1), 0x0302);
    cr_assert_eq(mk_span_u32(whole(), 3), 0x07060504u);
    cr_assert_eq(mk_span_u64(whole(), 0), UINT64_C(0x8807060504030201));
}

#ifdef MEKIT_STRICT
Test(span, strict_builds_stop_at_a_read_outside, .signal = SIGABRT) {
    mk_span_u32(whole(), 5);
}
#else
Test(span, a_read_outside_is_zero) {
    cr_assert_eq(mk_span_u32(whole(), 5), 0);
    cr_assert_eq(mk_span_u8(whole(), UINT64_MAX), 0);
}
#endif

Test(span, compares_and_sums) {
    const uint8_t ff[] = {0xFF, 0xFF, 0xFF};
    cr_assert(mk_span_is_filled(mk_span_of(ff, 3), 0xFF));
    cr_assert(mk_span_is_filled(mk_span_of(ff, 1), 0xFF));
    cr_assert(mk_span_is_filled(mk_span_of(ff, 0), 0x00), "an empty span is filled with anything");
    cr_assert_not(mk_span_is_filled(mk_span_of(ff, 3), 0xFE));
    cr_assert_not(mk_span_is_filled(whole(), 0x01));
    cr_assert_eq(mk_span_sum(mk_span_of(ff, 3)), 765);
    cr_assert(mk_span_has(whole(), 6, "\x07\x88", 2));
    cr_assert_not(mk_span_has(whole(), 7, "\x88\x00", 2));
    cr_assert(mk_span_equal(whole(), mk_span_of(bytes, 8)));
    cr_assert_not(mk_span_equal(whole(), mk_span_of(bytes, 7)));
}

Test(span, copy_is_all_or_nothing) {
    uint8_t out[4] = {9, 9, 9, 9};
    cr_assert_not(mk_span_copy(whole(), 6, out, 4));
    cr_assert_eq(out[0], 9);
    cr_assert(mk_span_copy(whole(), 4, out, 4));
    cr_assert_eq(out[3], 0x88);
}

Test(span, where_a_text_begins) {
    struct mk_span s = mk_span_of("ababcab", 7);
    cr_assert_eq(mk_span_find(s, 0, "abc", 3), 2);
    cr_assert_eq(mk_span_find(s, 1, "ab", 2), 2);
    cr_assert_eq(mk_span_find(s, 5, "ab", 2), 5);
    cr_assert_eq(mk_span_find(s, 6, "ab", 2), MK_SPAN_NONE, "too little is left");
    cr_assert_eq(mk_span_find(s, 9, "a", 1), MK_SPAN_NONE, "behind the end");
    cr_assert_eq(mk_span_find(s, 0, "abd", 3), MK_SPAN_NONE);
    cr_assert_eq(mk_span_find(s, 0, "ababcabx", 8), MK_SPAN_NONE);
    cr_assert_eq(mk_span_find(mk_span_of(NULL, 0), 0, "a", 1), MK_SPAN_NONE);
}

Test(span, where_a_pair_begins) {
    static const uint8_t pairs[][2] = {{1, 2}, {3, 3}};
    uint8_t many[200] = {0};
    for (size_t at = 0; at + 1 < sizeof many; at++) {
        memset(many, 1, sizeof many);
        many[at + 1] = 2;
        cr_assert_eq(mk_span_find_pair(mk_span_of(many, sizeof many), 0, pairs, 2), at);
        cr_assert_eq(mk_span_find_pair(mk_span_of(many, sizeof many), at, pairs, 2), at);
        cr_assert_eq(mk_span_find_pair(mk_span_of(many, sizeof many), at + 1, pairs, 2),
                     MK_SPAN_NONE);
        cr_assert_eq(mk_span_find_pair(mk_span_of(many, at + 1), 0, pairs, 2), MK_SPAN_NONE,
                     "the second byte of %zu is cut off", at);
    }
    memset(many, 3, sizeof many);
    cr_assert_eq(mk_span_find_pair(mk_span_of(many, sizeof many), 77, pairs, 2), 77);
    cr_assert_eq(mk_span_find_pair(mk_span_of(many, sizeof many), 77, pairs, 1), MK_SPAN_NONE);
    cr_assert_eq(mk_span_find_pair(mk_span_of(NULL, 0), 0, pairs, 2), MK_SPAN_NONE);
}

Test(span, bits_that_never_change) {
    static const struct {
        const char *bytes;
        size_t n;
        uint8_t low, high;
    } rows[] = {
        {"", 0, 0xFF, 0xFF},          {"\x5A", 1, 0xA5, 0x5A},      {"\x00\xFF", 2, 0, 0},
        {"\x04\xFF\x06", 3, 0, 0x04}, {"\x00\x7F\x01", 3, 0x80, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mk_span_lines lines = mk_span_constant_bits(mk_span_of(rows[i].bytes, rows[i].n));
        cr_expect_eq(lines.low, rows[i].low, "%zu", i);
        cr_expect_eq(lines.high, rows[i].high, "%zu", i);
    }
}

Test(buffer, writes_stay_inside) {
    uint8_t raw[6] = {0, 1, 2, 3, 4, 5};
    struct mk_buffer b = {raw, sizeof raw};
    cr_assert_not(mk_buffer_put(b, 5, "ab", 2));
    cr_assert_not(mk_buffer_fill(b, 0, 7, 0xFF));
    cr_assert_not(mk_buffer_move(b, 4, 0, 3));
    cr_assert_not(mk_buffer_move(b, 0, 4, 3));
    cr_assert_not(mk_buffer_uint(b, 3, 4, 1));
    cr_assert_not(mk_buffer_fill(b, UINT64_MAX, 1, 0));
    for (uint8_t i = 0; i < 6; i++)
        cr_assert_eq(raw[i], i, "a refused write changed byte %u", i);
}

Test(buffer, moves_may_overlap) {
    uint8_t raw[6] = {0, 1, 2, 3, 4, 5};
    struct mk_buffer b = {raw, sizeof raw};
    cr_assert(mk_buffer_move(b, 0, 1, 5));
    cr_assert_arr_eq(raw, "\x01\x02\x03\x04\x05\x05", 6);
    cr_assert(mk_buffer_uint(b, 1, 4, 0xAABBCCDD));
    cr_assert_arr_eq(raw, "\x01\xDD\xCC\xBB\xAA\x05", 6);
}

Test(span, a_clip_beyond_is_empty_and_at_the_end) {
    cr_assert_eq(mk_span_clip(whole(), 8, 1).at, 0x1008);
    cr_assert_eq(mk_span_clip(whole(), UINT64_MAX, 1).at, 0x1008);
    cr_assert_eq(mk_span_of(bytes, 8).at, 0);
}

static const uint8_t nine[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9};

#ifdef MEKIT_STRICT
Test(span, strict_builds_stop_at_a_number_of_nine_bytes, .signal = SIGABRT) {
    mk_span_uint(mk_span_of(nine, 9), 0, 9);
}
#else
Test(span, a_number_of_nine_bytes_is_zero) {
    cr_assert_eq(mk_span_uint(mk_span_of(nine, 9), 0, 9), 0);
}
#endif

Test(span, a_number_may_have_any_width_up_to_eight) {
    uint64_t value = 0;
    for (unsigned width = 0; width <= 8; width++) {
        cr_assert_eq(mk_span_uint(mk_span_of(nine, 9), 0, width), value, "width %u", width);
        if (width < 8)
            value |= (uint64_t)(width + 1) << 8 * width;
    }
}

Test(span, nothing_can_be_copied_and_had_and_compared) {
    struct mk_span none = mk_span_of(NULL, 0);
    cr_assert(mk_span_copy(none, 0, NULL, 0));
    cr_assert(mk_span_has(none, 0, NULL, 0));
    cr_assert_not(mk_span_has(none, 0, "", 1));
    cr_assert(mk_span_equal(none, mk_span_of(NULL, 0)));
    cr_assert_not(mk_span_equal(none, whole()));
    cr_assert_eq(mk_span_sum(none), 0);
}

Test(span, equal_means_every_byte) {
    for (unsigned i = 0; i < 9; i++) {
        uint8_t other[9];
        for (unsigned k = 0; k < 9; k++)
            other[k] = (uint8_t)(nine[k] + (k == i));
        cr_assert_not(mk_span_equal(mk_span_of(nine, 9), mk_span_of(other, 9)), "byte %u", i);
        cr_assert_eq(mk_span_equal(mk_span_of(nine, i), mk_span_of(other, i)), true);
    }
    cr_assert_not(mk_span_equal(mk_span_of("a", 1), mk_span_of("b", 1)));
}

/* Bytes before and after do not count. */
Test(span, filled_means_every_byte) {
    const uint8_t row[] = {7, 7, 7, 7, 7, 9};
    for (size_t n = 1; n <= 5; n++)
        cr_assert(mk_span_is_filled(mk_span_of(row, n), 7), "%zu bytes", n);
    for (size_t from = 0; from <= 4; from++)
        cr_assert_not(mk_span_is_filled(mk_span_of(row + from, 6 - from), 7), "from %zu", from);
    const uint8_t behind[] = {9, 7};
    cr_assert(mk_span_is_filled(mk_span_of(behind, 1), 9));
}

Test(span, one_byte_is_copied) {
    uint8_t out = 0;
    cr_assert(mk_span_copy(whole(), 7, &out, 1));
    cr_assert_eq(out, 0x88);
    cr_assert(mk_span_copy(whole(), 8, &out, 0));
    cr_assert_eq(out, 0x88);
}

Test(buffer, a_write_changes_only_its_range) {
    uint8_t raw[4] = {0, 1, 2, 3};
    struct mk_buffer b = {raw, sizeof raw};
    cr_assert(mk_buffer_put(b, 3, "x", 1));
    cr_assert_arr_eq(raw, "\x00\x01\x02x", 4);
    cr_assert(mk_buffer_fill(b, 2, 1, 0xFF));
    cr_assert_arr_eq(raw, "\x00\x01\xFFx", 4);
    cr_assert(mk_buffer_fill(b, 0, 2, 0x11));
    cr_assert_arr_eq(raw, "\x11\x11\xFFx", 4);
    cr_assert(mk_buffer_move(b, 1, 3, 1));
    cr_assert_arr_eq(raw, "\x11x\xFFx", 4);
    cr_assert(mk_buffer_uint(b, 3, 1, 0x5A));
    cr_assert_arr_eq(raw, "\x11x\xFF\x5A", 4);
    struct mk_span s = mk_buffer_span(b);
    cr_assert(s.p == raw && s.n == 4 && s.at == 0);
}

Test(buffer, nothing_can_be_written_anywhere_inside) {
    uint8_t raw[2] = {1, 2};
    struct mk_buffer b = {raw, sizeof raw}, none = {NULL, 0};
    cr_assert(mk_buffer_put(b, 2, NULL, 0));
    cr_assert(mk_buffer_fill(b, 2, 0, 9));
    cr_assert(mk_buffer_move(b, 2, 0, 0));
    cr_assert(mk_buffer_uint(b, 2, 0, 9));
    cr_assert(mk_buffer_put(none, 0, NULL, 0) && mk_buffer_fill(none, 0, 0, 9));
    cr_assert(mk_buffer_move(none, 0, 0, 0));
    cr_assert_not(mk_buffer_put(b, 3, NULL, 0));
    cr_assert_arr_eq(raw, "\x01\x02", 2);
}

Test(buffer, a_number_has_at_most_eight_bytes) {
    uint8_t raw[9] = {0};
    struct mk_buffer b = {raw, sizeof raw};
    cr_assert_not(mk_buffer_uint(b, 0, 9, UINT64_MAX));
    cr_assert(mk_span_is_filled(mk_buffer_span(b), 0));
    cr_assert(mk_buffer_uint(b, 1, 8, UINT64_C(0x8877665544332211)));
    cr_assert_arr_eq(raw, "\x00\x11\x22\x33\x44\x55\x66\x77\x88", 9);
}
