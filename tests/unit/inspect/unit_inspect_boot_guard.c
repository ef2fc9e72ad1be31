/* SPDX-License-Identifier: MIT */
#include "inspect/inspected.h"

#include <mekit/format/host/gbe.h>
#include <mekit/inspect/boot_guard.h>

TestSuite(boot_guard, .fini = check_leaks);

/* In the recipe, BIOS and file end at 0x20000, which is 4 GiB. */
#define END     0x20000u
#define POINTER (END - 0x40)
#define FIT     0x10000u
#define ACM     (FIT + 0x40)
#define KEY     (FIT + 0x60)
#define POLICY  (FIT + 0x80)
#define ENTRY   0x10u

static const char recipe[] = "good-full-boot-guard";

Test(boot_guard, material_is_read_and_reported) {
    struct inspected s;
    struct mk_boot_guard b;
    inspected_open(&s, recipe);
    cr_assert(mk_boot_guard_read(&s.image, &b));
    cr_assert(b.fit.at == FIT && b.fit.n == 3 && b.fit.has_checksum && b.fit.checksum_right);
    cr_assert(b.acm_at == ACM && b.acm.date == 0x20190815 && b.acm.size == 0x1000);
    cr_assert(b.acm.svn == 3 && b.acm.se_svn == 5);
    cr_assert(b.key_at == KEY && b.key.version == 0x21);
    cr_assert(b.key.revision == 4 && b.key.svn == 2 && b.key.id == 9);
    cr_assert(b.policy_at == POLICY && b.policy.version == 0x10);
    cr_assert(b.policy.revision == 6 && b.policy.svn == 2 && b.policy.acm_svn == 1);
    const struct mk_finding *f = mk_finding_find(&s.seen.findings, MK_FINDING_BOOT_GUARD);
    cr_assert(f && f->severity == MK_NOTE && f->offset == FIT && f->blocks == 0);
    inspected_close(&s);
}

/* A change, and the parts that are then found: table, ACM, key manifest, boot policy. */
Test(boot_guard, missing_parts_are_not_reported) {
    static const struct {
        uint32_t at;
        unsigned width;
        uint64_t value;
        bool table, acm, key, policy, told;
    } rows[] = {
        {POINTER, 4, 0xFFFFFFFF, false, false, false, false, false},
        {POINTER, 4, 0, false, false, false, false, false},
        {POINTER, 4, 0xFFFE0000, false, false, false, false, false}, /* before the file */
        {POINTER, 4, 0xFFFEFFFF, false, false, false, false, false}, /* one byte before it */
        {FIT, 1, 'x', false, false, false, false, false},
        {FIT + 8, 1, 1, true, false, false, false, false},
        {FIT + 8, 2, 0xFFFF, true, true, true, true, true}, /* a count without end */
        {ACM, 1, 3, true, false, true, true, true},
        {KEY, 1, 'x', true, true, false, true, true},
        {POLICY + 7, 1, 'x', true, true, true, false, true},
        {FIT + ENTRY, 8, UINT64_C(0x1FFFF0040), true, false, true, true, true}, /* above 4 GiB */
        {FIT + 2 * ENTRY, 8, 0xFFFFFFFF, true, true, false, true, true},
        {FIT + 3 * ENTRY, 8, 0, true, true, true, false, true},
        {FIT + 2 * ENTRY + 14, 1, 0x7F, true, true, false, true, true}, /* an entry to skip */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct inspected s;
        struct mk_boot_guard b;
        inspected_open(&s, recipe);
        mk_buffer_uint(s.bytes, rows[i].at, rows[i].width, rows[i].value);
        inspected_again(&s);
        cr_expect_eq(mk_boot_guard_read(&s.image, &b), rows[i].table, "row %zu", i);
        cr_expect_eq(b.acm_at != MK_NOWHERE, rows[i].acm, "row %zu", i);
        cr_expect_eq(b.key_at != MK_NOWHERE, rows[i].key, "row %zu", i);
        cr_expect_eq(b.policy_at != MK_NOWHERE, rows[i].policy, "row %zu", i);
        cr_expect_eq(inspected_has(&s, MK_FINDING_BOOT_GUARD), rows[i].told, "row %zu", i);
        inspected_close(&s);
    }
}

Test(boot_guard, structures_of_other_versions_and_sums) {
    struct inspected s;
    struct mk_boot_guard b;
    inspected_open(&s, recipe);
    mk_buffer_uint(s.bytes, KEY + 8, 1, 0x30);
    mk_buffer_uint(s.bytes, FIT + ENTRY + 12, 1, 1);
    inspected_again(&s);
    cr_assert(mk_boot_guard_read(&s.image, &b));
    cr_assert(b.key.version == 0x30 && b.key.revision == 0 && b.key.svn == 0 && b.key.id == 0);
    cr_assert(b.fit.has_checksum && !b.fit.checksum_right);
    inspected_close(&s);
}

/* If the file ends before the BIOS region, the place of 4 GiB is unknown. */
Test(boot_guard, the_end_of_the_region_is_needed) {
    struct inspected s;
    struct mk_boot_guard b;
    struct mk_image image;
    inspected_open(&s, recipe);
    for (uint64_t n = 0x11000; n <= END; n += 0x7F80) {
        cr_assert(
            mk_image_recognise(mk_span_clip(mk_buffer_span(s.bytes), 0, n), NULL, &image, NULL));
        cr_expect_eq(mk_boot_guard_read(&image, &b), n == END, "%x", (unsigned)n);
        mk_image_free(&image);
    }
    inspected_close(&s);
    for (size_t n = 0; n < 0x48; n++) {
        uint8_t bytes[0x48] = {0};
        struct mk_fit fit;
        cr_expect_not(mk_fit_read(mk_span_of(bytes, n), &fit), "%x bytes", (unsigned)n);
    }
}

/* ---- GbE ---- */

Test(boot_guard, banks_of_the_gbe_region) {
    uint8_t bytes[2 * MK_GBE_BANK_SIZE];
    struct mk_buffer b = {bytes, sizeof bytes};
    struct mk_gbe_bank banks[MK_GBE_BANKS];
    mk_buffer_fill(b, 0, sizeof bytes, 0xFF);
    mk_buffer_fill(b, MK_GBE_BANK_SIZE, 0x80, 0);
    mk_buffer_put(b, MK_GBE_BANK_SIZE, "\x00\xDE\xAD\xC0\xFF\xEE", 6);
    mk_buffer_uint(b, MK_GBE_BANK_SIZE + 0x7E, 2, (0xBABAu - 0xDE00u - 0xC0ADu - 0xEEFFu) & 0xFFFF);
    mk_gbe_read(mk_buffer_span(b), banks);
    cr_assert_not(banks[0].present);
    cr_assert(banks[1].present && banks[1].sum == MK_GBE_SUM);
    cr_assert_arr_eq(banks[1].mac, "\x00\xDE\xAD\xC0\xFF\xEE", 6);
    bytes[MK_GBE_BANK_SIZE + 0x40] = 1;
    mk_gbe_read(mk_buffer_span(b), banks);
    cr_assert(banks[1].sum == MK_GBE_SUM + 1);
    mk_gbe_read(mk_span_clip(mk_buffer_span(b), 0, MK_GBE_BANK_SIZE + 0x7F), banks);
    cr_assert_not(banks[1].present, "cut off");
}
