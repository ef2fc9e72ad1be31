/* SPDX-License-Identifier: MIT */
#include "inspected.h"

#include <mekit/base/limit.h>
#include <mekit/base/text.h>
#include <stdio.h>
#include <string.h>

TestSuite(inspect_read, .fini = check_leaks);

#define NONE MK_FINDING_COUNT

static const enum mk_finding_id ids[] = {
    MK_FINDING_BLANK,        MK_FINDING_SHIFTED_READ,    MK_FINDING_BYTE_SWAPPED,
    MK_FINDING_WRONG_CHIP,   MK_FINDING_SWAPPED_CHIPS,   MK_FINDING_NOT_A_DUMP,
    MK_FINDING_PACKED,       MK_FINDING_TEXT_DUMP,       MK_FINDING_SHORT_READ,
    MK_FINDING_PARTIAL_FILE, MK_FINDING_ODD_SIZE,        MK_FINDING_STUCK_ADDRESS,
    MK_FINDING_STUCK_DATA,   MK_FINDING_CHIP_REPEATED,   MK_FINDING_CHIP_BLANK,
    MK_FINDING_REGION_BLANK, MK_FINDING_REGIONS_OVERLAP,
};

/* Of the findings tested here, the image shows these two and no others. */
static void expect_only(const struct mk_findings *f, const char *what, enum mk_finding_id one,
                        enum mk_finding_id other) {
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        bool wanted = ids[i] == one || ids[i] == other;
        cr_expect_eq(mk_finding_find(f, ids[i]) != NULL, wanted, "%s: %s", what,
                     mk_finding_word(ids[i]));
    }
}

static const struct {
    const char *recipe;
    enum mk_finding_id one, other;
    uint64_t offset, length; /* of the first finding; 0, 0: not compared */
    const char *said;        /* a part of its text */
} rows[] = {
#define X(id) MK_FINDING_##id
    {"bad-erased-chip", X(BLANK), NONE, 0, 0x10000, "FF"},
    {"bad-zero-chip", X(BLANK), NONE, 0, 0x10000, "00"},
    {"unsupported-erased-region", NONE, NONE, 0, 0, ""},
    {"bad-read-late-1", X(SHIFTED_READ), NONE, 0x11, 4, "1 byte too late"},
    {"bad-read-late-64", X(SHIFTED_READ), NONE, 0x50, 4, "64 bytes too late"},
    {"bad-read-late-65", X(NOT_A_DUMP), NONE, 65, 0x20000 - 65, "at 0x41"},
    {"bad-read-late-16", X(SHIFTED_READ), NONE, 0x10, 4, "16 bytes too late"},
    {"bad-read-early-1", X(SHIFTED_READ), NONE, 0xF, 4, "1 byte too early"},
    {"bad-read-early-16", X(SHIFTED_READ), X(SHORT_READ), 0, 4, "16 bytes too early"},
    {"bad-read-early-40", X(SHIFTED_READ), NONE, 0, 0, "40 bytes too early"},
    {"bad-read-early-64", X(SHIFTED_READ), NONE, 0, 0, "64 bytes too early"},
    {"bad-read-early-65", X(NOT_A_DUMP), NONE, 0, 0, "an ME region"},
    {"bad-read-bits-late", X(SHIFTED_READ), NONE, 0x10, 4, "3 bits too late"},
    {"bad-read-bits-early", X(SHIFTED_READ), NONE, 0xF, 4, "7 bits too early"},
    {"bad-read-swapped-16", X(BYTE_SWAPPED), NONE, 0x10, 4, "16-bit"},
    {"bad-read-swapped-32", X(BYTE_SWAPPED), NONE, 0, 4, "32-bit"},
    {"bad-read-swapped-halves", X(BYTE_SWAPPED), NONE, 0x10, 4, "halves"},
    {"bad-top-chip", X(WRONG_CHIP), NONE, 0xFFF0, 0, "reset vector"},
    {"bad-top-chip-odd", NONE, NONE, 0, 0, ""},
    {"bad-bios-region", X(WRONG_CHIP), NONE, 0, 0, "firmware volume"},
    {"bad-cbfs", X(WRONG_CHIP), NONE, 0x8000, 0, "file system"},
    {"bad-flash-map", X(WRONG_CHIP), NONE, 0x8000, 0, "flash map"},
    {"bad-chips-swapped", X(SWAPPED_CHIPS), NONE, 0x80000, 0x20000, "0x80000"},
    {"bad-chips-apart", X(NOT_A_DUMP), NONE, 0x60000, 0x20000, "at 0x60000"},
    {"bad-capsule", X(NOT_A_DUMP), NONE, MK_NOWHERE, 0, "an EFI capsule; it contains no"},
    {"bad-fujitsu", X(NOT_A_DUMP), NONE, MK_NOWHERE, 0, "Fujitsu"},
    {"bad-capsule-full", X(NOT_A_DUMP), NONE, 0x800, 0x20000, "131072 bytes at 0x800"},
    {"bad-capsule-any", X(NOT_A_DUMP), NONE, 0x800, 0x20000, "an EFI capsule"},
    {"bad-wrapped", X(NOT_A_DUMP), NONE, 0x800, 0x20000, "a flash image"},
    {"bad-full-signature", X(NOT_A_DUMP), NONE, 0x3000, 0, "an ME region"},
    {"bad-zip", X(PACKED), NONE, 0, 0x1000, "zip"},
    {"bad-bzip2", X(PACKED), NONE, 0, 0x1000, "bzip2"},
    {"bad-almost-zip", NONE, NONE, 0, 0, ""},
    {"bad-intel-hex", X(TEXT_DUMP), NONE, 0, 200, "Intel HEX"},
    {"bad-hexdump", X(TEXT_DUMP), NONE, 0, 200, "hexdump"},
    {"bad-log", NONE, NONE, 0, 0, ""},
    {"bad-text", NONE, NONE, 0, 0, ""},
    {"bad-one-byte", NONE, NONE, 0, 0, ""},
    {"bad-fpt-count", NONE, NONE, 0, 0, ""},
    {"bad-decoy", NONE, NONE, 0, 0, ""},
    {"bad-read-short", X(SHORT_READ), NONE, 0x1F000, 0, ""},
    {"bad-full-odd", X(SHORT_READ), X(ODD_SIZE), 0x1FFFF, 0, ""},
    {"bad-read-partial", X(PARTIAL_FILE), NONE, 0xF000, 0, "region me"},
    {"good-full-me8", X(PARTIAL_FILE), NONE, 0x20000, 0, "region bios"},
    {"good-x230-12m", NONE, NONE, 0, 0, ""},
    {"good-x230-bottom", NONE, NONE, 0, 0, ""},
    {"good-ifd-x230", NONE, NONE, 0, 0, ""},
    {"bad-read-longer", X(ODD_SIZE), NONE, 0xC00000, 0x1000, "4096 bytes more"},
    {"bad-read-odd", X(ODD_SIZE), NONE, 0xC00000, 100, "100 bytes more"},
    {"bad-read-quarters", X(STUCK_ADDRESS), X(SHORT_READ), 0, 0, ""},
    {"bad-read-halves-small", X(SHORT_READ), NONE, 0, 0, ""},
    {"bad-read-data-low", X(STUCK_DATA), NONE, 0, 0x20000, "bit 2 of every byte is 0"},
    {"bad-read-data-high", X(STUCK_DATA), NONE, 0, 0x20000, "bit 7 of every byte is 1"},
    {"bad-read-chip-again", X(CHIP_REPEATED), NONE, 0x800000, 0x400000, "0x800000"},
    {"bad-read-chip-blank", X(CHIP_BLANK), NONE, 0x800000, 0x400000, "FF"},
    {"bad-read-chip-end-blank", NONE, NONE, 0, 0, ""},
    {"bad-bios-blank", X(REGION_BLANK), X(PARTIAL_FILE), 0, 0, ""},
    {"bad-bios-end-blank", X(PARTIAL_FILE), NONE, 0, 0, ""},
    {"good-full-me-erased", X(PARTIAL_FILE), X(REGION_BLANK), 0, 0, ""},
    {"bad-region-overlap", X(REGIONS_OVERLAP), X(PARTIAL_FILE), 0, 0, ""},
    {"bad-region-same", X(REGIONS_OVERLAP), X(PARTIAL_FILE), 0, 0, ""},
    {"good-bios-over-all", X(REGIONS_OVERLAP), X(PARTIAL_FILE), 0, 0, ""},
#undef X
};

Test(inspect_read, each_finding_on_its_image_alone) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct inspected s;
        inspected_open(&s, rows[i].recipe);
        expect_only(&s.seen.findings, rows[i].recipe, rows[i].one, rows[i].other);
        const struct mk_finding *one =
            rows[i].one < NONE ? mk_finding_find(&s.seen.findings, rows[i].one) : NULL;
        if (one && rows[i].offset + rows[i].length > 0) {
            cr_expect_eq(one->offset, rows[i].offset, "%s: 0x%zx", rows[i].recipe,
                         (size_t)one->offset);
            cr_expect(rows[i].length == 0 || one->length == rows[i].length, "%s: 0x%zx",
                      rows[i].recipe, (size_t)one->length);
        }
        if (one)
            cr_expect(strstr(one->text, rows[i].said), "%s: %s", rows[i].recipe, one->text);
        inspected_close(&s);
    }
}

/* ---- shifts of every length ---- */

static struct mk_buffer behind(struct mk_buffer b, size_t n) {
    struct mk_buffer late = {malloc(b.n + n), b.n + n};
    cr_assert(late.p && mk_buffer_fill(late, 0, n, 0xFF) && mk_buffer_put(late, n, b.p, b.n));
    return late;
}

static void expect_shift(struct mk_span s, bool wanted, const char *what, size_t n) {
    struct mk_findings f;
    struct mk_error e;
    cr_assert(mk_inspect_unknown(s, &f, &e));
    cr_expect_eq(mk_finding_find(&f, MK_FINDING_SHIFTED_READ) != NULL, wanted, "%s %zu", what, n);
    mk_findings_free(&f);
}

Test(inspect_read, shifts_both_ways) {
    static const char *const recipes[] = {"good-full-me8", "good-full-ich9", "good-full-csme",
                                          "good-dump-apl"};
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct mk_buffer b;
        if (!forge_build(recipes[i], &b))
            continue;
        for (size_t n = 1; n <= 66; n++) {
            struct mk_buffer late = behind(b, n);
            expect_shift(mk_buffer_span(late), n <= 64, recipes[i], n);
            expect_shift(mk_span_of(b.p + n, b.n - n), n <= 64, recipes[i], n);
            free(late.p);
        }
        free(b.p);
    }
}

/* ---- lines ---- */

/* Rearranges the blocks as a read with one stuck address line gives them. */
static void stick_line(struct mk_buffer b, unsigned line, bool high) {
    size_t step = (size_t)1 << line;
    for (size_t at = 0; at + 2 * step <= b.n; at += 2 * step)
        cr_assert(high ? mk_buffer_move(b, at, at + step, step)
                       : mk_buffer_move(b, at + step, at, step));
}

Test(inspect_read, each_address_line) {
    for (unsigned line = 12; line < 22; line++)
        for (int high = 0; high < 2; high++) {
            struct inspected s;
            char text[40];
            inspected_open(&s, "good-x230-bottom");
            stick_line(s.bytes, line, high);
            inspected_again(&s);
            const struct mk_finding *one =
                mk_finding_find(&s.seen.findings, MK_FINDING_STUCK_ADDRESS);
            snprintf(text, sizeof text, "line %u ", line);
            cr_expect(one && strstr(one->text, text), "line %u", line);
            inspected_close(&s);
        }
}

/* With one block that differs, no line is stuck; 15 pairs with content are too few to decide. */
Test(inspect_read, no_address_line) {
    struct inspected s;
    inspected_open(&s, "bad-read-quarters");
    mk_buffer_uint(s.bytes, s.bytes.n - 1, 1,
                   mk_span_u8(mk_buffer_span(s.bytes), s.bytes.n - 1) ^ 1);
    inspected_again(&s);
    cr_expect_not(inspected_has(&s, MK_FINDING_STUCK_ADDRESS));
    mk_buffer_fill(s.bytes, 0x1000, 0xE000, 0x11);
    mk_buffer_fill(s.bytes, 0xF000, s.bytes.n - 0xF000, 0xFF);
    mk_buffer_move(s.bytes, s.bytes.n / 2, 0, 0xF000);
    inspected_again(&s);
    cr_expect_not(inspected_has(&s, MK_FINDING_STUCK_ADDRESS), "15 pairs");
    mk_buffer_fill(s.bytes, 0xF000, 0x1000, 0x11);
    mk_buffer_move(s.bytes, s.bytes.n / 2, 0, 0x10000);
    inspected_again(&s);
    cr_expect(inspected_has(&s, MK_FINDING_STUCK_ADDRESS), "16 pairs");
    inspected_close(&s);
}

static const struct mk_finding *stuck_after(struct inspected *s, enum mk_finding_id id) {
    inspected_again(s);
    return mk_finding_find(&s->seen.findings, id);
}

/* Each chip has its own lines. */
Test(inspect_read, lines_of_the_second_chip) {
    struct inspected s;
    const struct mk_finding *one;
    inspected_open(&s, "good-x230-12m");
    struct mk_buffer second = {s.bytes.p + 0x800000, s.bytes.n - 0x800000};
    for (size_t i = 0; i < second.n; i++)
        second.p[i] = (uint8_t)((uint32_t)i * 2654435761u >> 24);
    cr_expect_not(stuck_after(&s, MK_FINDING_STUCK_ADDRESS));
    stick_line(second, 20, false);
    one = stuck_after(&s, MK_FINDING_STUCK_ADDRESS);
    cr_expect(one && one->offset == 0x800000 && strstr(one->text, "line 20 "));
    second.p[second.n - 1] ^= 1;
    cr_expect_not(stuck_after(&s, MK_FINDING_STUCK_ADDRESS), "all but a bit");
    cr_expect_not(stuck_after(&s, MK_FINDING_STUCK_DATA));
    for (size_t i = 0; i < second.n; i++)
        second.p[i] |= 4;
    one = stuck_after(&s, MK_FINDING_STUCK_DATA);
    cr_expect(one && one->offset == 0x800000 && strstr(one->text, "bit 2 "));
    inspected_close(&s);
}

/* ---- severities, blocks, next steps ---- */

static const struct mk_finding *only(const struct inspected *s, enum mk_finding_id id) {
    const struct mk_finding *one = mk_finding_find(&s->seen.findings, id);
    cr_assert(one, "%s", mk_finding_word(id));
    return one;
}

Test(inspect_read, a_blank_region_by_its_number) {
    struct inspected s;
    inspected_open(&s, "bad-bios-blank");
    cr_expect_eq(only(&s, MK_FINDING_REGION_BLANK)->severity, MK_DAMAGE);
    inspected_close(&s);
    inspected_open(&s, "good-full-me-erased");
    const struct mk_finding *me = only(&s, MK_FINDING_REGION_BLANK);
    cr_expect_eq(me->severity, MK_WARNING);
    cr_expect_eq(me->blocks, 0);
    cr_expect(strstr(me->text, "FLMSTR1 denies"), "%s", me->text);
    cr_expect(strstr(me->next, "FLMSTR1"), "%s", me->next);
    mk_buffer_uint(s.bytes, s.image.descriptor.masters[0].at, 4, 0xFFFF0000);
    inspected_again(&s);
    me = only(&s, MK_FINDING_REGION_BLANK);
    cr_expect_not(strstr(me->text, "FLMSTR1"), "%s", me->text);
    inspected_close(&s);
}

/* Only a look at every byte finds a blank BIOS region. */
Test(inspect_read, a_closer_look) {
    struct inspected s;
    struct mk_error e;
    inspected_open(&s, "bad-bios-blank");
    mk_inspection_free(&s.seen);
    cr_assert(mk_inspect(&s.image, 0, NULL, 0, &s.seen, &e));
    cr_expect_not(inspected_has(&s, MK_FINDING_REGION_BLANK));
    inspected_close(&s);
}

static const struct {
    const char *what;
    unsigned region;
    uint32_t word; /* its FLREG */
    enum mk_severity severity;
    bool blocks, found;
} overlaps[] = {
    {"GbE inside the ME", MK_REGION_GBE, 0x00060005, MK_DAMAGE, true, true},
    {"PD on the last block of the ME", MK_REGION_PD, 0x000E000E, MK_DAMAGE, true, true},
    {"PD behind the end of the ME", MK_REGION_PD, 0x00020001, MK_WARNING, false, true},
    {"BIOS over the ME's tail", MK_REGION_BIOS, 0x001F000E, MK_DAMAGE, true, true},
    {"BIOS over all but the descriptor", MK_REGION_BIOS, 0x001F0001, MK_DAMAGE, true, true},
    {"BIOS over everything", MK_REGION_BIOS, 0x001F0000, MK_NOTE, false, true},
    {"PD unused", MK_REGION_PD, 0x7FFF7FFF, MK_NOTE, false, false},
    {"PD unused, as older ones have it", MK_REGION_PD, 0x00001FFF, MK_NOTE, false, false},
};

Test(inspect_read, regions_that_overlap) {
    for (size_t i = 0; i < sizeof overlaps / sizeof *overlaps; i++) {
        struct inspected s;
        inspected_open(&s, "good-full-me8");
        mk_buffer_uint(s.bytes, s.image.descriptor.regions[overlaps[i].region].at, 4,
                       overlaps[i].word);
        inspected_again(&s);
        const struct mk_finding *one =
            mk_finding_find(&s.seen.findings, MK_FINDING_REGIONS_OVERLAP);
        cr_expect_eq(one != NULL, overlaps[i].found, "%s", overlaps[i].what);
        if (one && overlaps[i].found) {
            cr_expect_eq(one->severity, overlaps[i].severity, "%s", overlaps[i].what);
            cr_expect_eq(one->blocks != 0, overlaps[i].blocks, "%s", overlaps[i].what);
        }
        inspected_close(&s);
    }
}
