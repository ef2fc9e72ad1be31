#include "leak.h"

#include <mekit/format/strap.h>
#include <string.h>

TestSuite(platform, .fini = check_leaks);

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* What a platform means for regions, masters and locks; the rows of the table, in its order. */
static const struct {
    const char *name;
    unsigned version;
    enum mk_access access, like_ifdtool;
    enum mk_lock_rule lock;
    unsigned regions, masters;
    bool old_density, confident, detectable;
} rows[] = {
    {"ich8", 1, MK_ACCESS_V1, MK_ACCESS_V1, MK_LOCK_OLD, 5, 3, true, true, true},
    {"ich9", 1, MK_ACCESS_V1, MK_ACCESS_V1, MK_LOCK_OLD, 5, 3, true, true, true},
    {"ich10", 1, MK_ACCESS_V1, MK_ACCESS_V1, MK_LOCK_OLD, 5, 3, true, true, true},
    {"ibexpeak-a", 1, MK_ACCESS_V1, MK_ACCESS_V1, MK_LOCK_OLD, 5, 3, true, true, true},
    {"ibexpeak", 1, MK_ACCESS_V1, MK_ACCESS_V1, MK_LOCK_OLD, 5, 3, true, true, true},
    {"baytrail", 1, MK_ACCESS_V1, MK_ACCESS_V1, MK_LOCK_OLD, 5, 3, true, true, true},
    {"braswell", 1, MK_ACCESS_V1, MK_ACCESS_V1, MK_LOCK_OLD, 5, 3, true, true, true},
    {"cougarpoint", 1, MK_ACCESS_V1, MK_ACCESS_V1, MK_LOCK_OLD, 5, 3, true, true, true},
    {"lynxpoint", 1, MK_ACCESS_V1, MK_ACCESS_V1, MK_LOCK_OLD, 7, 3, false, true, true},
    {"ifd1", 1, MK_ACCESS_V1, MK_ACCESS_V1, MK_LOCK_OLD, 5, 3, true, false, true},
    {"apl", 2, MK_ACCESS_V2, MK_ACCESS_V2, MK_LOCK_APL, 10, 6, false, true, true},
    {"glk", 2, MK_ACCESS_V2, MK_ACCESS_V2, MK_LOCK_APL, 10, 6, false, true, true},
    {"glk", 2, MK_ACCESS_V2, MK_ACCESS_V2, MK_LOCK_APL, 10, 6, false, false, true},
    {"lbg", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2, MK_LOCK_OLD, 16, 6, false, true, true},
    {"sklkbl", 2, MK_ACCESS_V2, MK_ACCESS_V2, MK_LOCK_CLIENT, 10, 6, false, true, true},
    {"ifd2-old", 2, MK_ACCESS_V2, MK_ACCESS_V2, MK_LOCK_CLIENT, 10, 6, false, false, true},
    {"cnl", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, true,
     true},
    {"ebg", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2, MK_LOCK_CLIENT, 16, 6, false, true, true},
    {"tgl", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, true,
     true},
    {"adl", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, true,
     true},
    {"jsl", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, true,
     true},
    {"ehl", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2, MK_LOCK_CLIENT, 16, 6, false, true, true},
    {"mtl", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, true,
     true},
    {"mtl", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, true,
     true},
    {"nvl", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, true,
     true},
    {"ptl", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, true,
     true},
    {"ifd2", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2, MK_LOCK_CLIENT, 16, 6, false, false, true},
    {"wbg", 1, MK_ACCESS_V1, MK_ACCESS_V1, MK_LOCK_PLAIN, 16, 3, false, true, false},
    {"icl", 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2, MK_LOCK_CLIENT, 16, 6, false, true, false},
    {"dnv", 2, MK_ACCESS_V2, MK_ACCESS_V2, MK_LOCK_PLAIN, 16, 6, false, true, false},
};

Test(platform, what_each_one_means) {
    cr_assert_eq(mk_platform_count, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct mk_platform *p = &mk_platforms[i];
        cr_assert_str_eq(p->name, rows[i].name);
        cr_assert_eq(p->version, rows[i].version, "%s", p->name);
        cr_assert_eq(p->access, rows[i].access, "%s", p->name);
        cr_assert_eq(p->like_ifdtool, rows[i].like_ifdtool, "%s", p->name);
        cr_assert_eq(p->lock, rows[i].lock, "%s", p->name);
        cr_assert_eq(p->regions, rows[i].regions, "%s", p->name);
        cr_assert_eq(p->masters, rows[i].masters, "%s", p->name);
        cr_assert_eq(p->old_density, rows[i].old_density, "%s", p->name);
        cr_assert_eq(p->engine_in_bios, p->lock == MK_LOCK_APL, "%s", p->name);
        cr_assert_eq(p->confident, rows[i].confident, "%s", p->name);
        cr_assert_eq(p->detectable, rows[i].detectable, "%s", p->name);
    }
}

/* The two that are taken where nothing fits, and those that are told by name. */
Test(platform, nothing_tells_a_class_or_a_name) {
    size_t n = 0;
    for (size_t i = 0; i < mk_platform_count; i++) {
        const struct mk_platform *p = &mk_platforms[i];
        if (p->detectable && strcmp(p->name, "ifd1") != 0 && strcmp(p->name, "ifd2") != 0)
            continue;
        n++;
        const struct mk_condition *first = &p->when[0];
        if (strcmp(p->name, "wbg") != 0)
            cr_assert_eq(first->mark, MK_MARK_NONE, "%s", p->name);
        else
            cr_assert(first->mark == MK_MARK_SIGNATURE && first->low == 0x10 &&
                      first->high == 0x10 && p->when[1].mark == MK_MARK_NONE);
    }
    cr_assert_eq(n, 5);
}

/* The rules of detection once more, as a tree. */
static const char *expected_of_version_1(const struct mk_descriptor *d) {
    if (d->signature_at == 0)
        return d->isl <= 0x02   ? (d->msl == 0 ? "ich8" : "ich9")
               : d->isl <= 0x0A ? "ich10"
               : d->isl <= 0x10 ? "ibexpeak-a"
                                : "ifd1";
    if (d->signature_at != 0x10)
        return "ifd1";
    if (d->iccriba == 0)
        return d->isl <= 0x10 ? "ibexpeak" : "ifd1";
    if (d->iccriba > 0x30 || d->fmsba > 0x2FF || d->isl > 0x15)
        return "ifd1";
    if (d->msl == 0 && d->isl <= 0x11)
        return d->isl <= 0x0B ? "baytrail" : "braswell";
    return d->msl <= 1 && d->isl <= 0x12 ? "cougarpoint" : "lynxpoint";
}

static const char *expected_of_version_2(const struct mk_descriptor *d) {
    if (d->flmap2 == 0)
        return d->isl == 0x13 ? "apl" : "glk";
    if (d->mdtba == 0)
        return d->nm == 6 ? "lbg" : d->iccriba == 0x31 ? "sklkbl" : "ifd2-old";
    if (d->iccriba == 0x34)
        return "cnl";
    if (d->nm == 6)
        return "ebg";
    if (d->iccriba == 0x11 || d->iccriba == 0x14)
        return d->iccriba == 0x11 ? "tgl" : "adl";
    if (d->iccriba != 0x03)
        return "ifd2";
    switch (d->csso) {
    case 0x6C:
        return "jsl";
    case 0x58:
        return "ehl";
    case 0x70:
    case 0x78:
        return "mtl";
    case 0x60:
        return d->isl == 0xA9 ? "nvl" : "ptl";
    default:
        return "ifd2";
    }
}

static void check_detected(const struct mk_descriptor *d) {
    const struct mk_platform *p = mk_platform_detect(d);
    const char *name = d->version == 1 ? expected_of_version_1(d) : expected_of_version_2(d);
    bool sure = strncmp(name, "ifd", 3) != 0 && (strcmp(name, "glk") != 0 || d->isl == 0x17);
    if (strcmp(p->name, name) != 0 || p->confident != sure)
        cr_assert(false,
                  "%s for %s: signature %x isl %x msl %x iccriba %x fmsba %x flmap2 %x csso %x nm "
                  "%x mdtba %x",
                  p->name, name, d->signature_at, d->isl, d->msl, d->iccriba, d->fmsba, d->flmap2,
                  d->csso, d->nm, d->mdtba);
}

/* Every value at the edge of a rule, with every other; what a version's rules don't look at is once
 * nothing and once all ones. */
Test(platform, version_1_is_told_by_signature_straps_and_clocks) {
    static const uint32_t signatures[] = {0x00, 0x01, 0x0F, 0x10, 0x11};
    static const uint32_t bases[] = {0, 0x2FF, 0x300};
    static const uint8_t clocks[] = {0, 1, 0x30, 0x31};
    for (uint32_t rest = 0; rest < 2; rest++)
        for (unsigned isl = 0; isl <= 0x18; isl++)
            for (unsigned i = 0; i < COUNT(signatures) * COUNT(bases) * COUNT(clocks) * 3; i++)
                check_detected(&(struct mk_descriptor){
                    .version = 1,
                    .signature_at = signatures[i % COUNT(signatures)],
                    .isl = isl,
                    .msl = i / COUNT(signatures) % 3,
                    .fmsba = bases[i / COUNT(signatures) / 3 % COUNT(bases)],
                    .iccriba = clocks[i / COUNT(signatures) / 3 / COUNT(bases)],
                    .flmap2 = 0 - rest,
                    .csso = (uint16_t)(0 - rest),
                    .nm = 0 - rest,
                    .mdtba = (uint8_t)(0 - rest)});
}

Test(platform, version_2_is_told_by_its_map) {
    static const uint8_t lengths[] = {0,    0x02, 0x03, 0x04, 0x10, 0x11, 0x12, 0x13, 0x14,
                                      0x15, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0xFF};
    static const uint16_t offsets[] = {0,    0x57, 0x58, 0x59, 0x5F, 0x60, 0x61, 0x6B,  0x6C,
                                       0x6D, 0x6F, 0x70, 0x71, 0x77, 0x78, 0x79, 0xFFFF};
    static const unsigned straps[] = {0,    0x12, 0x13, 0x14, 0x16, 0x17,
                                      0x18, 0xA8, 0xA9, 0xAA, 0xFF};
    for (uint32_t rest = 0; rest < 2; rest++)
        for (unsigned nm = 5; nm <= 7; nm++)
            for (unsigned i = 0; i < COUNT(lengths) * COUNT(offsets) * COUNT(straps) * 4; i++)
                check_detected(&(struct mk_descriptor){
                    .version = 2,
                    .nm = nm == 5 && rest ? 0 : nm,
                    .flmap2 = i & 1,
                    .mdtba = i >> 1 & 1,
                    .iccriba = lengths[i / 4 % COUNT(lengths)],
                    .csso = offsets[i / 4 / COUNT(lengths) % COUNT(offsets)],
                    .isl = straps[i / 4 / COUNT(lengths) / COUNT(offsets)],
                    .signature_at = 0 - rest,
                    .msl = 0 - rest,
                    .fmsba = 0 - rest});
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
