/* SPDX-License-Identifier: MIT */
/* Demands of an image at the bound and one above it. */
#include "../forged.h"

#include <forge/build.h>
#include <mekit/action/strip.h>
#include <mekit/format/mme.h>
#include <mekit/image/firmware.h>

#define ROOM      0x20000u
#define HALF      (ROOM / 2)
#define BOOT_AT   0x1000u
#define BOOT_SIZE 0x8000u
#define LIST      (FORGE_MANIFEST_HEADER + MK_MANIFEST_NAME_SIZE)

static uint8_t bytes[ROOM];
static const struct mk_buffer b = {bytes, ROOM};
static struct mk_firmware firmware;

static void close_firmware(void) {
    mk_firmware_free(&firmware);
    check_leaks();
}

TestSuite(bound, .fini = close_firmware);

static void put_directory(unsigned n) {
    memset(bytes, 0, sizeof bytes);
    forge_text(b, 0, "$CPD");
    forge_field(b, 0, &mk_cpd_fields[MK_CPD_COUNT], n);
    forge_field(b, 0, &mk_cpd_fields[MK_CPD_VERSION], 1);
    forge_field(b, 0, &mk_cpd_fields[MK_CPD_HEADER_LENGTH], 0x10);
}

static void put_entry(unsigned i, const char *name, uint32_t offset, uint32_t length) {
    uint64_t at = 0x10 + (uint64_t)i * MK_CPD_ENTRY_SIZE;
    forge_text(b, at, name);
    forge_field(b, at, &mk_cpd_entry_fields[MK_CPD_ENTRY_OFFSET], offset);
    forge_field(b, at, &mk_cpd_entry_fields[MK_CPD_ENTRY_LENGTH], length);
}

static const struct mk_partition *read_partition(void) {
    struct mk_error e = {0};
    mk_firmware_free(&firmware);
    cr_assert(mk_firmware_read_partition(mk_buffer_span(b), &firmware, &e), "%s", e.what);
    return &firmware.partitions[0];
}

Test(bound, modules_cover_four_times_their_partition) {
    for (unsigned n = 8; n <= 9; n++) {
        put_directory(n);
        for (unsigned i = 0; i < n; i++)
            put_entry(i, "m", HALF, 8);
        const struct mk_partition *p = read_partition();
        cr_assert_eq(p->problem.code, n == 8 ? MK_OK : MK_E_COUNT);
        cr_assert_eq(p->n_modules, 8);
    }
}

/* Attributes that end at the bound count; attributes that begin there don't. */
Test(bound, metadata_is_looked_at_for_16_kib) {
    const uint32_t size = MK_ATTRIBUTE_HASH_AT + MK_HASH_256;
    for (uint32_t at = MK_LIMIT_METADATA - size; at <= MK_LIMIT_METADATA; at += size) {
        put_directory(2);
        put_entry(0, "m", 0x100, 8);
        put_entry(1, "m.met", 0x200, at + size);
        mk_buffer_uint(b, 0x204, 4, at);
        mk_buffer_uint(b, 0x200 + at, 4, MK_EXTENSION_MODULE);
        mk_buffer_uint(b, 0x204 + at, 4, size);
        mk_buffer_uint(b, 0x20C + at, 4, 0x1234);
        const struct mk_partition *p = read_partition();
        cr_assert_eq(p->modules[0].code_size, at < MK_LIMIT_METADATA ? 0x1234u : 0);
    }
}

/* Names have any order and different lengths; of equal names the first one counts. */
Test(bound, names_are_found) {
    static const char *const names[] = {"z", "b", "aa", "b", "longest.name", "ab", ""};
    const unsigned n = sizeof names / sizeof *names;
    put_directory(n);
    for (unsigned i = 0; i < n; i++)
        put_entry(i, names[i], 0x1000 + i * 0x100, 8);
    const struct mk_partition *p = read_partition();
    for (unsigned i = 0; i < n; i++) {
        const struct mk_module *found = mk_module_find(p, names[i]);
        cr_assert_eq(found, &p->modules[i == 3 ? 1 : i], "%s", names[i]);
        cr_assert_eq(mk_module_find_same(p, &p->modules[i]), found, "%s", names[i]);
    }
    cr_assert_null(mk_module_find(p, "a"));
    cr_assert_null(mk_module_find(p, "zz"));
    cr_assert_null(mk_module_find(p, "longest.named"));
}

/* ---- boot modules may unpack to 16 times the image plus 64 MiB ---- */

static void put_module(unsigned i, uint32_t offset, size_t stored, struct mk_span code) {
    uint64_t at = BOOT_AT + LIST + i * 0x60u;
    forge_text(b, at, "$MME");
    forge_text(b, at + mk_mme_fields[MK_MME_NAME].offset, "BUP");
    forge_hash_reversed(b, at + mk_mme_fields[MK_MME_HASH].offset, code);
    forge_field(b, at, &mk_mme_fields[MK_MME_OFFSET], offset);
    forge_field(b, at, &mk_mme_fields[MK_MME_CODE_SIZE], code.n);
    forge_field(b, at, &mk_mme_fields[MK_MME_STORED_SIZE], stored);
    forge_field(b, at, &mk_mme_fields[MK_MME_COMPRESSION], 2);
}

static enum mk_code strip_code(void) {
    struct mk_image image;
    struct mk_plan plan;
    struct mk_error e = {0};
    cr_assert(mk_image_recognise(mk_buffer_span(b), NULL, &image, &e), "%s", e.what);
    mk_plan_start(&plan, image.bytes);
    mk_strip_plan(&image, &(struct mk_strip_options){.force = true}, &plan, &e);
    mk_plan_free(&plan);
    mk_image_free(&image);
    return e.code;
}

Test(bound, modules_that_boot_unpack_to_64_mib) {
    const struct forge_part part = {
        .name = "FTPR", .offset = BOOT_AT, .size = BOOT_SIZE, .content = FORGE_LEAVE};
    const struct forge_region region = {.size = ROOM,
                                        .generation = 2,
                                        .fpt_at = 0x10,
                                        .version = 0x20,
                                        .header_length = 0x30,
                                        .parts = &part,
                                        .n = 1};
    static uint8_t packed[BOOT_SIZE];
    struct mk_buffer code = {calloc(MK_LIMIT_CODE, 1), MK_LIMIT_CODE};
    size_t stored = forge_lzma(code.p, code.n, false, packed, sizeof packed);
    cr_assert(stored > 0 && forge_region_build(b, 0, &region, "bound"));
    for (unsigned n = 4; n <= 5; n++) {
        struct forge_manifest m = {.structure = MK_STRUCTURE_MN2,
                                   .version = {8, 1, 40, 1000},
                                   .size = LIST + 0x400,
                                   .modules = n,
                                   .key = forge_key_2048_e17};
        memset(bytes + BOOT_AT, 0, BOOT_SIZE);
        forge_manifest_start(b, BOOT_AT, &m);
        for (unsigned i = 0; i < n; i++)
            put_module(i, m.size, stored, mk_buffer_span(code));
        mk_buffer_put(b, BOOT_AT + m.size, packed, stored);
        cr_assert(forge_manifest_sign(b, BOOT_AT, &m));
        cr_assert_eq(strip_code(), n == 4 ? MK_OK : MK_E_COUNT, "%u", n);
    }
    free(code.p);
}
