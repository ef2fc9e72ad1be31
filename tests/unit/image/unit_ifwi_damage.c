/* SPDX-License-Identifier: MIT */
/* Tables of boot partitions with impossible values: each is reported once, and the rest is still
 * shown. */
#include "patched.h"

#include <mekit/image/extent.h>

TestSuite(ifwi_damage, .fini = check_leaks);

/* good-csme12: BP1 at 0x4000 (RBEP, FTPR, PMCP), BP2 at 0x12000. */
#define BP1         0x4000u
#define SLOT(bp, i) ((bp) + 0x18u + (i)*0xCu)
#define SECOND      MK_BPDT_TYPE_SECOND

/* Writes n equal entries. */
static void fill_table(struct mk_buffer b, uint64_t bp, unsigned n, uint32_t type, uint32_t offset,
                       uint32_t size) {
    cr_assert(mk_buffer_uint(b, bp + mk_bpdt_fields[MK_BPDT_COUNT].offset, 2, n));
    for (unsigned i = 0; i < n; i++) {
        const struct patch entry[] = {
            {SLOT(bp, i), 4, type}, {SLOT(bp, i) + 4, 4, offset}, {SLOT(bp, i) + 8, 4, size}};
        patch(b, entry, 3);
    }
}

static size_t told(const struct mk_firmware *f, const char *what) {
    size_t n = 0;
    for (size_t i = 0; i < f->problems.n; i++)
        n += strstr(f->problems.list[i].what, what) != NULL;
    return n;
}

/* A layout can name only five boot partitions and their second tables. */
Test(ifwi_damage, second_tables_without_end) {
    struct forged_image f = {.b = forged("good-csme12")};
    fill_table(f.b, BP1, 20, SECOND, 0xE000, 0x1000); /* BP2's table */
    forged_read(&f);
    const struct mk_firmware *firmware = &f.image.firmware;
    cr_assert_eq(firmware->n_boots, MK_LIMIT_BOOT_TABLES);
    cr_assert_eq(told(firmware, "not a place for a second table"), 20 - 8);
    cr_assert(mk_partition_find(firmware, "NFTP"));
    forged_close(&f);
}

Test(ifwi_damage, partitions_without_end) {
    struct forged_image f = {.b = forged("good-csme14-lite")};
    const uint32_t tables[] = {0x1000, 0xD000, 0x1B000};
    const uint64_t data = 0x10; /* layout 1.6: Data, BP1, BP2, BP3 */
    for (unsigned i = 0; i < 3; i++) {
        const struct patch pointer[] = {{data + 8 + 8 * i, 4, tables[i]},
                                        {data + 12 + 8 * i, 4, 0x1000}};
        patch(f.b, pointer, 2);
        cr_assert(mk_buffer_put(f.b, tables[i], f.b.p + tables[0], MK_BPDT_HEADER_SIZE));
        fill_table(f.b, tables[i], 60, 9, 0x800 + 0x10 * i, 0x10);
    }
    forged_read(&f);
    const struct mk_firmware *firmware = &f.image.firmware;
    size_t n = 0;
    for (size_t i = 0; i < firmware->n_partitions; i++)
        n += firmware->partitions[i].boot > 0;
    cr_assert_eq(firmware->n_boots, 3, "%zu", firmware->n_boots);
    cr_assert_eq(n, MK_LIMIT_BOOT_PARTITIONS, "%zu", n);
    cr_assert_eq(told(firmware, "partitions in all boot tables"), 1);
    forged_close(&f);
}

/* The data partition ends inside its second $FPT, or that table has impossible values. */
Test(ifwi_damage, a_second_fpt_that_is_invalid) {
    static const struct {
        const char *what;
        struct patch patch;
        bool is_pointer;
    } rows[] = {
        {"cut off", {4, 4, 0x1010}, true},
        {"too many entries", {0x1004, 4, 99}, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forged_image f = forged_open("good-csme16-lite");
        struct patch p = rows[i].patch;
        p.at += rows[i].is_pointer ? mk_layout_17_fields[MK_POINTER_DATA].offset
                                   : f.image.firmware.fpt_base;
        patch(f.b, &p, 1);
        forged_again(&f);
        const struct mk_firmware *firmware = &f.image.firmware;
        cr_expect(firmware->has_backup && firmware->backup_differs, "%s", rows[i].what);
        cr_expect_not(firmware->backup_sum_right, "%s", rows[i].what);
        forged_close(&f);
    }
}

/* In the second half of an IFWI 2.0, slots count from the start of the half, not of the image. */
Test(ifwi_damage, the_second_half_of_an_ifwi) {
    struct forged_image f = forged_open("good-txe3-ifwi");
    size_t half = f.b.n, n = f.image.firmware.n_partitions;
    struct mk_buffer both = {malloc(2 * half), 2 * half};
    struct mk_image image;
    cr_assert(both.p && mk_buffer_put(both, 0, f.b.p, half));
    cr_assert(mk_buffer_put(both, half, f.b.p, half));
    cr_assert(mk_image_recognise(mk_buffer_span(both), NULL, &image, NULL));
    const struct mk_firmware *firmware = &image.firmware;
    cr_assert_eq(firmware->n_partitions, 2 * n, "%zu", firmware->n_partitions);
    for (size_t i = 0; i < firmware->n_partitions; i++) {
        const struct mk_partition *p = &firmware->partitions[i];
        cr_expect(p->boot == 1 ? p->end <= half : p->start >= half, "%.4s of BP%u at 0x%x",
                  (const char *)p->name, p->boot, (unsigned)p->start);
    }
    cr_expect_eq(firmware->problems.n, 0);
    mk_image_free(&image);
    free(both.p);
    forged_close(&f);
}

/* A region without firmware has neither table. */
Test(ifwi_damage, a_region_without_tables) {
    static const uint8_t zeros[0x2000];
    struct mk_firmware f;
    struct mk_error e;
    cr_assert_not(mk_firmware_read(mk_span_of(zeros, sizeof zeros), &f, &e));
    cr_assert_eq(e.code, MK_E_TAG);
}

/* A data partition has no essential bytes. */
Test(ifwi_damage, data_needs_nothing) {
    struct forged_image f = forged_open("good-me11");
    const struct mk_partition *p = mk_partition_find(&f.image.firmware, "MFS\0");
    struct mk_ranges essential = {0};
    cr_assert(p && p->layout == MK_LAYOUT_DATA);
    cr_assert(mk_essential_extents(p, &essential));
    cr_assert_eq(mk_ranges_size(&essential), 0);
    mk_ranges_free(&essential);
    forged_close(&f);
}
