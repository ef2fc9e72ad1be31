/* SPDX-License-Identifier: MIT */
#include "patched.h"

#include <mekit/format/platform.h>

TestSuite(gpr0, .fini = check_leaks);

#define STRAP_AT 0x154u

static struct mk_descriptor read_with(struct mk_buffer b, uint32_t word) {
    struct mk_descriptor d;
    cr_assert(mk_buffer_uint(b, STRAP_AT, 4, word));
    cr_assert(mk_descriptor_read(mk_buffer_span(b), NULL, &d, NULL));
    return d;
}

/* The chip has 16 MiB: blocks 0 to FFF. */
Test(gpr0, is_a_range_only_if_its_word_is_possible) {
    static const struct {
        uint32_t word;
        bool is;
        uint64_t start, end;
        const char *what;
    } words[] = {
        {0x814F0001, true, 0x1000, 0x150000, "write-protects"},
        {0x014F8001, true, 0x1000, 0x150000, "read-protects"},
        {0x814F8001, true, 0x1000, 0x150000, "protects from reads and writes"},
        {0x80000000, true, 0, 0x1000, "write-protects"},
        {0x80010001, true, 0x1000, 0x2000, "write-protects"},
        {0x8FFF0001, true, 0x1000, 0x1000000, "write-protects"},
        {0x90000001, false, 0, 0, ""},
        {0x80000001, false, 0, 0, ""},
        {0x014F0001, false, 0, 0, ""},
        {0x22222222, false, 0, 0, ""},
        {0x00000000, false, 0, 0, ""},
        {0xFFFFFFFF, false, 0, 0, ""},
    };
    struct mk_buffer b = forged("good-ifd-gpr0");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct mk_descriptor d = read_with(b, words[i].word);
        struct mk_gpr0 gpr0;
        cr_assert_eq(mk_gpr0_read(&d, &gpr0), words[i].is, "%08x", words[i].word);
        if (!words[i].is)
            continue;
        cr_assert(gpr0.strap == 0x15 && gpr0.at == STRAP_AT && gpr0.raw == words[i].word);
        cr_assert(gpr0.start == words[i].start && gpr0.end == words[i].end, "%08x", gpr0.raw);
        cr_assert_str_eq(mk_gpr0_what(&gpr0), words[i].what);
    }
    free(b.p);
}

Test(gpr0, has_a_strap_of_its_own_on_each_platform) {
    static const struct {
        const char *recipe, *platform;
        uint32_t strap; /* 0: no strap */
    } rows[] = {
        {"good-ifd-cnl", NULL, 0x10},     {"good-ifd-jsl", NULL, 0x12},
        {"good-ifd-tgl", NULL, 0x15},     {"good-ifd-adl-p", NULL, 0x15},
        {"good-ifd-mtl", NULL, 0x40},     {"good-ifd-mtl", "ptl", 0x76},
        {"good-ifd-mtl", "nvl", 0x3C},    {"good-ifd-ehl", NULL, 0},
        {"good-ifd-sklkbl", NULL, 0},     {"good-ifd-x230", NULL, 0},
        {"good-ifd-unknown-v2", NULL, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mk_buffer b = forged(rows[i].recipe);
        struct mk_descriptor d;
        struct mk_gpr0 gpr0;
        for (uint32_t at = 0x100; at < 0x100 + 4 * 0x80 && at + 4 <= b.n; at += 4)
            mk_buffer_uint(b, at, 4, 0x80020001);
        cr_assert(mk_descriptor_read(mk_buffer_span(b), rows[i].platform, &d, NULL));
        cr_assert_eq(mk_gpr0_read(&d, &gpr0), rows[i].strap != 0, "row %zu", i);
        cr_assert_eq(gpr0.strap, rows[i].strap, "row %zu", i);
        d.isl = rows[i].strap;
        cr_assert_not(mk_gpr0_read(&d, &gpr0), "there are too few straps");
        free(b.p);
    }
}

/* Chips of unknown size do not limit the range. */
Test(gpr0, on_a_chip_of_unknown_size) {
    struct mk_buffer b = forged("good-ifd-gpr0");
    struct mk_gpr0 gpr0;
    mk_buffer_uint(b, 0x30, 1, 0xFF);
    struct mk_descriptor d = read_with(b, 0xFFFF0001);
    cr_assert(mk_gpr0_read(&d, &gpr0) && gpr0.end == 0x8000000);
    free(b.p);
}
