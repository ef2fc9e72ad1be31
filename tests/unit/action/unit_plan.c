#include "leak.h"

#include <mekit/action/compare.h>
#include <mekit/action/plan.h>
#include <mekit/action/strip.h>
#include <stdlib.h>
#include <string.h>

static uint8_t bytes[64];
static struct mk_plan plan;

static void start(void) {
    for (uint8_t i = 0; i < sizeof bytes; i++)
        bytes[i] = i;
    mk_plan_start(&plan, mk_span_of(bytes, sizeof bytes));
}

static void end(void) {
    mk_plan_free(&plan);
    check_leaks();
}

TestSuite(plan, .init = start, .fini = end);

Test(plan, edits_are_sorted_and_carried_out) {
    struct mk_span out;
    mk_plan_uint(&plan, 40, 4, 0xAABBCCDD, "word");
    mk_plan_fill(&plan, 10, 5, 0xFF, "fill");
    mk_plan_move(&plan, 0, 20, 4, "move");
    cr_assert(mk_plan_close(&plan, NULL));
    cr_assert_eq(plan.n_edits, 3);
    cr_assert_eq(plan.edits[0].offset, 0);
    cr_assert(mk_plan_apply(&plan, (struct mk_buffer){bytes, sizeof bytes}, &out, NULL));
    cr_assert_arr_eq(bytes, "\x14\x15\x16\x17\x04", 5);
    cr_assert_arr_eq(bytes + 9, "\x09\xFF\xFF\xFF\xFF\xFF\x0F", 7);
    cr_assert_arr_eq(bytes + 40, "\xDD\xCC\xBB\xAA", 4);
    cr_assert_eq(out.n, sizeof bytes);
}

Test(plan, what_changes_nothing_is_left_out) {
    mk_plan_uint(&plan, 1, 1, 1, "as it is");
    mk_plan_bytes(&plan, 8, bytes + 8, 4, "as it is");
    cr_assert(mk_plan_close(&plan, NULL));
    cr_assert_eq(plan.n_edits, 0);
    cr_assert_not(mk_plan_changes(&plan));
}

Test(plan, two_edits_of_one_byte_are_our_bug) {
    struct mk_error e;
    mk_plan_fill(&plan, 10, 5, 0xFF, "one");
    mk_plan_fill(&plan, 14, 1, 0xFF, "two");
    cr_assert_not(mk_plan_close(&plan, &e));
    cr_assert_eq(e.code, MK_E_SELFCHECK);
}

Test(plan, a_move_goes_down_only) {
    struct mk_error e;
    mk_plan_move(&plan, 20, 0, 4, "up");
    cr_assert_not(mk_plan_close(&plan, &e));
    cr_assert_eq(e.code, MK_E_SELFCHECK);
}

Test(plan, nothing_reaches_beyond_the_image) {
    struct mk_error e;
    mk_plan_fill(&plan, 60, 5, 0xFF, "beyond");
    cr_assert_not(mk_plan_close(&plan, &e));
    mk_plan_free(&plan);
    start();
    mk_plan_move(&plan, 0, 61, 4, "from beyond");
    cr_assert_not(mk_plan_close(&plan, &e));
    mk_plan_free(&plan);
    start();
    mk_plan_window(&plan, 1, 64);
    cr_assert_not(mk_plan_close(&plan, &e));
}

Test(plan, the_first_reason_for_a_byte_stays) {
    struct mk_ranges a = {0}, b = {0}, done = {0};
    cr_assert(mk_ranges_add(&a, 10, 20) && mk_ranges_add(&b, 15, 30));
    mk_plan_fill_ranges(&plan, 1, &a, &done, 0xFF, "first");
    mk_plan_fill_ranges(&plan, 1, &b, &done, 0xFF, "second %d", 2);
    cr_assert(mk_plan_close(&plan, NULL));
    cr_assert_eq(plan.n_edits, 2);
    cr_assert_eq(plan.edits[0].offset, 11);
    cr_assert_eq(plan.edits[1].offset, 21);
    cr_assert_eq(plan.edits[1].length, 10);
    cr_assert_str_eq(plan.edits[1].why, "second 2");
    mk_ranges_free(&a);
    mk_ranges_free(&b);
    mk_ranges_free(&done);
}

Test(plan, a_window_is_the_output) {
    struct mk_span out;
    mk_plan_window(&plan, 8, 4);
    mk_plan_uint(&plan, 9, 1, 0xEE, "inside");
    cr_assert(mk_plan_close(&plan, NULL));
    cr_assert(mk_plan_changes(&plan));
    cr_assert(mk_plan_apply(&plan, (struct mk_buffer){bytes, sizeof bytes}, &out, NULL));
    cr_assert_eq(out.n, 4);
    cr_assert_eq(out.at, 0);
    cr_assert_eq(mk_span_u8(out, 1), 0xEE);
}

Test(plan, names_of_partitions) {
    const uint8_t binary[4] = {0xE0, 0x15, 0x00, 0x20};
    struct mk_name_list list = {"MFS,EFFS,\\xe0\\x15\\x00 "};
    cr_assert(mk_name_list_check(list, NULL));
    cr_assert(mk_name_list_has(list, (const uint8_t *)"MFS\0"));
    cr_assert(mk_name_list_has(list, binary));
    cr_assert_not(mk_name_list_has(list, (const uint8_t *)"MFSB"));
    cr_assert_not(mk_name_list_has((struct mk_name_list){NULL}, binary));
    static const char *const bad[] = {"", ",", "A,", ",A", "ABCDE", "\\x1", "\\xZZ", "A,,B"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct mk_error e;
        cr_assert_not(mk_name_list_check((struct mk_name_list){bad[i]}, &e), "%s", bad[i]);
        cr_assert_eq(e.code, MK_E_USAGE);
    }
}

Test(plan, reads_that_disagree) {
    uint8_t other[64];
    struct mk_ranges found = {0};
    memcpy(other, bytes, sizeof other);
    other[3] ^= 1;
    other[5] ^= 1;
    other[40] ^= 1;
    cr_assert(mk_compare(mk_span_of(bytes, 64), mk_span_of(other, 60), 2, &found));
    mk_ranges_settle(&found);
    cr_assert_eq(found.n, 3);
    cr_assert_eq(found.r[0].start, 3);
    cr_assert_eq(found.r[0].end, 6);
    cr_assert_eq(found.r[2].start, 60);
    mk_ranges_free(&found);
}
