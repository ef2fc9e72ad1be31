/* SPDX-License-Identifier: MIT */
/* Damage that tables show by themselves: each kind, and a near miss of it. */
#include "patched.h"

#include <mekit/inspect/inspect.h>

TestSuite(inspect_table, .fini = check_leaks);

#define LLUT         0x3640u /* place of the LLUT in good-me8's FTPR */
#define CHUNK(i)     (LLUT + 0x40u + 4u * (i))
#define LLUT_6       0x1500u /* place of the LLUT in good-me6's FTPR */
#define CPD          0x1000u
#define CPD_ENTRY(i) (CPD + 0x10u + 0x18u * (i))
#define BUP_NAME     CPD_ENTRY(7)
#define CPD_SUM      (CPD + 0xBu)
#define KERNEL_11    0x1800u

#define NONE MK_FINDING_COUNT

static const struct row {
    const char *what, *recipe;
    struct patch patches[2];
    enum mk_finding_id id; /* NONE: no table damage */
    bool stops_strip;
} rows[] = {
    {"SpiBase", "good-me8", {{LLUT + 0xC, 1, 0x04}}, MK_FINDING_LLUT_DAMAGED, true},
    {"AddrBase", "good-me8", {{LLUT + 0x9, 1, 0x77}}, MK_FINDING_LLUT_DAMAGED, true},
    {"the stream's start", "good-me8", {{LLUT + 0x14, 1, 0x04}}, MK_FINDING_LLUT_DAMAGED, true},
    {"the stream's length", "good-me8", {{LLUT + 0x11, 1, 0x77}}, MK_FINDING_LLUT_DAMAGED, true},
    {"a stream that ends before the next module",
     "good-me6",
     {{LLUT_6 + 0x10, 1, 0x77}},
     MK_FINDING_LLUT_DAMAGED,
     true},
    {"a stream that ends inside the next module",
     "good-me6",
     {{LLUT_6 + 0x13, 1, 0x01}},
     MK_FINDING_LLUT_DAMAGED,
     true},
    {"a flag that says that pages are larger",
     "good-me8",
     {{LLUT + 0x18, 1, 0x00}},
     MK_FINDING_LLUT_DAMAGED,
     true},
    {"a flag that no LLUT has",
     "good-me8",
     {{LLUT + 0x18, 1, 0x81}},
     MK_FINDING_LLUT_DAMAGED,
     true},
    {"a byte where no LLUT has one",
     "good-me8",
     {{LLUT + 0x2F, 1, 0x40}},
     MK_FINDING_LLUT_DAMAGED,
     true},
    {"the LLUT's revision", "good-me8", {{LLUT + 0x3C, 4, 0x20203042}}, NONE, false},
    {"the count", "good-me8", {{LLUT + 0x4, 1, 0x1E}}, MK_FINDING_LLUT_DAMAGED, true},
    {"the tag", "good-me8", {{LLUT, 4, 0x58554C4C}}, MK_FINDING_LLUT_DAMAGED, true},
    {"a page that moved to another",
     "good-me8",
     {{CHUNK(26), 4, 0x40004680}},
     MK_FINDING_LLUT_DAMAGED,
     true},
    {"an empty page with an offset",
     "good-me8",
     {{CHUNK(1), 4, 0x80000010}},
     MK_FINDING_LLUT_DAMAGED,
     true},
    {"a page of an unknown kind",
     "good-me8",
     {{CHUNK(26) + 3, 1, 0x41}},
     MK_FINDING_LLUT_DAMAGED,
     true},
    {"the LLUT's tool version", "good-me8", {{LLUT + 0x34, 4, 0x12345678}}, NONE, false},
    {"as it is", "good-me8", {{0}}, NONE, false},
    {"a page of FF in BUP",
     "good-me8",
     {{0x4300, FILL + 0x381, 0xFF}},
     MK_FINDING_BOOT_CODE_DAMAGED,
     true},
    {"a page of 00 in BUP",
     "good-me8",
     {{0x4300, FILL + 0x381, 0x00}},
     MK_FINDING_BOOT_CODE_DAMAGED,
     true},
    {"all of it but a byte", "good-me8", {{0x4300, FILL + 0x380, 0xFF}}, NONE, false},
    {"256 bytes of FF in a page of KERNEL",
     "good-me8",
     {{0x4E81, FILL + 0x100, 0xFF}},
     NONE,
     false},
    {"a page of FF in KERNEL",
     "good-me8",
     {{0x4E81, FILL + 0x800, 0xFF}},
     MK_FINDING_CODE_DAMAGED,
     false},
    {"as it is", "good-me11", {{0}}, NONE, false},
    {"1 KiB of FF in kernel",
     "good-me11",
     {{KERNEL_11 + 0x200, FILL + 0x400, 0xFF}},
     MK_FINDING_BOOT_CODE_DAMAGED,
     true},
    {"1 KiB of 00 in kernel",
     "good-me11",
     {{KERNEL_11 + 0x200, FILL + 0x400, 0x00}},
     MK_FINDING_BOOT_CODE_DAMAGED,
     true},
    {"1 KiB of it but a byte", "good-me11", {{KERNEL_11 + 0x200, FILL + 0x3FF, 0xFF}}, NONE, false},
    {"FTPR.man is FTPR.mam, the sum holds",
     "good-me11",
     {{CPD_ENTRY(0) + 7, 1, 'm'}, {CPD_ENTRY(9) + 0x14, 1, 1}},
     MK_FINDING_DIRECTORY_DAMAGED,
     true},
    {"another name of $CPD, the sum holds",
     "good-me11",
     {{CPD + 0xC, 1, 'E'}, {CPD_ENTRY(9) + 0x14, 1, 1}},
     MK_FINDING_DIRECTORY_DAMAGED,
     true},
    {"the sum of $CPD", "good-me11", {{CPD_SUM, 1, 0x77}}, MK_FINDING_DIRECTORY_DAMAGED, true},
    {"bup is cup", "good-me11", {{BUP_NAME, 1, 'c'}}, MK_FINDING_DIRECTORY_DAMAGED, true},
    {"bup and bup.met change names",
     "good-me11",
     {{BUP_NAME, 1, 'c'}, {BUP_NAME + 0x18, 1, 'c'}},
     MK_FINDING_DIRECTORY_DAMAGED,
     true},
    {"vfs is vf, the sum holds",
     "good-me11",
     {{CPD_ENTRY(9) + 2, 1, 0}, {CPD_ENTRY(9) + 0x14, 1, 's'}},
     MK_FINDING_DIRECTORY_DAMAGED,
     true},
    {"reserved bytes, the sum holds", "good-me11", {{CPD_ENTRY(9) + 0x14, 2, 0x8080}}, NONE, false},
};

static bool is_of_tables(const struct mk_finding *one) {
    return one->id == MK_FINDING_LLUT_DAMAGED || one->id == MK_FINDING_DIRECTORY_DAMAGED ||
           one->id == MK_FINDING_TABLE_DAMAGED || one->id == MK_FINDING_BOOT_CODE_DAMAGED ||
           one->id == MK_FINDING_CODE_DAMAGED;
}

static void expect(const struct row *row, const struct mk_findings *f) {
    bool stops = false;
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        n += is_of_tables(&f->list[i]);
        stops |= is_of_tables(&f->list[i]) && (f->list[i].blocks & MK_TO_STRIP);
    }
    if (row->id == NONE)
        cr_expect(n == 0, "%s: %s", row->what, n ? f->list[0].text : "");
    else
        cr_expect(mk_finding_find(f, row->id), "%s: %zu others", row->what, n);
    cr_expect_eq(stops, row->stops_strip, "%s", row->what);
}

static void inspect(const struct forged_image *f, struct mk_inspection *seen) {
    struct mk_error e = {0};
    cr_assert(mk_inspect(&f->image, 0, NULL, 0, seen, &e), "%s", e.what);
}

Test(inspect_table, findings_for_each_damage) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forged_image f = {.b = forged(rows[i].recipe)};
        struct mk_inspection seen;
        patch(f.b, rows[i].patches, 2);
        forged_read(&f);
        inspect(&f, &seen);
        expect(&rows[i], &seen.findings);
        mk_inspection_free(&seen);
        forged_close(&f);
    }
}

/* Damage in NFTP, which a strip removes, is reported but blocks nothing. */
Test(inspect_table, damage_in_removable_parts_blocks_nothing) {
    struct forged_image f = forged_open("good-me11");
    const struct mk_partition *nftp = mk_partition_find(&f.image.firmware, "NFTP");
    struct mk_inspection seen;
    cr_assert(nftp && nftp->layout == MK_LAYOUT_DIRECTORY);
    cr_assert(mk_buffer_uint(f.b, nftp->bytes.at + 0xB, 1, 0x77));
    forged_again(&f);
    inspect(&f, &seen);
    const struct mk_finding *one = mk_finding_find(&seen.findings, MK_FINDING_CODE_DAMAGED);
    cr_assert(one && one->blocks == 0 && one->severity == MK_DAMAGE);
    cr_assert_not(mk_finding_find(&seen.findings, MK_FINDING_DIRECTORY_DAMAGED));
    mk_inspection_free(&seen);
    forged_close(&f);
}

/* Healthy images include a lone partition, which is not where its addresses say, and SPS, which
 * does not maintain the sum of $CPD. */
Test(inspect_table, healthy_images_are_silent) {
    static const char *const healthy[] = {
        "good-me6",           "good-me7",         "good-me10",        "good-ignition",
        "good-txe1",          "good-csme12",      "good-csme16",      "good-txe3-ifwi",
        "unsupported-update", "unsupported-sps2", "unsupported-sps3", "good-full-me8"};
    for (size_t i = 0; i < sizeof healthy / sizeof *healthy; i++) {
        struct forged_image f = forged_open(healthy[i]);
        struct mk_inspection seen;
        inspect(&f, &seen);
        expect(&(struct row){.what = healthy[i], .id = NONE}, &seen.findings);
        mk_inspection_free(&seen);
        forged_close(&f);
    }
}
