#include <mekit/format/strap.h>

#include <string.h>

#define ALL_ISL                                                                                    \
    { 0, UINT32_MAX }
#define ALL_BUT_LP                                                                                 \
    { 0x46, 0x44 } /* any but 45 */
#define WORD  0xFFFFFFFFu
#define LOW9  0x1FFu
#define BIT0  0x00000001u
#define BIT7  0x00000080u
#define BIT16 0x00010000u

/* Guards are what every descriptor of that flavour has shown, and no other of the platform; a bit
 * that another tool may have set there (stray.c) is left out of them. */
const struct mk_strap_row mk_strap_rows[] = {
    {"ich8", "", MK_DISABLE_ME, false, 0x00, BIT0, ALL_ISL, {{0}}, false, "ifdtool; no sample"},
    {"ich9", "", MK_DISABLE_ME, false, 0x00, BIT0, ALL_ISL, {{0}}, false, "set in 12 descriptors"},
    {"ich9", "", MK_DISABLE_ME, true, 0x00, BIT0, ALL_ISL, {{0}}, false, "me_cleaner, ifdtool"},
    {"ich10", "", MK_DISABLE_ME, false, 0x00, BIT0, ALL_ISL, {{0}}, false, "me_cleaner, ifdtool"},
    {"ich10", "", MK_DISABLE_ME, true, 0x00, BIT0, ALL_ISL, {{0}}, false, "me_cleaner, ifdtool"},
    {"ibexpeak-a",
     "",
     MK_DISABLE_ALT_ME,
     false,
     0x28,
     BIT7,
     ALL_ISL,
     {{0}},
     false,
     "ifdtool; no sample"},
    {"ibexpeak", "", MK_DISABLE_ALT_ME, false, 0x28, BIT7, ALL_ISL, {{0}}, false, "me_cleaner"},
    {"cougarpoint",
     "",
     MK_DISABLE_ALT_ME,
     false,
     0x28,
     BIT7,
     ALL_ISL,
     {{0}},
     false,
     "set on heads' and Purism's boards"},
    {"lynxpoint",
     "",
     MK_DISABLE_ALT_ME,
     false,
     0x28,
     BIT7,
     ALL_ISL,
     {{0}},
     false,
     "set on heads' and Purism's boards"},
    {"baytrail", "", MK_DISABLE_ALT_ME, false, 0x28, BIT7, ALL_ISL, {{0}}, false, "me_cleaner"},
    {"braswell", "", MK_DISABLE_ALT_ME, false, 0x28, BIT7, ALL_ISL, {{0}}, false, "me_cleaner"},
    {"sklkbl",
     "LP",
     MK_DISABLE_HAP,
     false,
     0x00,
     BIT16,
     {0x42, 0x42},
     {{0}},
     false,
     "set on librem_kbl, T480, T480s"},
    {"sklkbl", "H", MK_DISABLE_HAP, false, 0x00, BIT16, {0x58, 0x5A}, {{0}}, false, "me_cleaner"},
    {"cnl",
     "CNP-LP",
     MK_DISABLE_HAP,
     false,
     0x70,
     BIT16,
     {0x45, 0x45},
     {{0x00, ~BIT16, 0}, {0x70, LOW9, 0x1B8}},
     false,
     "set on librem_14, librem_mini; X390, X13"},
    {"cnl",
     "CNP-H",
     MK_DISABLE_HAP,
     false,
     0x80,
     BIT16,
     ALL_BUT_LP,
     {{0x00, ~BIT16, 0}, {0x70, ~BIT16, 0}, {0x80, 0xFFF0, 0x01B0}},
     false,
     "me_cleaner PR 282"},
    {"cnl",
     "CMP-V",
     MK_DISABLE_HAP,
     false,
     0x00,
     BIT16,
     ALL_BUT_LP,
     {{0x70, ~BIT16, 0}, {0x00, 0x00C00000, 0x00800000}},
     false,
     "Dasharo ifdtool 6233d0e"},
    {"tgl",
     "TGP-LP",
     MK_DISABLE_HAP,
     false,
     0x7C,
     BIT16,
     {0x46, 0x46},
     {{0x7C, LOW9, 0x030}, {0x94, WORD, BIT16}},
     false,
     "me_cleaner PR 384, Dasharo, System76"},
    {"tgl",
     "TGP-H",
     MK_DISABLE_HAP,
     false,
     0x94,
     BIT16,
     {0x65, 0x65},
     {{0x7C, ~BIT16, 0}, {0x94, LOW9, 0x0B0}},
     false,
     "me_cleaner PR 384: B560M, Z590"},
    {"jsl",
     "",
     MK_DISABLE_HAP,
     false,
     0x68,
     BIT16,
     {0x2A, 0x2A},
     {{0x68, LOW9, 0x130}},
     false,
     "Dasharo ifdtool 6233d0e"},
    {"ehl",
     "",
     MK_DISABLE_HAP,
     false,
     0x84,
     BIT16,
     {0x38, 0x38},
     {{0x84, LOW9, 0x010}},
     false,
     "Dasharo ifdtool 6233d0e"},
    {"adl",
     "ADP-P",
     MK_DISABLE_HAP,
     false,
     0x7C,
     BIT16,
     {0x46, 0x46},
     {{0xD0, WORD, 0x300}, {0x7C, LOW9, 0x030}},
     false,
     "set on nv4x_adl and vault_adl_p"},
    {"adl",
     "ADP-N",
     MK_DISABLE_HAP,
     false,
     0x7C,
     BIT16,
     {0x46, 0x46},
     {{0xD0, WORD, 0x300}, {0x7C, LOW9, 0x0A2}},
     false,
     "N100 boards"},
    {"adl",
     "ADP-S",
     MK_DISABLE_HAP,
     false,
     0xDC,
     BIT16,
     {0x73, 0x73},
     {{0xD0, WORD, 0x10081008}, {0xDC, LOW9, 0x0B0}},
     false,
     "me_cleaner PR 384, Dasharo"},
    {"adl",
     "ADP-S A0",
     MK_DISABLE_HAP,
     false,
     0xD0,
     BIT16,
     {0x73, 0x73},
     {{0xC4, WORD, 0x10081008}, {0xD0, 0xFF, 0xB0}},
     false,
     "Dasharo ifdtool 6233d0e"},
    {"mtl",
     "",
     MK_DISABLE_HAP,
     false,
     0x11C,
     BIT16,
     {0x82, 0x82},
     {{0x11C, LOW9, 0x0B2}},
     false,
     "Dasharo ifdtool 6233d0e"},
    {"icl",
     "ICP-LP",
     MK_DISABLE_HAP,
     false,
     0x78,
     BIT16,
     ALL_ISL,
     {{0}},
     true,
     "70, 78 and 94 are all claimed"},
    {"lbg",
     "",
     MK_DISABLE_HAP,
     false,
     0xD4,
     BIT16,
     ALL_ISL,
     {{0}},
     true,
     "servers: SPS needs to run"},
    {"dnv", "", MK_DISABLE_HAP, false, 0x38, BIT16, ALL_ISL, {{0}}, true, "no sample"},
    {"apl",
     "",
     MK_DISABLE_ALT_ME,
     false,
     0x2C,
     BIT7,
     ALL_ISL,
     {{0}},
     true,
     "had no effect where it was tried"},
    {"glk",
     "",
     MK_DISABLE_ALT_ME,
     false,
     0x2C,
     BIT7,
     ALL_ISL,
     {{0}},
     true,
     "had no effect where it was tried"},
};

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

/* Wraps, so that a range whose low end is above its high end leaves out what lies between. */
static bool is_within(uint32_t value, struct mk_bound bound) {
    return value - bound.low <= bound.high - bound.low;
}

static bool matches(const struct mk_descriptor *d, const struct mk_strap_row *row) {
    uint32_t value, at;
    return strcmp(row->platform, d->platform->name) == 0 && is_within(d->isl, row->isl) &&
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
