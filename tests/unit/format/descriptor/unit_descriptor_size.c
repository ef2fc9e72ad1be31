/* SPDX-License-Identifier: MIT */
#include "patched.h"

#include <mekit/format/platform.h>

TestSuite(descriptor_size, .fini = check_leaks);

static struct mk_descriptor read_of(struct mk_buffer b, size_t n) {
    struct mk_descriptor d;
    struct mk_error e = {0};
    cr_assert(mk_descriptor_read(mk_span_of(b.p, n), NULL, &d, &e), "%s", e.what);
    return d;
}

static enum mk_code code_of(struct mk_buffer b, size_t n) {
    struct mk_descriptor d;
    struct mk_error e = {0};
    return mk_descriptor_read(mk_span_of(b.p, n), NULL, &d, &e) ? MK_OK : e.code;
}

/* The missing upper map would only decide between two platforms. */
Test(descriptor_size, two_kib_are_whole_if_they_hold_every_section) {
    static const char *const names[] = {"sklkbl", "cnl", "tgl", "jsl", "apl", "lbg", "x230"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char recipe[40] = "good-ifd-";
        struct mk_buffer b = forged(strcat(recipe, names[i]));
        struct mk_descriptor whole = read_of(b, MK_DESCRIPTOR_SIZE);
        struct mk_descriptor small = read_of(b, MK_DESCRIPTOR_SIZE_SMALL);
        cr_assert_eq(small.platform, whole.platform, "%s", recipe);
        cr_assert(small.bytes.n == MK_DESCRIPTOR_SIZE_SMALL && small.vtl == 0);
        cr_assert_eq(code_of(b, MK_DESCRIPTOR_SIZE_SMALL - 1), MK_E_TRUNCATED);
        cr_assert_eq(code_of(b, MK_DESCRIPTOR_SIZE_SMALL + 1), MK_E_TRUNCATED);
        free(b.p);
    }
}

Test(descriptor_size, two_kib_bound_the_sections) {
    struct mk_buffer b = forged("good-ifd-sklkbl"); /* 0x42 straps */
    mk_buffer_uint(b, 0x1A, 1, 0x6F);
    cr_assert_eq(code_of(b, MK_DESCRIPTOR_SIZE_SMALL), MK_OK);
    mk_buffer_uint(b, 0x1A, 1, 0x70);
    cr_assert_eq(code_of(b, MK_DESCRIPTOR_SIZE_SMALL), MK_E_RANGE);
    cr_assert_eq(code_of(b, MK_DESCRIPTOR_SIZE), MK_OK);
    free(b.p);
}

/* 8 MiB and 4 MiB; the codes of version 1 have 3 or 4 bits, depending on the platform. */
Test(descriptor_size, chips_have_the_size_of_their_codes) {
    static const struct {
        const char *recipe;
        uint8_t codes, nc;
        uint64_t capacity;
    } rows[] = {
        {"good-ifd-x230", 0x1C, 1, 0xC00000},      {"good-ifd-x230", 0x1C, 0, 0x800000},
        {"good-ifd-lynxpoint", 0x34, 1, 0xC00000}, {"good-ifd-lynxpoint", 0xF4, 1, 0},
        {"good-ifd-lynxpoint", 0x34, 2, 0},        {"good-ifd-lynxpoint", 0x0F, 0, 0},
        {"good-ifd-unknown-v1", 0x04, 0, 0},       {"good-ifd-unknown-v2", 0x04, 0, 0x800000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mk_buffer b = forged(rows[i].recipe);
        mk_buffer_uint(b, 0x30, 1, rows[i].codes);
        mk_buffer_uint(b, 0x15, 1, rows[i].nc);
        struct mk_descriptor d = read_of(b, b.n);
        cr_assert_eq(mk_descriptor_capacity(&d), rows[i].capacity, "row %zu", i);
        free(b.p);
    }
}

Test(descriptor_size, second_descriptor_lies_inside_region_0) {
    struct mk_buffer b = forged("good-ifd-mtl");
    cr_assert_eq(read_of(b, b.n).second, MK_SECOND_EQUAL);
    cr_assert_eq(read_of(b, 2 * MK_DESCRIPTOR_SIZE).second, MK_SECOND_EQUAL, "of any size");
    cr_assert_eq(read_of(b, 2 * MK_DESCRIPTOR_SIZE - 1).second, MK_SECOND_NONE, "it is cut off");
    mk_buffer_uint(b, 2 * MK_DESCRIPTOR_SIZE - 1, 1, 0);
    cr_assert_eq(read_of(b, b.n).second, MK_SECOND_DIFFERENT);
    mk_buffer_uint(b, 0x40, 4, 0x00000000);
    cr_assert_eq(read_of(b, b.n).second, MK_SECOND_NONE, "it lies in another region");
    mk_buffer_uint(b, 0x40, 4, 0x00010000);
    cr_assert_eq(read_of(b, b.n).second, MK_SECOND_DIFFERENT);
    mk_buffer_uint(b, 0x1010, 1, 0);
    cr_assert_eq(read_of(b, b.n).second, MK_SECOND_NONE, "no signature");
    free(b.p);
}
