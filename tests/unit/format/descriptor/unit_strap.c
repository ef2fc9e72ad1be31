#include "leak.h"

#include <mekit/format/strap.h>
#include <string.h>

TestSuite(strap, .fini = check_leaks);

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define WORD     UINT32_MAX
#define HAP      0x00010000u
#define BUT_HAP  0xFFFEFFFFu
#define ALT      0x00000080u
#define ME       0x00000001u

/* The table once more: what a row writes, and what must hold before. ISL 0 to all ones: any. */
static const struct {
    const char *platform, *flavour;
    enum mk_disable_kind kind;
    bool cpu, disputed;
    uint32_t offset, mask;
    uint32_t isl[2];
    uint32_t guards[3][3]; /* offset, mask, value */
} rows[] = {
    {"ich8", "", MK_DISABLE_ME, false, false, 0x00, ME, {0, WORD}, {{0}}},
    {"ich9", "", MK_DISABLE_ME, false, false, 0x00, ME, {0, WORD}, {{0}}},
    {"ich9", "", MK_DISABLE_ME, true, false, 0x00, ME, {0, WORD}, {{0}}},
    {"ich10", "", MK_DISABLE_ME, false, false, 0x00, ME, {0, WORD}, {{0}}},
    {"ich10", "", MK_DISABLE_ME, true, false, 0x00, ME, {0, WORD}, {{0}}},
    {"ibexpeak-a", "", MK_DISABLE_ALT_ME, false, false, 0x28, ALT, {0, WORD}, {{0}}},
    {"ibexpeak", "", MK_DISABLE_ALT_ME, false, false, 0x28, ALT, {0, WORD}, {{0}}},
    {"cougarpoint", "", MK_DISABLE_ALT_ME, false, false, 0x28, ALT, {0, WORD}, {{0}}},
    {"lynxpoint", "", MK_DISABLE_ALT_ME, false, false, 0x28, ALT, {0, WORD}, {{0}}},
    {"baytrail", "", MK_DISABLE_ALT_ME, false, false, 0x28, ALT, {0, WORD}, {{0}}},
    {"braswell", "", MK_DISABLE_ALT_ME, false, false, 0x28, ALT, {0, WORD}, {{0}}},
    {"sklkbl", "LP", MK_DISABLE_HAP, false, false, 0x00, HAP, {0x42, 0x42}, {{0}}},
    {"sklkbl", "H", MK_DISABLE_HAP, false, false, 0x00, HAP, {0x58, 0x5A}, {{0}}},
    {"cnl",
     "CNP-LP",
     MK_DISABLE_HAP,
     false,
     false,
     0x70,
     HAP,
     {0x45, 0x45},
     {{0x00, BUT_HAP, 0}, {0x70, 0x1FF, 0x1B8}}},
    {"cnl",
     "CNP-H",
     MK_DISABLE_HAP,
     false,
     false,
     0x80,
     HAP,
     {0x46, 0x44},
     {{0x00, BUT_HAP, 0}, {0x70, BUT_HAP, 0}, {0x80, 0xFFF0, 0x1B0}}},
    {"cnl",
     "CMP-V",
     MK_DISABLE_HAP,
     false,
     false,
     0x00,
     HAP,
     {0x46, 0x44},
     {{0x70, BUT_HAP, 0}, {0x00, 0xC00000, 0x800000}}},
    {"tgl",
     "TGP-LP",
     MK_DISABLE_HAP,
     false,
     false,
     0x7C,
     HAP,
     {0x46, 0x46},
     {{0x7C, 0x1FF, 0x030}, {0x94, WORD, 0x10000}}},
    {"tgl",
     "TGP-H",
     MK_DISABLE_HAP,
     false,
     false,
     0x94,
     HAP,
     {0x65, 0x65},
     {{0x7C, BUT_HAP, 0}, {0x94, 0x1FF, 0x0B0}}},
    {"jsl", "", MK_DISABLE_HAP, false, false, 0x68, HAP, {0x2A, 0x2A}, {{0x68, 0x1FF, 0x130}}},
    {"ehl", "", MK_DISABLE_HAP, false, false, 0x84, HAP, {0x38, 0x38}, {{0x84, 0x1FF, 0x010}}},
    {"adl",
     "ADP-P",
     MK_DISABLE_HAP,
     false,
     false,
     0x7C,
     HAP,
     {0x46, 0x46},
     {{0xD0, WORD, 0x300}, {0x7C, 0x1FF, 0x030}}},
    {"adl",
     "ADP-N",
     MK_DISABLE_HAP,
     false,
     false,
     0x7C,
     HAP,
     {0x46, 0x46},
     {{0xD0, WORD, 0x300}, {0x7C, 0x1FF, 0x0A2}}},
    {"adl",
     "ADP-S",
     MK_DISABLE_HAP,
     false,
     false,
     0xDC,
     HAP,
     {0x73, 0x73},
     {{0xD0, WORD, 0x10081008}, {0xDC, 0x1FF, 0x0B0}}},
    {"adl",
     "ADP-S A0",
     MK_DISABLE_HAP,
     false,
     false,
     0xD0,
     HAP,
     {0x73, 0x73},
     {{0xC4, WORD, 0x10081008}, {0xD0, 0xFF, 0xB0}}},
    {"mtl", "", MK_DISABLE_HAP, false, false, 0x11C, HAP, {0x82, 0x82}, {{0x11C, 0x1FF, 0x0B2}}},
    {"icl", "ICP-LP", MK_DISABLE_HAP, false, true, 0x78, HAP, {0, WORD}, {{0}}},
    {"lbg", "", MK_DISABLE_HAP, false, true, 0xD4, HAP, {0, WORD}, {{0}}},
    {"dnv", "", MK_DISABLE_HAP, false, true, 0x38, HAP, {0, WORD}, {{0}}},
    {"apl", "", MK_DISABLE_ALT_ME, false, true, 0x2C, ALT, {0, WORD}, {{0}}},
    {"glk", "", MK_DISABLE_ALT_ME, false, true, 0x2C, ALT, {0, WORD}, {{0}}},
};

#define FPSBA 0x100u
#define FMSBA 0x800u

static uint8_t bytes[MK_DESCRIPTOR_SIZE];
static const struct mk_buffer b = {bytes, sizeof bytes};

static struct mk_descriptor descriptor_of(size_t i, unsigned isl) {
    mk_buffer_fill(b, 0, sizeof bytes, 0);
    for (size_t g = 0; g < 3 && rows[i].guards[g][1]; g++)
        mk_buffer_uint(b, FPSBA + rows[i].guards[g][0], 4, rows[i].guards[g][2]);
    return (struct mk_descriptor){.bytes = mk_buffer_span(b),
                                  .fpsba = FPSBA,
                                  .fmsba = FMSBA,
                                  .isl = isl,
                                  .msl = 1,
                                  .platform = mk_platform_find(rows[i].platform)};
}

/* Any ISL that the row takes, and that has all of its straps. */
static unsigned isl_of(size_t i) {
    return rows[i].isl[0] == 0 ? 0x40 : rows[i].isl[0] > rows[i].isl[1] ? 0x60 : rows[i].isl[1];
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

Test(strap, what_a_row_writes) {
    cr_assert_eq(mk_strap_row_count, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct mk_strap_row *row = &mk_strap_rows[i];
        cr_assert_str_eq(row->platform, rows[i].platform);
        cr_assert_str_eq(row->flavour, rows[i].flavour);
        cr_assert(row->kind == rows[i].kind && row->cpu == rows[i].cpu, "row %zu", i);
        cr_assert(row->offset == rows[i].offset && row->mask == rows[i].mask, "row %zu", i);
        bool excluded = rows[i].isl[0] > rows[i].isl[1];
        cr_assert_eq(row->isl_excluded, excluded, "row %zu", i);
        cr_assert_eq(row->isl.low, excluded ? rows[i].isl[1] + 1 : rows[i].isl[0], "row %zu", i);
        cr_assert_eq(row->isl.high, excluded ? rows[i].isl[0] - 1 : rows[i].isl[1], "row %zu", i);
        cr_assert_eq(row->disputed, rows[i].disputed, "row %zu", i);
        for (size_t g = 0; g < MK_GUARDS; g++) {
            static const uint32_t none[3];
            const uint32_t *guard = g < 3 ? rows[i].guards[g] : none;
            cr_assert(row->guards[g].offset == guard[0] && row->guards[g].mask == guard[1] &&
                          row->guards[g].value == guard[2],
                      "row %zu, guard %zu", i, g);
        }
    }
}

Test(strap, a_row_matches_where_its_guards_hold) {
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mk_descriptor d = descriptor_of(i, isl_of(i));
        cr_assert(has_match(&d, i) == d.platform->confident, "row %zu", i);
        for (size_t g = 0; g < 3 && rows[i].guards[g][1]; g++)
            for (unsigned bit = 0; bit < 32; bit++) {
                d = descriptor_of(i, isl_of(i));
                bytes[FPSBA + rows[i].guards[g][0] + bit / 8] ^= (uint8_t)(1u << bit % 8);
                bool guarded = rows[i].guards[g][1] >> bit & 1;
                cr_assert(has_match(&d, i) != guarded, "row %zu, guard %zu, bit %u", i, g, bit);
            }
    }
}

/* Where low is above high, all but what lies between. */
Test(strap, a_row_matches_its_strap_counts_alone) {
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (rows[i].isl[0] == 0)
            continue;
        for (unsigned isl = 0x39; isl <= 0xFF; isl++) {
            uint32_t low = rows[i].isl[0], high = rows[i].isl[1];
            bool within = low <= high ? isl >= low && isl <= high : isl >= low || isl <= high;
            struct mk_descriptor d = descriptor_of(i, isl);
            cr_assert_eq(has_match(&d, i), within, "row %zu, %u straps", i, isl);
        }
    }
}

Test(strap, a_guard_that_is_not_there_does_not_hold) {
    struct mk_descriptor d = descriptor_of(14, 0x21);
    cr_assert(has_match(&d, 14), "CNP-H: 80 is the last strap");
    d.isl = 0x20;
    cr_assert_not(has_match(&d, 14));
    d = descriptor_of(15, 0x1D);
    cr_assert(has_match(&d, 15), "CMP-V: strap 0, and a guard in 70");
    d.isl = 0x1C;
    cr_assert_not(has_match(&d, 15));
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

Test(strap, a_class_has_none) {
    const struct mk_strap_row *found[2];
    struct mk_descriptor d = descriptor_of(14, 0x60);
    struct mk_platform p = *d.platform;
    d.platform = &p;
    cr_assert_eq(mk_strap_match(&d, found), 1);
    p.confident = false;
    cr_assert_eq(mk_strap_match(&d, found), 0);
}
