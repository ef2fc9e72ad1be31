/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/format/host/fit.h>

TestSuite(fit, .fini = check_leaks);
TestSuite(acm, .fini = check_leaks);
TestSuite(boot_manifest, .fini = check_leaks);

#define SIZE  0x1000u /* size of the BIOS region, which ends at 4 GiB */
#define TABLE 0x800u
#define ENTRY 16u

static uint8_t bytes[SIZE];
static const struct mk_buffer b = {bytes, SIZE};

static struct mk_span bios(void) {
    return mk_buffer_span(b);
}
static uint32_t address(uint32_t at) {
    return 0u - SIZE + at;
}
static void put_number(uint32_t at, uint32_t number, unsigned n) {
    for (unsigned i = 0; i < n; i++)
        bytes[at + i] = (uint8_t)(number >> 8 * i);
}

static void put_entry(unsigned i, uint32_t where, uint32_t size, uint8_t type) {
    uint32_t at = TABLE + i * ENTRY;
    put_number(at, where, 4);
    put_number(at + 8, size, 3);
    put_number(at + 12, 0x0100, 2);
    bytes[at + 14] = type;
}

/* The header's count includes the header. */
static void make(uint32_t n) {
    put_number(SIZE - 0x40, address(TABLE), 4);
    put_entry(0, 0, n, 0x80);
    mk_buffer_put(b, TABLE, "_FIT_   ", 8);
    put_entry(1, address(0x100), 0x654321, MK_FIT_ACM);
    put_entry(2, address(0x200), 0x10, 0x80 | MK_FIT_KEY_MANIFEST);
}

static void mend(uint32_t n) {
    unsigned sum = 0;
    bytes[TABLE + 15] = 0;
    for (uint32_t i = 0; i < n * ENTRY; i++)
        sum += bytes[TABLE + i];
    bytes[TABLE + 15] = (uint8_t)(0x100 - (sum & 0xFF));
}

Test(fit, has_entries_behind_its_header) {
    struct mk_fit fit;
    struct mk_span acm;
    make(3);
    mend(3);
    cr_assert(mk_fit_read(bios(), &fit));
    cr_expect_eq(fit.at, TABLE);
    cr_expect(fit.has_checksum && fit.checksum_right);
    cr_assert_eq(fit.n, 2);
    cr_expect_eq(fit.entries[0].type, MK_FIT_ACM);
    cr_expect_eq(fit.entries[0].size, 0x654321);
    cr_expect_eq(fit.entries[0].version, 0x0100);
    cr_expect_eq(fit.entries[1].type, MK_FIT_KEY_MANIFEST);
    cr_assert(mk_fit_bytes(bios(), &fit.entries[0], &acm));
    cr_expect(acm.at == 0x100 && acm.n == SIZE - 0x100);
}

Test(fit, a_wrong_sum_is_reported) {
    struct mk_fit fit;
    make(3);
    mend(3);
    bytes[TABLE + 3 * ENTRY - 1]++;
    cr_assert(mk_fit_read(bios(), &fit));
    cr_expect(!fit.checksum_right);
    cr_expect_eq(fit.n, 2);
}

Test(fit, ends_with_the_bytes) {
    struct mk_fit fit;
    make(1000);
    cr_assert(mk_fit_read(bios(), &fit));
    cr_expect(!fit.checksum_right);
    cr_assert_eq(fit.n, (SIZE - TABLE) / ENTRY - 1);
    fit.entries[0].address = address(0) - 1;
    cr_expect(!mk_fit_bytes(bios(), &fit.entries[0], &(struct mk_span){0}));
    fit.entries[0].address = UINT64_C(1) << 32;
    cr_expect(!mk_fit_bytes(bios(), &fit.entries[0], &(struct mk_span){0}));
    fit.entries[0].address = address(0);
    cr_expect(mk_fit_bytes(bios(), &fit.entries[0], &(struct mk_span){0}));
}

Test(fit, is_no_other_table) {
    struct mk_fit fit;
    make(3);
    cr_expect(mk_fit_read(bios(), &fit));
    cr_expect(!mk_fit_read(mk_span_of(bytes + SIZE - 0x3F, 0x3F), &fit));
    bytes[TABLE]++;
    cr_expect(!mk_fit_read(bios(), &fit));
    make(3);
    put_number(SIZE - 0x40, address(0) - 1, 4);
    cr_expect(!mk_fit_read(bios(), &fit));
}

static void make_acm(void) {
    put_number(0, 2, 2);
    put_number(0x10, 0x8086, 4);
    put_number(0x14, 0x20190417, 4);
    put_number(0x18, 0x4001, 4);
    put_number(0x1C, 0x0102, 2);
    put_number(0x1E, 0x0304, 2);
}

Test(acm, has_date_size_and_svn) {
    struct mk_acm acm;
    make_acm();
    cr_assert(mk_acm_read(mk_span_of(bytes, 0x20), &acm));
    cr_expect_eq(acm.date, 0x20190417);
    cr_expect_eq(acm.size, 0x10004);
    cr_expect_eq(acm.svn, 0x0102);
    cr_expect_eq(acm.se_svn, 0x0304);
}

Test(acm, is_no_other_module) {
    struct mk_acm acm;
    make_acm();
    cr_expect(!mk_acm_read(mk_span_of(bytes, 0x1F), &acm));
    bytes[0]++;
    cr_expect(!mk_acm_read(mk_span_of(bytes, 0x20), &acm));
    make_acm();
    bytes[0x10]++;
    cr_expect(!mk_acm_read(mk_span_of(bytes, 0x20), &acm));
}

/* version: of the structure; at: offset of revision, SVN and the number after them. */
static void check_manifest(bool (*read)(struct mk_span, struct mk_boot_manifest *), const char *tag,
                           uint8_t version, uint32_t at) {
    struct mk_boot_manifest m;
    mk_buffer_put(b, 0, tag, 8);
    bytes[8] = version;
    put_number(at, 0x030201, 3);
    cr_assert(read(bios(), &m));
    cr_expect_eq(m.version, version);
    cr_expect_eq(m.revision, 1);
    cr_expect_eq(m.svn, 2);
    cr_expect_eq(m.id + m.acm_svn, 3);
}

Test(boot_manifest, both_generations_give_the_same_fields) {
    check_manifest(mk_key_manifest_read, "__KEYM__", 0x10, 0x09);
    check_manifest(mk_key_manifest_read, "__KEYM__", 0x21, 0x11);
    check_manifest(mk_boot_policy_read, "__ACBP__", 0x10, 0x0A);
    check_manifest(mk_boot_policy_read, "__ACBP__", 0x21, 0x0E);
}

Test(boot_manifest, of_another_generation_has_a_version_alone) {
    struct mk_boot_manifest m;
    mk_buffer_put(b, 0, "__KEYM__\x30\x01\x02\x03", 12);
    cr_assert(mk_key_manifest_read(bios(), &m));
    cr_expect(m.version == 0x30 && m.revision == 0 && m.svn == 0 && m.id == 0);
}

Test(boot_manifest, is_nothing_else) {
    struct mk_boot_manifest m;
    mk_buffer_put(b, 0, "__KEYM__", 8);
    cr_expect(!mk_boot_policy_read(bios(), &m));
    cr_expect(mk_key_manifest_read(mk_span_of(bytes, 0x14), &m));
    cr_expect(!mk_key_manifest_read(mk_span_of(bytes, 0x13), &m));
}
