#include "leak.h"

#include <mekit/base/arith.h>
#include <mekit/base/field.h>
#include <mekit/base/sorted.h>
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

Test(span, cut_refuses_what_reaches_beyond) {
    struct mk_span out = {.n = 77};
    const uint64_t bad[][2] = {{0, 9},          {8, 1},          {9, 0},
                               {UINT64_MAX, 1}, {1, UINT64_MAX}, {UINT64_MAX, UINT64_MAX}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_assert_not(mk_span_cut(whole(), bad[i][0], bad[i][1], &out));
    cr_assert_eq(out.n, 77, "a refused cut leaves its target alone");
}

Test(span, clip_gives_what_there_is) {
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

Test(arith, knows_when_it_does_not_fit) {
    uint64_t out = 5;
    cr_assert_not(mk_add(UINT64_MAX, 1, &out));
    cr_assert_not(mk_mul(UINT64_MAX / 2, 3, &out));
    cr_assert_eq(out, 5);
    cr_assert(mk_add(UINT64_MAX, 0, &out));
    cr_assert(mk_mul(0, UINT64_MAX, &out));
    cr_assert_eq(out, 0);
    cr_assert_eq(mk_align(0x401, 0x20), 0x420);
    cr_assert_eq(mk_align(0x400, 0x20), 0x400);
    cr_assert_eq(mk_align(UINT64_MAX, 0x20), UINT64_MAX - 0x1F);
}

Test(sorted, finds_the_next_larger) {
    uint32_t n[] = {30, 10, 20, 20, UINT32_MAX};
    mk_sorted_sort(n, 5);
    cr_assert_eq(mk_sorted_above(n, 5, 20), 3);
    cr_assert_eq(mk_sorted_not_below(n, 5, 20), 1);
    cr_assert_eq(mk_sorted_above(n, 5, UINT32_MAX), 5);
    cr_assert_eq(mk_sorted_above(n, 0, 1), 0);
}
