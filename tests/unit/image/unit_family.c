/* SPDX-License-Identifier: MIT */
#include "forged.h"

#include <forge/cse/cse.h>
#include <mekit/base/crc.h>
#include <mekit/verify/verify.h>

TestSuite(family, .fini = check_leaks);

static const struct row {
    const char *recipe, *family, *boot; /* boot "": no boot partition */
    enum mk_verdict verdict;
} rows[] = {
    {"good-gsc", "GSC", "RBEP", MK_VERDICT_VALID},
    {"good-gsc-short", "GSC", "RBEP", MK_VERDICT_VALID},
    {"good-csme18", "CSME", "RBEP", MK_VERDICT_VALID},
    {"unsupported-csme20", "CSME", "RBEP", MK_VERDICT_UNSUPPORTED},
    {"good-huc", "HuC", "", MK_VERDICT_VALID},
    {"good-ipu6", "IPU", "", MK_VERDICT_VALID},
    {"good-adsp", "ADSP", "", MK_VERDICT_VALID},
    {"good-csme16", "CSME", "FTPR", MK_VERDICT_VALID},
};

static enum mk_verdict verdict_of(const struct mk_image *image, struct mk_chain *chain) {
    cr_assert(mk_verify(image, NULL, 0, chain, NULL));
    return chain->verdict;
}

Test(family, recognised_by_structure) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forged_image f = forged_open(rows[i].recipe);
        const struct mk_firmware *firmware = &f.image.firmware;
        struct mk_chain chain;
        cr_expect_str_eq(firmware->family, rows[i].family, "%s", rows[i].recipe);
        cr_expect_eq(firmware->generation, MK_GENERATION_CSE, "%s", rows[i].recipe);
        cr_expect_eq(f.image.me, MK_ME_CSE);
        cr_expect_eq(firmware->boot != NULL, *rows[i].boot != 0, "%s", rows[i].recipe);
        if (firmware->boot)
            cr_expect(memcmp(firmware->boot->name, rows[i].boot, 4) == 0, "%s", rows[i].recipe);
        cr_expect_eq(verdict_of(&f.image, &chain), rows[i].verdict, "%s: %s", rows[i].recipe,
                     mk_verdict_name(chain.verdict));
        cr_expect(chain.problems.n == 0 && firmware->problems.n == 0, "%s", rows[i].recipe);
        mk_chain_free(&chain);
        forged_close(&f);
    }
}

/* Flips one bit of bytes that a hash or a signature covers. */
Test(family, damage_is_found) {
    static const struct {
        const char *recipe;
        uint64_t at, step;
    } damages[] = {{"good-gsc", 0x2000, 0x135}, {"good-csme18", 0x2000, 0x1F3},
                   {"good-huc", 0, 0xD3},       {"good-ipu6", 0, 0xC5},
                   {"good-adsp", 0, 0x9B},      {"unsupported-csme20", 0x2700, 0x1F3}};
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct mk_buffer b = forged(damages[i].recipe);
        uint64_t end = damages[i].at == 0 ? b.n : 0x7000;
        for (uint64_t at = damages[i].at; at < end; at += damages[i].step) {
            struct mk_image image;
            struct mk_chain chain;
            b.p[at] ^= 0x10;
            if (mk_image_recognise(mk_buffer_span(b), NULL, &image, NULL)) {
                enum mk_verdict verdict = verdict_of(&image, &chain);
                cr_expect(verdict == MK_VERDICT_INVALID || verdict == MK_VERDICT_ALTERED ||
                              (verdict == MK_VERDICT_UNSUPPORTED && chain.n_manifests == 0),
                          "%s, byte %x: %s", damages[i].recipe, (unsigned)at,
                          mk_verdict_name(verdict));
                mk_chain_free(&chain);
                mk_image_free(&image);
            }
            b.p[at] ^= 0x10;
        }
        free(b.p);
    }
}

static void put_layout_crc(struct mk_buffer b) {
    uint64_t length = mk_span_u16(mk_buffer_span(b), 0x10);
    mk_buffer_uint(b, 0x14, 4, mk_crc32_without(mk_span_clip(mk_buffer_span(b), 0x10, length), 4));
}

/* BP5 beyond the end is free flash; any other pointer there, or BP5 across the end, was cut off. */
Test(family, pointers_behind_the_end) {
    static const struct {
        uint32_t at, offset, size;
        size_t problems;
    } pointers[] = {
        {0x40, 0x9000, 0x1000, 0}, {0x40, 0x9000, 0xF0000000, 0}, {0x40, 0xFFFFFFFF, 1, 0},
        {0x40, 0x8FFF, 0x1000, 3}, {0x38, 0x9000, 0x1000, 1},     {0x28, 0xFFFFF000, 0x1000, 1},
    };
    for (size_t i = 0; i < sizeof pointers / sizeof *pointers; i++) {
        struct forged_image f = {.b = forged("good-gsc")};
        mk_buffer_uint(f.b, 0x40, 8, 0);
        mk_buffer_uint(f.b, pointers[i].at, 4, pointers[i].offset);
        mk_buffer_uint(f.b, pointers[i].at + 4, 4, pointers[i].size);
        put_layout_crc(f.b);
        forged_read(&f);
        cr_expect_eq(f.image.firmware.problems.n, pointers[i].problems, "row %zu: %zu", i,
                     f.image.firmware.problems.n);
        forged_close(&f);
    }
}

/* Older firmware without FTPR has lost it, whatever else it has. */
Test(family, older_firmware_needs_ftpr) {
    struct forged_image f = {.b = forged("good-csme16")};
    uint64_t slots;
    cr_assert(
        forge_cse_place(mk_buffer_span(f.b), forge_engine_find("good-csme16"), "BP1", &slots));
    for (unsigned i = 0; i < 8; i++) {
        uint64_t at = slots + 0x18 + i * 0x0Cull;
        if (mk_span_u32(mk_buffer_span(f.b), at) == 2)
            mk_buffer_fill(f.b, at + 4, 8, 0);
    }
    forged_read(&f);
    struct mk_chain chain;
    cr_assert_null(f.image.firmware.boot);
    cr_assert_eq(verdict_of(&f.image, &chain), MK_VERDICT_INVALID);
    mk_chain_free(&chain);
    forged_close(&f);
}

/* If the key list can't be read, the key itself identifies graphics firmware. */
Test(family, a_key_listed_for_media_means_graphics) {
    struct forged_image f = forged_open("good-gsc");
    struct mk_span extension;
    cr_assert(
        mk_extension_find(f.image.firmware.boot->manifest.body, MK_EXTENSION_KEYS_V2, &extension));
    mk_buffer_uint(f.b, extension.at + 0x1C + 2 * 0x38, 2, 103);
    forged_again(&f);
    cr_assert_str_eq(f.image.firmware.family, "CSME");
    forged_close(&f);
}
