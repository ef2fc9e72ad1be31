/* SPDX-License-Identifier: MIT */
#include "forged.h"

#include <mekit/action/compare.h>
#include <mekit/action/plan.h>
#include <mekit/action/strip.h>

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

Test(plan, edits_that_change_nothing_are_dropped) {
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

Test(plan, a_move_only_goes_down) {
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

/* Each edit reaches beyond the image's 64 bytes: the plan keeps none, and reports the first. */
Test(plan, edits_beyond_the_image_are_refused) {
    struct mk_error e;
    mk_plan_bytes(&plan, 62, "four", 4, "first");
    mk_plan_move(&plan, 62, 0, 4, "to beyond");
    mk_plan_window(&plan, 65, 0);
    cr_assert_not(mk_plan_close(&plan, &e));
    cr_assert_eq(e.code, MK_E_SELFCHECK);
    cr_assert_eq(e.offset, 62);
    cr_assert_eq(e.got, 4);
    cr_assert_eq(plan.n_edits, 0);
}

Test(plan, edits_and_remarks_without_end) {
    for (unsigned i = 0; i < 64; i++) {
        mk_plan_uint(&plan, 63 - i, 1, 0xFF, "edit %u", i);
        mk_plan_remark(&plan, MK_REMARK_FACT, "remark %u", i);
        mk_plan_remark(&plan, MK_REMARK_DETAIL, "more of it");
    }
    cr_assert(mk_plan_close(&plan, NULL));
    cr_assert_eq(plan.n_edits, 64);
    cr_assert_str_eq(plan.edits[0].why, "edit 63");
    cr_assert_eq(plan.n_remarks, 128);
    cr_assert_str_eq(plan.remarks[126].text, "remark 63");
}

Test(plan, empty_edits_are_dropped) {
    mk_plan_fill(&plan, 1000, 0, 0xFF, "nothing");
    mk_plan_bytes(&plan, 1000, bytes, 0, "nothing");
    mk_plan_move(&plan, 1000, 2000, 0, "nothing");
    cr_assert(mk_plan_close(&plan, NULL));
    cr_assert_eq(plan.n_edits, 0);
}

Test(plan, a_copy_that_is_too_short_is_not_the_image) {
    struct mk_span out;
    struct mk_error e;
    mk_plan_fill(&plan, 40, 8, 0xFF, "fill");
    cr_assert(mk_plan_close(&plan, NULL));
    cr_assert_not(mk_plan_apply(&plan, (struct mk_buffer){bytes, 44}, &out, &e));
    cr_assert_eq(e.code, MK_E_SELFCHECK);
    cr_assert_eq(e.offset, 40);
    cr_assert_not(mk_plan_apply(&plan, (struct mk_buffer){bytes, 48}, &out, &e));
    cr_assert_eq(e.offset, 0, "the window");
}

Test(plan, apply_refuses_a_plan_that_is_not_closed) {
    struct mk_buffer b = {bytes, sizeof bytes};
    struct mk_span out;
    struct mk_error e;
    cr_assert_not(mk_plan_apply(&plan, b, &out, &e));
    cr_assert_eq(e.code, MK_E_SELFCHECK);
    cr_assert(mk_plan_close(&plan, &e) && mk_plan_apply(&plan, b, &out, &e));
    mk_plan_fill(&plan, 40, 8, 0xFF, "after it was closed");
    cr_assert_not(mk_plan_apply(&plan, b, &out, &e));
    cr_assert(mk_plan_close(&plan, &e));
    mk_plan_window(&plan, 8, 4);
    cr_assert_not(mk_plan_apply(&plan, b, &out, &e));
    cr_assert(mk_plan_close(&plan, &e) && mk_plan_apply(&plan, b, &out, &e));
    cr_assert_eq(bytes[40], 0xFF);
}

/* An unstarted struct may have any bytes. */
Test(plan, an_unstarted_plan_takes_nothing) {
    static const uint8_t fillings[] = {0, 1, 0x5A, 0xFF};
    struct mk_buffer b = {bytes, sizeof bytes};
    struct mk_span out;
    for (size_t i = 0; i < sizeof fillings; i++) {
        struct mk_plan unstarted;
        struct mk_error e = {0};
        memset(&unstarted, fillings[i], sizeof unstarted);
        cr_assert_not(mk_plan_suits(&unstarted, mk_span_of(bytes, sizeof bytes), &e));
        cr_assert_eq(e.code, MK_E_SELFCHECK);
        mk_plan_fill(&unstarted, 0, 8, 0xFF, "fill");
        mk_plan_bytes(&unstarted, 0, "bytes", 5, "bytes");
        mk_plan_move(&unstarted, 0, 8, 4, "move");
        mk_plan_window(&unstarted, 8, 4);
        mk_plan_remark(&unstarted, MK_REMARK_FACT, "remark");
        cr_assert_not(mk_plan_close(&unstarted, &e));
        cr_assert_not(mk_plan_apply(&unstarted, b, &out, &e));
        mk_plan_free(&unstarted);
    }
}

Test(plan, a_plan_belongs_to_its_image) {
    struct mk_error e;
    cr_assert(mk_plan_suits(&plan, mk_span_of(bytes, sizeof bytes), &e));
    cr_assert_not(mk_plan_suits(&plan, mk_span_of(bytes, 63), &e));
    cr_assert_not(mk_plan_suits(&plan, mk_span_of(bytes + 1, 63), &e));
    cr_assert_eq(e.code, MK_E_SELFCHECK);
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

Test(plan, a_byte_alone_and_a_block_apart) {
    static uint8_t one[3 * 4096], other[sizeof one];
    struct mk_ranges found = {0};
    other[0] = other[4095] = other[8192] = 1;
    cr_assert(mk_compare(mk_span_of(one, sizeof one), mk_span_of(other, sizeof other), 0, &found));
    cr_assert_eq(found.n, 3);
    cr_assert_eq(mk_ranges_size(&found), 3);
    mk_ranges_free(&found);
}

/* The first and last byte of each region, and a gap; a bare region has no names. */
Test(plan, the_region_of_an_offset) {
    static const struct {
        uint64_t at;
        const char *name;
    } places[] = {{0, "fd"},         {0xFFF, "fd"},  {0x1000, "gbe"},
                  {0x3000, "me"},    {0xEFFF, "me"}, {0xF000, "bios"},
                  {0x1FFFF, "bios"}, {0x20000, ""},  {UINT64_MAX, ""}};
    struct forged_image f = forged_open("good-full-me8"), bare = forged_open("good-me8");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        cr_expect_str_eq(mk_compare_region(&f.image, places[i].at), places[i].name, "0x%x",
                         (unsigned)places[i].at);
    cr_expect_str_eq(mk_compare_region(&bare.image, 0x3000), "");
    forged_close(&f);
    forged_close(&bare);
}
