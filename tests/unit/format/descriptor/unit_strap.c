/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/format/strap.h>
#include <string.h>

TestSuite(strap, .fini = check_leaks);

#define FPSBA 0x100u
#define FMSBA 0x800u

static uint8_t bytes[MK_DESCRIPTOR_SIZE];
static const struct mk_buffer b = {bytes, sizeof bytes};

static struct mk_descriptor descriptor_of(size_t i, unsigned isl) {
    mk_buffer_fill(b, 0, sizeof bytes, 0);
    for (size_t g = 0; g < MK_GUARDS && mk_strap_rows[i].guards[g].mask; g++)
        mk_buffer_uint(b, FPSBA + mk_strap_rows[i].guards[g].offset, 4,
                       mk_strap_rows[i].guards[g].value);
    return (struct mk_descriptor){.bytes = mk_buffer_span(b),
                                  .fpsba = FPSBA,
                                  .fmsba = FMSBA,
                                  .isl = isl,
                                  .msl = 1,
                                  .platform = mk_platform_find(mk_strap_rows[i].platform)};
}

/* An ISL that the row accepts, and that includes all of its straps. */
static unsigned isl_of(size_t i) {
    const struct mk_strap_row *row = &mk_strap_rows[i];
    return row->isl_excluded ? 0x60 : row->isl.low == 0 ? 0x40 : row->isl.high;
}

static size_t row_of(const char *flavour) {
    size_t i = 0;
    while (strcmp(mk_strap_rows[i].flavour, flavour) != 0)
        cr_assert_lt(++i, mk_strap_row_count);
    return i;
}

static bool has_match(const struct mk_descriptor *d, size_t i) {
    const struct mk_strap_row *found[2];
    size_t n = mk_strap_match(d, found);
    cr_assert_leq(n, 2);
    for (size_t k = 0; k < n; k++)
        if (found[k] == &mk_strap_rows[i])
            return true;
    return false;
}

/* HAP is bit 16, AltMeDisable bit 7, MeDisable bit 0, in whichever word; no guard includes the bit
 * that the tool writes. */
Test(strap, a_row_writes_the_bit_of_its_kind) {
    static const uint32_t masks[] = {[MK_DISABLE_ME] = 0x00000001,
                                     [MK_DISABLE_ALT_ME] = 0x00000080,
                                     [MK_DISABLE_HAP] = 0x00010000};
    for (size_t i = 0; i < mk_strap_row_count; i++) {
        const struct mk_strap_row *row = &mk_strap_rows[i];
        cr_assert_not_null(mk_platform_find(row->platform), "row %zu: no platform %s", i,
                           row->platform);
        cr_assert_eq(row->mask, masks[row->kind], "row %zu", i);
        for (size_t g = 0; g < MK_GUARDS; g++)
            cr_assert(row->guards[g].offset != row->offset || !(row->guards[g].mask & row->mask),
                      "row %zu, guard %zu", i, g);
    }
}

Test(strap, a_row_matches_if_its_guards_hold) {
    for (size_t i = 0; i < mk_strap_row_count; i++) {
        struct mk_descriptor d = descriptor_of(i, isl_of(i));
        bool sole = strcmp(mk_strap_rows[i].platform, "icl") != 0; /* its flavours look alike */
        cr_assert(has_match(&d, i) == (sole && d.platform->confident), "row %zu", i);
        for (size_t g = 0; g < MK_GUARDS && mk_strap_rows[i].guards[g].mask; g++)
            for (unsigned bit = 0; bit < 32; bit++) {
                d = descriptor_of(i, isl_of(i));
                bytes[FPSBA + mk_strap_rows[i].guards[g].offset + bit / 8] ^=
                    (uint8_t)(1u << bit % 8);
                bool guarded = mk_strap_rows[i].guards[g].mask >> bit & 1;
                cr_assert(has_match(&d, i) != guarded, "row %zu, guard %zu, bit %u", i, g, bit);
            }
    }
}

Test(strap, a_row_matches_its_strap_counts_alone) {
    for (size_t i = 0; i < mk_strap_row_count; i++) {
        const struct mk_strap_row *row = &mk_strap_rows[i];
        if (row->isl.low == 0 && !row->isl_excluded)
            continue;
        for (unsigned isl = 0x39; isl <= 0xFF; isl++) {
            bool within = isl >= row->isl.low && isl <= row->isl.high;
            struct mk_descriptor d = descriptor_of(i, isl);
            cr_assert_eq(has_match(&d, i), within != row->isl_excluded, "row %zu, %u straps", i,
                         isl);
        }
    }
}

Test(strap, a_guard_that_is_not_there_does_not_hold) {
    size_t h = row_of("CNP-H"), v = row_of("CMP-V");
    struct mk_descriptor d = descriptor_of(h, 0x21);
    cr_assert(has_match(&d, h), "CNP-H: 80 is the last strap");
    d.isl = 0x20;
    cr_assert_not(has_match(&d, h));
    d = descriptor_of(v, 0x1D);
    cr_assert(has_match(&d, v), "CMP-V: strap 0, and a guard in 70");
    d.isl = 0x1C;
    cr_assert_not(has_match(&d, v));
}

Test(strap, ich_has_two_words) {
    static const char *const names[] = {"ich9", "ich10"};
    for (size_t i = 0; i < 2; i++) {
        const struct mk_strap_row *found[2] = {NULL, NULL};
        struct mk_descriptor d = descriptor_of(1, 2);
        uint32_t value, at;
        d.platform = mk_platform_find(names[i]);
        mk_buffer_uint(b, FPSBA, 4, 0x11111111);
        mk_buffer_uint(b, FMSBA, 4, 0x22222222);
        cr_assert_eq(mk_strap_match(&d, found), 2);
        cr_assert(!found[0]->cpu && found[1]->cpu);
        cr_assert(mk_strap_read(&d, found[0], &value, &at) && value == 0x11111111 && at == FPSBA);
        cr_assert(mk_strap_read(&d, found[1], &value, &at) && value == 0x22222222 && at == FMSBA);
        d.isl = 0;
        cr_assert_eq(mk_strap_match(&d, found), 1, "a guard that is not used asks for no strap");
        cr_assert(found[0]->cpu);
        d.isl = 2, d.msl = 0;
        cr_assert_eq(mk_strap_match(&d, found), 1);
        cr_assert_not(found[0]->cpu);
    }
}

Test(strap, a_class_has_no_strap) {
    const struct mk_strap_row *found[2];
    struct mk_descriptor d = descriptor_of(row_of("CNP-H"), 0x60);
    struct mk_platform p = *d.platform;
    d.platform = &p;
    cr_assert_eq(mk_strap_match(&d, found), 1);
    p.confident = false;
    cr_assert_eq(mk_strap_match(&d, found), 0);
}
