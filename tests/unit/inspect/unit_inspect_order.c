/* SPDX-License-Identifier: MIT */
/* Bytes and bits in another order, and dumps that were converted as text. */
#include <criterion/criterion.h>

#include "inspected.h"

#include <stdio.h>
#include <string.h>

TestSuite(inspect_order, .fini = check_leaks);

static const char *const dumps[] = {"good-full-me8", "good-full-ich9", "good-full-me11"};

static struct mk_buffer forged(const char *recipe) {
    struct mk_buffer b;
    cr_assert(forge_build(recipe, &b), "%s", recipe);
    return b;
}

/* Checks the first finding in bytes that may be an image. */
static void expect(struct mk_buffer b, const char *what, enum mk_finding_id id, const char *said) {
    struct mk_findings f;
    struct mk_error e;
    cr_assert(mk_inspect_unknown(mk_buffer_span(b), &f, &e));
    const struct mk_finding *one = f.n > 0 ? &f.list[0] : NULL;
    cr_expect(id == MK_FINDING_COUNT ? !one : one && one->id == id && strstr(one->text, said),
              "%s: %s", what, one ? one->text : "nothing");
    mk_findings_free(&f);
}

/* ---- bits of a byte ---- */

static uint8_t with_lines_swapped(uint8_t byte, unsigned i, unsigned k) {
    unsigned value = byte, differ = (value >> i ^ value >> k) & 1u;
    return (uint8_t)(value ^ (differ << i | differ << k));
}

static uint8_t reversed(uint8_t byte) {
    for (unsigned i = 0; i < 4; i++)
        byte = with_lines_swapped(byte, i, 7 - i);
    return byte;
}

Test(inspect_order, bits_of_each_byte) {
    for (size_t d = 0; d < sizeof dumps / sizeof *dumps; d++)
        for (unsigned how = 0; how < 3; how++) {
            static const char *const said[] = {"every bit is inverted", "the eight bits",
                                               "the two halves of each byte"};
            struct mk_buffer b = forged(dumps[d]);
            for (size_t i = 0; i < b.n; i++)
                b.p[i] = (uint8_t)(how == 0   ? ~b.p[i]
                                   : how == 1 ? reversed(b.p[i])
                                              : b.p[i] << 4 | b.p[i] >> 4);
            expect(b, dumps[d], MK_FINDING_BYTE_SWAPPED, said[how]);
            free(b.p);
        }
}

/* In the signature, lines 0 and 2, 1 and 3, 4 and 6, 5 and 7 are equal. */
Test(inspect_order, two_data_lines) {
    for (unsigned i = 0; i < 8; i++)
        for (unsigned k = i + 1; k < 8; k++) {
            struct mk_buffer b = forged("good-full-me8");
            char said[40];
            snprintf(said, sizeof said, "data lines %u and %u are swapped", i, k);
            for (size_t at = 0; at < b.n; at++)
                b.p[at] = with_lines_swapped(b.p[at], i, k);
            if (k - i != 2 || i % 4 > 1)
                expect(b, said, MK_FINDING_BYTE_SWAPPED, said);
            free(b.p);
        }
}

/* ---- ends of lines ---- */

/* 8 MiB with as many 0A and 0D as chance makes, after the descriptor of a dump. */
static struct mk_buffer noisy(void) {
    struct mk_buffer dump = forged("good-full-me8"), b = {calloc(1, 0x800000), 0x800000};
    uint32_t seed = 1;
    cr_assert_not_null(b.p);
    for (size_t i = 0; i < b.n; i++) {
        seed = seed * 1664525u + 1013904223u;
        b.p[i] = (uint8_t)(seed >> 24);
    }
    cr_assert(mk_buffer_put(b, 0, dump.p, dump.n));
    free(dump.p);
    return b;
}

static struct mk_buffer with_ends(struct mk_buffer from, bool longer) {
    struct mk_buffer to = {malloc(2 * from.n), 0};
    cr_assert_not_null(to.p);
    for (size_t i = 0; i < from.n; i++) {
        if (!longer && from.p[i] == 0x0D && i + 1 < from.n && from.p[i + 1] == 0x0A)
            continue;
        if (longer && from.p[i] == 0x0A)
            to.p[to.n++] = 0x0D;
        to.p[to.n++] = from.p[i];
    }
    free(from.p);
    return to;
}

static bool is_shifted(struct mk_buffer b) {
    struct mk_image image;
    struct mk_inspection seen;
    struct mk_error e;
    cr_assert(mk_image_recognise(mk_buffer_span(b), NULL, &image, &e), "%s", e.what);
    cr_assert(mk_inspect(&image, 0, NULL, 0, &seen, &e));
    bool shifted = mk_finding_find(&seen.findings, MK_FINDING_SHIFTED_READ) != NULL;
    cr_expect_eq(mk_findings_readable(&seen.findings, &e), !shifted);
    mk_inspection_free(&seen);
    mk_image_free(&image);
    return shifted;
}

/* Every tool detects it and stops. An odd size alone is not such a fault. */
Test(inspect_order, ends_of_lines) {
    struct mk_buffer b = noisy();
    cr_expect_not(is_shifted(b));
    b.n -= 1;
    cr_expect_not(is_shifted(b), "a byte less");
    struct mk_buffer longer = with_ends(b, true);
    cr_expect(is_shifted(longer), "0A became 0D 0A");
    for (size_t i = longer.n - 1; i > 0; i--)
        if (longer.p[i] == 0x0A) {
            longer.p[i - 1] = 0;
            break;
        }
    cr_expect_not(is_shifted(longer), "all but one");
    free(longer.p);
    longer = with_ends(noisy(), false);
    cr_expect(is_shifted(longer), "0D 0A became 0A");
    free(longer.p);
}

/* ---- characters ---- */

Test(inspect_order, bytes_written_as_characters) {
    struct mk_buffer from = forged("good-full-me8"), to = {malloc(2 * from.n), 0};
    cr_assert_not_null(to.p);
    for (size_t i = 0; i < from.n; i++) {
        if (from.p[i] > 0x7F)
            to.p[to.n++] = (uint8_t)(0xC0 | from.p[i] >> 6);
        to.p[to.n++] = from.p[i] > 0x7F ? 0x80 | (from.p[i] & 0x3F) : from.p[i];
    }
    expect(to, "UTF-8", MK_FINDING_TEXT_DUMP, "UTF-8");
    to.p[to.n / 2] = 0xFF;
    expect(to, "but one byte", MK_FINDING_COUNT, "");
    free(from.p);
    free(to.p);
}

/* ---- packed ---- */

/* The first bytes that Python's zlib and lzma make from a dump. */
static const struct {
    const char *what, *bytes;
    size_t n;
    bool packed;
} heads[] = {
#define HEAD(what, bytes, packed)                                                                  \
    { what, bytes, sizeof(bytes) - 1, packed }
    HEAD("lzma", "\x5D\0\0\x80\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\x7F", true),
    HEAD("lzma with a size", "\x5D\0\0\x10\0\0\0\x80\0\0\0\0\0\0\x7F", true),
    HEAD("a dictionary of no size", "\x5D\0\0\x90\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\x7F", true),
    HEAD("a dictionary that none has", "\x5D\0\0\xB0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\x7F",
         false),
    HEAD("no zero", "\x5D\0\0\x80\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x7F", false),
    HEAD("zlib, quick",
         "\x78\x01\xED\x9D\x09\x3C\x55\xDD\xFE\xF0\xF7\x71\xCC\x8E\x99\x08\xE1"
         "\x98\x95\x79\x26\x32\x66\x9E\x32\x53\x21\x14\x65\x4E\x66\x19\x43\x32",
         true),
    HEAD("zlib, small",
         "\x78\xDA\xED\x9D\x07\x5C\x14\xC9\xD6\xB7\x7B\x18\x32\x43\xCE\xA0\xC0"
         "\x90\x51\x72\x06\x41\xA2\xE4\x24\x19\x54\x40\x40\x41\xC9\x20\x19\x89",
         true),
    HEAD("codes that no deflate makes",
         "\x78\xDA\xED\x9D\x07\x4C\x14\xC9\xD6\xB7\x7B\x18\x32\x43\xCE\xA0\xC0"
         "\x90\x51\x72\x06\x41\xA2\xE4\x24\x19\x54\x40\x40\x41\xC9\x20\x19\x89",
         false),
    HEAD("zlib's header alone", "\x78\x9C\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", false),
#undef HEAD
};

Test(inspect_order, packed_heads) {
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct mk_buffer b = {calloc(1, 0x1000), 0x1000};
        cr_assert(b.p && mk_buffer_put(b, 0, heads[i].bytes, heads[i].n));
        expect(b, heads[i].what, heads[i].packed ? MK_FINDING_PACKED : MK_FINDING_COUNT,
               "packed with");
        free(b.p);
    }
}
