/* SPDX-License-Identifier: MIT */
#include <mekit/format/strap.h>

#include <string.h>

/* The row of a flavour comes before the row of its platform. Real images confirm all rows except
 * ICH8, ICH10 and Ibex Peak's A step, which come from sources. */
static const struct {
    const char *platform, *flavour; /* NULL: any */
    struct mk_pch_firmware firmware;
} rows[] = {
    {"ich8", NULL, {false, {2, 2}}},       {"ich9", NULL, {false, {3, 4}}},
    {"ich10", NULL, {false, {5, 5}}},      {"ibexpeak-a", NULL, {false, {6, 6}}},
    {"ibexpeak", NULL, {false, {6, 6}}},   {"cougarpoint", NULL, {false, {7, 8}}},
    {"lynxpoint", NULL, {false, {9, 10}}}, {"baytrail", NULL, {true, {1, 1}}},
    {"braswell", NULL, {true, {2, 2}}},    {"sklkbl", NULL, {false, {11, 11}}},
    {"apl", NULL, {true, {3, 3}}},         {"glk", NULL, {true, {4, 4}}},
    {"cnl", "CMP-V", {false, {14, 14}}},   {"cnl", NULL, {false, {12, 14}}},
    {"tgl", NULL, {false, {15, 15}}},      {"ehl", NULL, {false, {15, 15}}},
    {"jsl", NULL, {false, {13, 13}}},      {"adl", NULL, {false, {16, 16}}},
    {"mtl", NULL, {false, {18, 18}}},
};

const struct mk_pch_firmware *mk_pch_firmware_of(const struct mk_descriptor *d) {
    const struct mk_strap_row *strap[2];
    const char *flavour = mk_strap_match(d, strap) > 0 ? strap[0]->flavour : "";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].platform, d->platform->name) == 0 &&
            (!rows[i].flavour || strcmp(rows[i].flavour, flavour) == 0))
            return &rows[i].firmware;
    return NULL;
}
