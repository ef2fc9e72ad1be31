/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/format/strap.h>
#include <string.h>

TestSuite(platform, .fini = check_leaks);

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void set_mark(struct mk_descriptor *d, enum mk_mark mark, uint32_t value) {
    switch (mark) {
    case MK_MARK_SIGNATURE:
        d->signature_at = value;
        break;
    case MK_MARK_ISL:
        d->isl = value;
        break;
    case MK_MARK_MSL:
        d->msl = value;
        break;
    case MK_MARK_ICCRIBA:
        d->iccriba = (uint8_t)value;
        break;
    case MK_MARK_FMSBA:
        d->fmsba = value;
        break;
    case MK_MARK_FLMAP2:
        d->flmap2 = value;
        break;
    case MK_MARK_CSSO:
        d->csso = (uint16_t)value;
        break;
    case MK_MARK_NM:
        d->nm = value;
        break;
    case MK_MARK_MDTBA:
        d->mdtba = (uint8_t)value;
        break;
    case MK_MARK_NONE:
        break;
    }
}

/* Meets all conditions of p, each at its highest or lowest value; all other properties are 0x7F. */
static struct mk_descriptor descriptor_of(const struct mk_platform *p, bool lowest) {
    struct mk_descriptor d = {.version = p->version};
    for (int mark = MK_MARK_SIGNATURE; mark <= MK_MARK_MDTBA; mark++)
        set_mark(&d, (enum mk_mark)mark, mark == MK_MARK_SIGNATURE ? 0x10 : 0x7F);
    for (size_t i = 0; i < MK_CONDITIONS; i++)
        set_mark(&d, p->when[i].mark, lowest ? p->when[i].low : p->when[i].high);
    return d;
}

/* The first row of the table that holds counts. */
static size_t row_found(const struct mk_descriptor *d) {
    return (size_t)(mk_platform_detect(d) - mk_platforms);
}

Test(platform, is_detected_at_both_ends_of_its_conditions) {
    for (size_t i = 0; i < mk_platform_count; i++) {
        const struct mk_platform *p = &mk_platforms[i];
        struct mk_descriptor highest = descriptor_of(p, false), lowest = descriptor_of(p, true);
        if (!p->detectable)
            continue;
        cr_assert_eq(row_found(&highest), i, "%s: %s", p->name, mk_platform_detect(&highest)->name);
        cr_assert_leq(row_found(&lowest), i, "%s", p->name);
    }
}

/* Without a matching row, a class remains. */
Test(platform, is_not_detected_beyond_a_condition) {
    for (size_t i = 0; i < mk_platform_count; i++) {
        const struct mk_platform *p = &mk_platforms[i];
        for (size_t k = 0; k < MK_CONDITIONS && p->when[k].mark != MK_MARK_NONE; k++) {
            struct mk_descriptor d = descriptor_of(p, false);
            set_mark(&d, p->when[k].mark, p->when[k].high + 1);
            cr_assert_neq(row_found(&d), i, "%s, condition %zu: above", p->name, k);
            d = descriptor_of(p, true);
            set_mark(&d, p->when[k].mark, p->when[k].low - 1);
            cr_assert(p->when[k].low == 0 || row_found(&d) != i, "%s, condition %zu: below",
                      p->name, k);
        }
    }
}

Test(platform, another_version_is_another_platform) {
    for (size_t i = 0; i < mk_platform_count; i++) {
        struct mk_descriptor d = descriptor_of(&mk_platforms[i], false);
        d.version = 3 - d.version;
        cr_assert_eq(mk_platform_detect(&d)->version, d.version, "%s", mk_platforms[i].name);
    }
}

Test(platform, is_detected_by_its_conditions_unless_it_is_a_class_or_by_name) {
    for (size_t i = 0; i < mk_platform_count; i++) {
        const struct mk_platform *p = &mk_platforms[i];
        bool is_class = strcmp(p->name, "ifd1") == 0 || strcmp(p->name, "ifd2") == 0;
        if (p->detectable)
            cr_assert_eq(p->when[0].mark == MK_MARK_NONE, is_class, "%s", p->name);
        cr_assert_eq(p->engine_in_bios, p->lock == MK_LOCK_APL, "%s", p->name);
    }
}

Test(platform, is_found_by_name) {
    for (size_t i = 0; i < mk_platform_count; i++)
        cr_assert_str_eq(mk_platform_find(mk_platforms[i].name)->name, mk_platforms[i].name);
    cr_assert_str_eq(mk_platform_find("aplk")->name, "apl");
    cr_assert(mk_platform_find("glk")->confident, "the first of two rows of a name");
    cr_assert_null(mk_platform_find("ich"));
    cr_assert_null(mk_platform_find(""));
}

Test(platform, a_contradiction_is_another_version_another_layout_or_another_place) {
    static const struct {
        uint32_t signature;
        unsigned version;
        uint8_t iccriba, mdtba;
        const char *name;
        bool contradicts;
    } cases[] = {
        {0x10, 1, 5, 0, "cougarpoint", false}, {0x10, 1, 5, 0, "lynxpoint", false},
        {0x10, 1, 5, 0, "ich9", true},         {0x00, 1, 5, 0, "ich9", false},
        {0x00, 1, 5, 0, "wbg", true},          {0x10, 1, 5, 0, "wbg", false},
        {0x10, 1, 5, 0, "sklkbl", true},       {0x10, 2, 0x31, 0, "cougarpoint", true},
        {0x10, 2, 0x31, 0, "sklkbl", false},   {0x10, 2, 0x31, 0, "dnv", false},
        {0x10, 2, 0x31, 0, "tgl", true},       {0x10, 2, 0x11, 1, "tgl", false},
        {0x10, 2, 0x11, 1, "adl", false},      {0x10, 2, 0x11, 1, "sklkbl", true},
        {0x10, 2, 0x77, 1, "sklkbl", false},   {0x10, 2, 0x77, 0, "tgl", false},
        {0x10, 2, 0x77, 1, "lynxpoint", true}, {0x10, 1, 0x77, 0, "sklkbl", true},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mk_descriptor d = {.version = cases[i].version,
                                  .signature_at = cases[i].signature,
                                  .iccriba = cases[i].iccriba,
                                  .mdtba = cases[i].mdtba,
                                  .flmap2 = 1};
        cr_assert_eq(mk_platform_contradicts(mk_platform_find(cases[i].name), &d),
                     cases[i].contradicts, "case %zu: %s", i, cases[i].name);
    }
}

Test(platform, the_ways_to_disable_have_names) {
    cr_assert_str_eq(mk_disable_name(MK_DISABLE_NONE), "none");
    cr_assert_str_eq(mk_disable_name(MK_DISABLE_ME), "MeDisable");
    cr_assert_str_eq(mk_disable_name(MK_DISABLE_ALT_ME), "AltMeDisable");
    cr_assert_str_eq(mk_disable_name(MK_DISABLE_HAP), "HAP");
}

Test(platform, density_codes_end_where_chips_do) {
    const struct mk_platform old = {.old_density = true}, new = {.old_density = false};
    for (unsigned code = 0; code < 16; code++) {
        uint64_t size = 0x80000ull << code;
        cr_assert_eq(mk_platform_density(&old, code), code <= 5 ? size : 0, "code %u", code);
        cr_assert_eq(mk_platform_density(&new, code), code <= 7 ? size : 0, "code %u", code);
    }
    cr_assert_eq(mk_platform_density_fields(&old)[1].low, 3);
    cr_assert_eq(mk_platform_density_fields(&new)[1].low, 4);
}
