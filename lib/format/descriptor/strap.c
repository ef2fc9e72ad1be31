/* SPDX-License-Identifier: MIT */
#include <mekit/format/strap.h>

#include <string.h>

#define WORD  0xFFFFFFFFu
#define LOW9  0x1FFu
#define BIT0  0x00000001u
#define BIT7  0x00000080u
#define BIT16 0x00010000u

#define PCH      false
#define CPU      true
#define DISPUTED true
#define AGREED   false
#define ME       MK_DISABLE_ME
#define ALT_ME   MK_DISABLE_ALT_ME
#define HAP      MK_DISABLE_HAP

/* clang-format off */
/* The numbers of PCH straps (ISL) that a row allows. */
#define ANY           {0, WORD}, false
#define IN(low, high) {low, high}, false
#define NOT(count)    {count, count}, true

/* One row per line. Guards, {offset, mask, value}, hold in every known descriptor of that flavour, and in no other of
 * the platform; they leave out bits that another tool may have set (stray.c). Last: the number of real descriptors
 * of that flavour that show it, and the source that says the bit turns the ME off. */
const struct mk_strap_row mk_strap_rows[] = {
    {"ich8",        "",         ME,     PCH, 0x000, BIT0,  ANY,            {{0}},                                                          AGREED,    0, "ifdtool; no sample"},
    {"ich9",        "",         ME,     PCH, 0x000, BIT0,  ANY,            {{0}},                                                          AGREED,   12, "set in 12 descriptors"},
    {"ich9",        "",         ME,     CPU, 0x000, BIT0,  ANY,            {{0}},                                                          AGREED,   12, "me_cleaner, ifdtool"},
    {"ich10",       "",         ME,     PCH, 0x000, BIT0,  ANY,            {{0}},                                                          AGREED,    0, "me_cleaner, ifdtool"},
    {"ich10",       "",         ME,     CPU, 0x000, BIT0,  ANY,            {{0}},                                                          AGREED,    0, "me_cleaner, ifdtool"},
    {"ibexpeak-a",  "",         ALT_ME, PCH, 0x028, BIT7,  ANY,            {{0}},                                                          AGREED,    0, "ifdtool; no sample"},
    {"ibexpeak",    "",         ALT_ME, PCH, 0x028, BIT7,  ANY,            {{0}},                                                          AGREED,    3, "me_cleaner"},
    {"cougarpoint", "",         ALT_ME, PCH, 0x028, BIT7,  ANY,            {{0}},                                                          AGREED,   16, "set on heads' and Purism's boards"},
    {"lynxpoint",   "",         ALT_ME, PCH, 0x028, BIT7,  ANY,            {{0}},                                                          AGREED,    6, "set on heads' and Purism's boards"},
    {"baytrail",    "",         ALT_ME, PCH, 0x028, BIT7,  ANY,            {{0}},                                                          AGREED,    2, "me_cleaner"},
    {"braswell",    "",         ALT_ME, PCH, 0x028, BIT7,  ANY,            {{0}},                                                          AGREED,    1, "me_cleaner"},
    {"sklkbl",      "LP",       HAP,    PCH, 0x000, BIT16, IN(0x42, 0x42), {{0}},                                                          AGREED,   15, "set on librem_kbl, T480, T480s"},
    {"sklkbl",      "H",        HAP,    PCH, 0x000, BIT16, IN(0x58, 0x5A), {{0}},                                                          AGREED,    2, "me_cleaner"},
    {"cnl",         "CNP-LP",   HAP,    PCH, 0x070, BIT16, IN(0x45, 0x45), {{0x00, ~BIT16, 0}, {0x70, LOW9, 0x1B8}},                       AGREED,   21, "set on librem_14, librem_mini; X390, X13"},
    {"cnl",         "CNP-H",    HAP,    PCH, 0x080, BIT16, NOT(0x45),      {{0x00, ~BIT16, 0}, {0x70, ~BIT16, 0}, {0x80, 0xFFF0, 0x01B0}}, AGREED,    0, "me_cleaner PR 282"},
    {"cnl",         "CMP-V",    HAP,    PCH, 0x000, BIT16, NOT(0x45),      {{0x70, ~BIT16, 0}, {0x00, 0x00C00000, 0x00800000}},            AGREED,    0, "Dasharo ifdtool 6233d0e"},
    {"tgl",         "TGP-LP",   HAP,    PCH, 0x07C, BIT16, IN(0x46, 0x46), {{0x7C, LOW9, 0x030}, {0x94, WORD, BIT16}},                     AGREED,    8, "me_cleaner PR 384, Dasharo, System76"},
    {"tgl",         "TGP-H",    HAP,    PCH, 0x094, BIT16, IN(0x65, 0x65), {{0x7C, ~BIT16, 0}, {0x94, LOW9, 0x0B0}},                       AGREED,    1, "me_cleaner PR 384: B560M, Z590"},
    {"jsl",         "",         HAP,    PCH, 0x068, BIT16, IN(0x2A, 0x2A), {{0x68, LOW9, 0x130}},                                          AGREED,    9, "Dasharo ifdtool 6233d0e"},
    {"ehl",         "",         HAP,    PCH, 0x084, BIT16, IN(0x38, 0x38), {{0x84, LOW9, 0x010}},                                          AGREED,    1, "Dasharo ifdtool 6233d0e"},
    {"adl",         "ADP-P",    HAP,    PCH, 0x07C, BIT16, IN(0x46, 0x46), {{0xD0, WORD, 0x300}, {0x7C, LOW9, 0x030}},                     AGREED,   34, "set on nv4x_adl and vault_adl_p"},
    {"adl",         "ADP-N",    HAP,    PCH, 0x07C, BIT16, IN(0x46, 0x46), {{0xD0, WORD, 0x300}, {0x7C, LOW9, 0x0A2}},                     AGREED,   33, "N100 boards"},
    {"adl",         "ADP-S",    HAP,    PCH, 0x0DC, BIT16, IN(0x73, 0x73), {{0xD0, WORD, 0x10081008}, {0xDC, LOW9, 0x0B0}},                AGREED,    2, "me_cleaner PR 384, Dasharo"},
    {"adl",         "ADP-S A0", HAP,    PCH, 0x0D0, BIT16, IN(0x73, 0x73), {{0xC4, WORD, 0x10081008}, {0xD0, 0xFF, 0xB0}},                 AGREED,    0, "Dasharo ifdtool 6233d0e"},
    {"mtl",         "",         HAP,    PCH, 0x11C, BIT16, IN(0x82, 0x82), {{0x11C, LOW9, 0x0B2}},                                         AGREED,    5, "Dasharo ifdtool 6233d0e"},
    {"icl",         "ICP-LP",   HAP,    PCH, 0x078, BIT16, ANY,            {{0}},                                                          DISPUTED,  0, "70, 78 and 94 are all claimed"},
    {"icl",         "ICX-D",    HAP,    PCH, 0x0E0, BIT16, ANY,            {{0}},                                                          DISPUTED,  0, "one source, without a sample"},
    {"lbg",         "",         HAP,    PCH, 0x0D4, BIT16, ANY,            {{0}},                                                          DISPUTED,  5, "servers: SPS needs to run"},
    {"dnv",         "",         HAP,    PCH, 0x038, BIT16, ANY,            {{0}},                                                          DISPUTED,  0, "no sample"},
    {"apl",         "",         ALT_ME, PCH, 0x02C, BIT7,  ANY,            {{0}},                                                          DISPUTED,  1, "had no effect where it was tried"},
    {"glk",         "",         ALT_ME, PCH, 0x02C, BIT7,  ANY,            {{0}},                                                          DISPUTED,  1, "had no effect where it was tried"},
};
/* clang-format on */

const size_t mk_strap_row_count = sizeof mk_strap_rows / sizeof *mk_strap_rows;

const char *mk_disable_name(enum mk_disable_kind kind) {
    static const char *const names[] = {"none", "MeDisable", "AltMeDisable", "HAP"};
    return names[kind];
}

bool mk_strap_read(const struct mk_descriptor *d, const struct mk_strap_row *row, uint32_t *value,
                   uint32_t *at) {
    return row->cpu ? mk_descriptor_cpu_strap(d, row->offset, value, at)
                    : mk_descriptor_pch_strap(d, row->offset, value, at);
}

static bool guards_hold(const struct mk_descriptor *d, const struct mk_strap_row *row) {
    uint32_t value, at;
    for (size_t i = 0; i < MK_GUARDS; i++) {
        const struct mk_guard *guard = &row->guards[i];
        if (guard->mask == 0)
            continue;
        if (!mk_descriptor_pch_strap(d, guard->offset, &value, &at) ||
            (value & guard->mask) != guard->value)
            return false;
    }
    return true;
}

static bool has_count(const struct mk_descriptor *d, const struct mk_strap_row *row) {
    bool within = d->isl >= row->isl.low && d->isl <= row->isl.high;
    return within != row->isl_excluded;
}

static bool matches(const struct mk_descriptor *d, const struct mk_strap_row *row) {
    uint32_t value, at;
    return strcmp(row->platform, d->platform->name) == 0 && has_count(d, row) &&
           mk_strap_read(d, row, &value, &at) && guards_hold(d, row);
}

size_t mk_strap_match(const struct mk_descriptor *d, const struct mk_strap_row *rows[2]) {
    size_t n = 0;
    if (!d->platform->confident)
        return 0;
    for (size_t i = 0; i < mk_strap_row_count; i++) {
        const struct mk_strap_row *row = &mk_strap_rows[i];
        if (!matches(d, row))
            continue;
        if (n == 2 || (n == 1 && strcmp(rows[0]->flavour, row->flavour) != 0))
            return 0;
        rows[n++] = row;
    }
    return n;
}

enum mk_disable_state mk_strap_state(const struct mk_descriptor *d,
                                     const struct mk_strap_row **row) {
    const struct mk_strap_row *rows[2];
    uint32_t value, at;
    size_t n = mk_strap_match(d, rows);
    if (row)
        *row = n ? rows[0] : NULL;
    if (n == 0 || rows[0]->disputed)
        return MK_DISABLE_UNKNOWN;
    for (size_t i = 0; i < n; i++)
        if (!mk_strap_read(d, rows[i], &value, &at) || (value & rows[i]->mask) == 0)
            return MK_DISABLE_CLEAR;
    return MK_DISABLE_SET;
}
