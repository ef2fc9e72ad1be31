/* SPDX-License-Identifier: MIT */
#include "patched.h"

#include <mekit/format/strap.h>

TestSuite(board, .fini = check_leaks);

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct mk_descriptor patched_read(struct mk_buffer b, const struct patch *patches,
                                         size_t n) {
    struct mk_descriptor d;
    struct mk_error e = {0};
    patch(b, patches, n);
    cr_assert(mk_descriptor_read(mk_buffer_span(b), NULL, &d, &e), "%s", e.what);
    return d;
}

/* ---- the firmware of a PCH ---- */

Test(board, firmware_of_each_pch) {
    static const struct {
        const char *recipe;
        struct patch patch;
        bool txe;
        uint32_t low, high; /* 0: unknown */
    } rows[] = {
        {"good-ifd-ich9", {0}, false, 3, 4},
        {"good-ifd-ibexpeak", {0}, false, 6, 6},
        {"good-ifd-cougarpoint", {0}, false, 7, 8},
        {"good-ifd-lynxpoint", {0}, false, 9, 10},
        {"good-ifd-baytrail", {0}, true, 1, 1},
        {"good-ifd-braswell", {0}, true, 2, 2},
        {"good-ifd-sklkbl", {0}, false, 11, 11},
        {"good-ifd-apl", {0}, true, 3, 3},
        {"good-ifd-glk", {0}, true, 4, 4},
        {"good-ifd-cnl", {0}, false, 12, 14},
        {"good-ifd-cnl", {0x104, 1, 1}, false, 12, 14},
        {"good-ifd-cnl-h", {0x100, 4, 0x00800000}, false, 14, 14},
        {"good-ifd-cnl-h", {0x17C, 4, 1}, false, 12, 14},
        {"good-ifd-jsl", {0}, false, 13, 13},
        {"good-ifd-ehl", {0}, false, 15, 15},
        {"good-ifd-tgl", {0}, false, 15, 15},
        {"good-ifd-adl-p", {0}, false, 16, 16},
        {"good-ifd-mtl", {0}, false, 18, 18},
        {"good-ifd-lbg", {0}, false, 0, 0},
        {"good-ifd-unknown-v1", {0}, false, 0, 0},
        {"good-ifd-unknown-v2", {0}, false, 0, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mk_buffer b = forged(rows[i].recipe);
        struct mk_descriptor d = patched_read(b, &rows[i].patch, 1);
        const struct mk_pch_firmware *f = mk_pch_firmware_of(&d);
        cr_assert_eq(f != NULL, rows[i].low != 0, "%s", rows[i].recipe);
        if (f)
            cr_assert(f->txe == rows[i].txe && f->majors.low == rows[i].low &&
                          f->majors.high == rows[i].high,
                      "%s", rows[i].recipe);
        free(b.p);
    }
}

/* ---- servers ---- */

Test(board, server_shows_both_signs) {
    static const struct {
        const char *recipe;
        struct patch patch;
        bool server;
    } rows[] = {
        {"good-ifd-patsburg", {0}, true},
        {"good-ifd-wellsburg", {0}, true},
        {"good-ifd-patsburg", {0x17, 1, 3}, false},
        {"good-ifd-patsburg", {0x128, 4, 0x00400000}, false},
        {"good-ifd-patsburg", {0x128, 4, 0x00800000}, false},
        {"good-ifd-patsburg", {0x128, 4, 0xFF3FFFFF}, true},
        {"good-ifd-lynxpoint", {0}, false},
        {"good-ifd-cougarpoint", {0x128, 4, 0}, false},
        {"good-ifd-ibexpeak", {0x128, 4, 0}, false},
        {"good-ifd-braswell", {0x128, 4, 0}, false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mk_buffer b = forged(rows[i].recipe);
        struct mk_descriptor d = patched_read(b, &rows[i].patch, 1);
        uint32_t strap = 0;
        cr_assert_eq(mk_descriptor_is_server(&d, &strap), rows[i].server, "row %zu", i);
        d.platform = mk_platform_find("wbg");
        cr_assert_eq(mk_descriptor_is_server(&d, &strap), rows[i].server, "whatever its name");
        free(b.p);
    }
}

/* ---- bits in other straps ---- */

static size_t count_strays(const struct mk_descriptor *d, uint32_t offset) {
    uint32_t value, at;
    size_t i = 0, n = 0;
    const struct mk_stray_row *row;
    while ((row = mk_stray_next(d, &i, &value, &at))) {
        cr_assert(row->offset == offset && at == 0x100 + offset && (value & row->bit));
        n++;
    }
    return n;
}

static const struct {
    const char *recipe;
    uint32_t offset, value, right; /* right 0x1000: the strap is then unknown */
    bool stray;
} strays[] = {
    {"good-ifd-cnl", 0x00, 0x00010000, 0x70, true},
    {"good-ifd-cnl", 0x00, 0x00030000, 0x1000, false},
    {"good-ifd-cnl", 0x80, 0x00010000, 0x70, true},
    {"good-ifd-cnl", 0x80, 0x00010004, 0x70, false},
    {"good-ifd-cnl", 0x28, 0x222222A2, 0x70, true},
    {"good-ifd-cnl", 0x28, 0x42222222, 0x70, false},
    {"good-ifd-cnl-h", 0x00, 0x00010000, 0x80, true},
    {"good-ifd-cnl-h", 0x70, 0x00010000, 0x80, true},
    {"good-ifd-cnl-h", 0x70, 0x00010001, 0x1000, false},
    {"good-ifd-tgl", 0x00, 0x00010000, 0x7C, true},
    {"good-ifd-tgl-h", 0x00, 0x00000000, 0x94, false},
    {"good-ifd-tgl-h", 0x00, 0x00010000, 0x94, true},
    {"good-ifd-jsl", 0x00, 0x00010000, 0x68, true},
    {"good-ifd-ehl", 0x00, 0x00010004, 0x84, true},
    {"good-ifd-ehl", 0x00, 0x00000004, 0x84, false},
    {"good-ifd-adl-p", 0x00, 0x00010000, 0x7C, true},
    {"good-ifd-adl-n", 0xDC, 0x000101AF, 0x7C, true},
    {"good-ifd-adl-n", 0xDC, 0x000001AF, 0x7C, false},
    {"good-ifd-adl-s", 0x00, 0x1FF10000, 0xDC, true},
    {"good-ifd-adl-s", 0x7C, 0x00010030, 0xDC, true},
    {"good-ifd-adl-s", 0x7C, 0x00000030, 0xDC, false},
    {"good-ifd-mtl", 0x00, 0xFB034D86, 0x11C, false},
    {"good-ifd-sklkbl", 0x00, 0x00510000, 0x00, false},
    {"good-ifd-sklkbl", 0x28, 0x00030080, 0x00, true},
    {"good-ifd-sklkbl", 0x28, 0x00070080, 0x00, false},
    {"good-ifd-cougarpoint", 0x00, 0x00010000, 0x28, false},
};

/* The right strap stays the right one. */
Test(board, stray_bit_only_if_the_rest_of_the_word_is_usual) {
    for (size_t i = 0; i < COUNT(strays); i++) {
        struct mk_buffer b = forged(strays[i].recipe);
        const struct patch p[] = {{0x100, 4, strstr(strays[i].recipe, "tgl-h") ? 0 : 1},
                                  {0x100 + strays[i].offset, 4, strays[i].value}};
        bool mend = strstr(strays[i].recipe, "tgl-h") != NULL;
        struct mk_descriptor d = patched_read(b, mend ? p : p + 1, mend ? 2 : 1);
        const struct mk_strap_row *right[2];
        size_t n = mk_strap_match(&d, right);
        cr_assert_eq(n, strays[i].right == 0x1000 ? 0 : 1, "row %zu", i);
        cr_assert(n == 0 || right[0]->offset == strays[i].right, "row %zu", i);
        cr_assert_eq(count_strays(&d, strays[i].offset), strays[i].stray, "row %zu", i);
        free(b.p);
    }
}

/* TGP-H: both places where tools have set the bit. */
Test(board, stray_bits_in_two_straps) {
    struct mk_buffer b = forged("good-ifd-tgl-h");
    const struct patch p = {0x17C, 4, 0x00010000};
    struct mk_descriptor d = patched_read(b, &p, 1);
    uint32_t value, at;
    size_t i = 0, n = 0;
    while (mk_stray_next(&d, &i, &value, &at))
        n++;
    cr_assert_eq(n, 2);
    free(b.p);
}
