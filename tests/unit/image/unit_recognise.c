/* SPDX-License-Identifier: MIT */
#include "patched.h"

#include <mekit/image/extent.h>

TestSuite(recognise, .fini = check_leaks);

/* ---- unknown files, and the errors for them ---- */

static const struct {
    const char *what;
    size_t n;
    uint8_t fill;
    struct patch patch;
    enum mk_code code;
    uint64_t at;
} strangers[] = {
    {"no byte", 0, 0, {0}, MK_E_EMPTY, MK_NOWHERE},
    {"a few erased bytes", 16, 0xFF, {0}, MK_E_ERASED, 0},
    {"a block of zeros", 0x1000, 0, {0}, MK_E_ERASED, 0},
    {"nothing of it", 0x2000, 0x11, {0}, MK_E_UNKNOWN, 0},
    {"three bytes", 3, 0x11, {0}, MK_E_UNKNOWN, 0},
};

Test(recognise, files_that_are_no_image) {
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        struct mk_buffer b = {malloc(strangers[i].n + 1), strangers[i].n};
        struct mk_image image;
        struct mk_error e = {0};
        cr_assert(b.p && mk_buffer_fill(b, 0, b.n, strangers[i].fill));
        patch(b, &strangers[i].patch, 1);
        cr_expect_not(mk_image_recognise(mk_buffer_span(b), NULL, &image, &e));
        cr_expect_eq(e.code, strangers[i].code, "%s: %s", strangers[i].what, mk_code_name(e.code));
        cr_expect_eq(e.offset, strangers[i].at, "%s: 0x%x", strangers[i].what, (unsigned)e.offset);
        free(b.p);
    }
}

/* The size of a chip is a power of two, of two joined chips the sum of two; a region's is neither.
 */
Test(recognise, erased_chips_and_erased_regions) {
    static const struct {
        size_t n;
        bool chip;
    } sizes[] = {{0x1000, true},    {0x800000, true},  {0xC00000, true}, {0x880000, true},
                 {0x840000, false}, {0xE00000, false}, {0x3000, false}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct mk_buffer b = {malloc(sizes[i].n), sizes[i].n};
        struct mk_image image;
        cr_assert(b.p && mk_buffer_fill(b, 0, b.n, 0xFF));
        cr_assert(mk_image_recognise(mk_buffer_span(b), NULL, &image, NULL));
        cr_expect(image.kind == MK_IMAGE_REGION && image.me == MK_ME_ERASED);
        cr_expect_eq(image.blank_chip, sizes[i].chip, "0x%x", (unsigned)sizes[i].n);
        mk_image_free(&image);
        free(b.p);
    }
}

/* ---- images with a few changed bytes ---- */

static const struct row {
    const char *what, *recipe;
    struct patch patches[3];
    size_t n; /* size that the file is cut to; 0: not cut */
    enum mk_image_kind kind;
    enum mk_me_state me;
    enum mk_code code; /* why there is no firmware to work on */
} rows[] = {
    {"a dump", "good-full-me8", {{0}}, 0, MK_IMAGE_FULL, MK_ME_FIRMWARE, MK_OK},
    {"a descriptor alone",
     "good-full-me8",
     {{0}},
     0x1000,
     MK_IMAGE_DESCRIPTOR,
     MK_ME_ABSENT,
     MK_E_NO_OPERATION},
    {"the bytes before the ME",
     "good-full-me8",
     {{0}},
     0x3000,
     MK_IMAGE_FULL,
     MK_ME_ABSENT,
     MK_E_TRUNCATED},
    {"16 KiB that are no descriptor",
     "good-full-me8",
     {{0}},
     0x4000,
     MK_IMAGE_FULL,
     MK_ME_FIRMWARE,
     MK_OK},
    {"an ME region of zeros",
     "good-full-me8",
     {{0x3000, FILL + 0xC000, 0}},
     0,
     MK_IMAGE_FULL,
     MK_ME_UNKNOWN,
     MK_E_ERASED},
    {"an ME region of rubbish",
     "good-full-me8",
     {{0x3000, FILL + 0xC000, 0x11}},
     0,
     MK_IMAGE_FULL,
     MK_ME_UNKNOWN,
     MK_E_UNKNOWN},
    {"an ME region that is erased",
     "good-full-me8",
     {{0x3000, FILL + 0xC000, 0xFF}},
     0,
     MK_IMAGE_FULL,
     MK_ME_ERASED,
     MK_E_ERASED},
    {"no ME region",
     "good-full-me8",
     {{0x48, 4, 0xFFFFFFFF}},
     0,
     MK_IMAGE_FULL,
     MK_ME_DISABLED,
     MK_E_NOT_FOUND},
    {"no region at all",
     "good-full-me8",
     {{0x44, 4, 0x7FFF}, {0x48, 4, 0x7FFF}},
     0,
     MK_IMAGE_FULL,
     MK_ME_DISABLED,
     MK_E_NOT_FOUND},
    {"a table of too many entries",
     "good-full-me8",
     {{0x3014, 4, 31}},
     0,
     MK_IMAGE_FULL,
     MK_ME_UNKNOWN,
     MK_E_COUNT},
    {"CSME 12 in a dump",
     "unsupported-full-csme12",
     {{0}},
     0,
     MK_IMAGE_FULL,
     MK_ME_CSE,
     MK_E_NO_OPERATION},
    {"TXE 3 in the BIOS region",
     "good-dump-apl",
     {{0}},
     0,
     MK_IMAGE_FULL,
     MK_ME_CSE,
     MK_E_NO_OPERATION},
    {"Gemini Lake without it",
     "unsupported-full-glk",
     {{0}},
     0,
     MK_IMAGE_FULL,
     MK_ME_CSE,
     MK_E_NO_OPERATION},
    {"an update image", "unsupported-update", {{0}}, 0, MK_IMAGE_PARTITION, MK_ME_FIRMWARE, MK_OK},
};

Test(recognise, states_of_the_me) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forged_image f = {.b = forged(rows[i].recipe)};
        struct mk_error e = {0};
        patch(f.b, rows[i].patches, 3);
        f.b.n = rows[i].n ? rows[i].n : f.b.n;
        forged_read(&f);
        cr_expect_eq(f.image.kind, rows[i].kind, "%s: %s", rows[i].what,
                     mk_image_kind_name(f.image.kind));
        cr_expect_eq(f.image.me, rows[i].me, "%s: %d", rows[i].what, f.image.me);
        cr_expect_eq(mk_image_has_firmware(&f.image, &e), rows[i].code == MK_OK, "%s",
                     rows[i].what);
        cr_expect_eq(e.code, rows[i].code, "%s: %s", rows[i].what, mk_code_name(e.code));
        cr_expect_eq(mk_image_has_firmware(&f.image, NULL), rows[i].code == MK_OK);
        forged_close(&f);
    }
}

Test(recognise, regions_by_number) {
    struct forged_image f = forged_open("good-full-me8"), bare = forged_open("good-me8");
    struct mk_span region;
    cr_expect(mk_image_region(&f.image, MK_REGION_ME, &region));
    cr_expect(region.at == 0x3000 && region.n == 0xC000);
    cr_expect_not(mk_image_region(&f.image, MK_REGION_PD, &region), "unused");
    cr_expect_not(mk_image_region(&f.image, MK_LIMIT_REGIONS, &region), "no such slot");
    cr_expect_not(mk_image_region(&bare.image, MK_REGION_ME, &region), "no descriptor");
    forged_close(&f);
    forged_close(&bare);
}

/* The extracted FTPR of CSME 12: a lone partition of the new kind. */
Test(recognise, a_lone_partition_of_cse) {
    struct forged_image f = forged_open("good-csme12");
    const struct mk_partition *boot = f.image.firmware.boot;
    struct mk_image lone;
    cr_assert(
        mk_image_recognise(mk_span_of(f.b.p + boot->start, (size_t)boot->size), NULL, &lone, NULL));
    cr_expect_eq(lone.kind, MK_IMAGE_PARTITION);
    cr_expect_eq(lone.me, MK_ME_CSE);
    cr_expect_eq(lone.firmware.version.major, 12);
    mk_image_free(&lone);
    forged_close(&f);
}

/* ---- family and version ---- */

static const struct {
    const char *what, *recipe;
    struct patch patches[2];
    const char *family;
    unsigned major;
    bool sps, ignition;
} names[] = {
    {"ME 8", "good-me8", {{0}}, "ME", 8, false, false},
    {"an entry of servers, without data",
     "good-me8",
     {{0x90, 4, 0x3152504F}},
     "SPS",
     8,
     true,
     false},
    {"the other one", "good-me8", {{0x90, 4, 0x3252504F}}, "SPS", 8, true, false},
    {"SPS 4 by its extension", "unsupported-sps4", {{0}}, "SPS", 4, true, false},
    {"a directory of servers in a boot table",
     "good-csme12",
     {{0x1300C, 4, 0x3152504F}},
     "SPS",
     12,
     true,
     false},
    {"the other one in a boot table",
     "good-csme12",
     {{0x1300C, 4, 0x3252504F}},
     "SPS",
     12,
     true,
     false},
    {"Ignition", "good-ignition", {{0}}, "ME", 6, false, true},
    {"Ignition without $SKU", "good-ignition", {{0x1410, 4, 0}}, "ME", 6, false, false},
    {"a $SKU of another size", "good-ignition", {{0x1414, 4, 4}}, "ME", 6, false, false},
    {"a $SKU that is not 0", "good-ignition", {{0x1418, 4, 1}}, "ME", 6, false, false},
    {"Ignition of too many modules", "good-ignition", {{0x1020, 4, 300}}, "ME", 6, false, false},
    {"an update", "unsupported-update", {{0}}, "ME", 8, false, false},
    {"an update of version 0", "unsupported-update", {{0x24, 2, 0}}, "ME", 0, false, false},
};

Test(recognise, names_of_firmware) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct forged_image f = {.b = forged(names[i].recipe)};
        patch(f.b, names[i].patches, 2);
        forged_read(&f);
        const struct mk_firmware *firmware = &f.image.firmware;
        cr_expect_str_eq(firmware->family, names[i].family, "%s: %s", names[i].what,
                         firmware->family);
        cr_expect_eq(firmware->version.major, names[i].major, "%s", names[i].what);
        cr_expect_eq(firmware->is_sps, names[i].sps, "%s", names[i].what);
        cr_expect_eq(firmware->is_ignition, names[i].ignition, "%s", names[i].what);
        forged_close(&f);
    }
}
