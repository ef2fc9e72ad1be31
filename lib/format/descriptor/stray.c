/* SPDX-License-Identifier: MIT */
#include <mekit/format/strap.h>

#include <string.h>

#define BIT7  0x00000080u
#define BIT16 0x00010000u
#define WORD  0xFFFFFFFFu

#define IFDTOOL_HAP "ifdtool -M 1"            /* strap 0, whatever the platform */
#define IFDTOOL_ALT "ifdtool -M 1 without -p" /* strap 10: AltMeDisable of version 1 */
#define CLEANER     "me_cleaner with PR 384"  /* looks only at the firmware's version */
#define LAPTOP      "a guide for another flavour"

/* Match only if the rest of the word has the usual value of that flavour: else the bit may be a
 * setting. Meteor Lake has bit 16 of strap 0 in 10 of 10. */
static const struct mk_stray_row rows[] = {
    {"sklkbl", NULL, 0x28, BIT7, WORD, 0x00030000, IFDTOOL_ALT},
    {"cnl", "CNP-LP", 0x00, BIT16, WORD, 0, IFDTOOL_HAP},
    {"cnl", "CNP-LP", 0x80, BIT16, WORD, 0, CLEANER},
    {"cnl", "CNP-LP", 0x28, BIT7, 0xFF, 0x22, IFDTOOL_ALT},
    {"cnl", "CNP-H", 0x00, BIT16, WORD, 0, IFDTOOL_HAP},
    {"cnl", "CNP-H", 0x70, BIT16, WORD, 0, CLEANER},
    {"cnl", "CMP-V", 0x70, BIT16, WORD, 0, CLEANER},
    {"tgl", "TGP-LP", 0x00, BIT16, WORD, 0, IFDTOOL_HAP},
    {"tgl", "TGP-H", 0x00, BIT16, WORD, 0, IFDTOOL_HAP},
    {"tgl", "TGP-H", 0x7C, BIT16, WORD, 0, CLEANER},
    {"tgl", "TGP-H", 0x28, BIT7, 0xFF, 0x22, IFDTOOL_ALT},
    {"jsl", NULL, 0x00, BIT16, WORD, 0, IFDTOOL_HAP},
    {"ehl", NULL, 0x00, BIT16, WORD, 0x00000004, IFDTOOL_HAP},
    {"ehl", NULL, 0x7C, BIT16, WORD, 0x00000188, CLEANER},
    {"adl", "ADP-P", 0x00, BIT16, WORD, 0, IFDTOOL_HAP},
    {"adl", "ADP-P", 0xDC, BIT16, 0xFFFFFF00, 0x00000100, CLEANER},
    {"adl", "ADP-N", 0x00, BIT16, WORD, 0, IFDTOOL_HAP},
    {"adl", "ADP-N", 0xDC, BIT16, 0xFFFFFF00, 0x00000100, CLEANER},
    {"adl", "ADP-S", 0x00, BIT16, 0x000FFFFF, 0, IFDTOOL_HAP},
    {"adl", "ADP-S", 0x7C, BIT16, WORD, 0x00000030, LAPTOP},
};

static bool fits(const struct mk_descriptor *d, const struct mk_stray_row *row, const char *flavour,
                 uint32_t *value, uint32_t *at) {
    return strcmp(row->platform, d->platform->name) == 0 &&
           (!row->flavour || strcmp(row->flavour, flavour) == 0) &&
           mk_descriptor_pch_strap(d, row->offset, value, at) && (*value & row->bit) != 0 &&
           (*value & row->mask & ~row->bit) == row->rest;
}

const struct mk_stray_row *mk_stray_next(const struct mk_descriptor *d, size_t *i, uint32_t *value,
                                         uint32_t *at) {
    const struct mk_strap_row *strap[2];
    if (mk_strap_match(d, strap) == 0)
        return NULL;
    while (*i < sizeof rows / sizeof *rows) {
        const struct mk_stray_row *row = &rows[(*i)++];
        if (fits(d, row, strap[0]->flavour, value, at))
            return row;
    }
    return NULL;
}
