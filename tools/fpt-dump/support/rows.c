/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <inttypes.h>
#include <mekit/format/strap.h>
#include <stdio.h>
#include <string.h>

#define YES   "yes"
#define NO    "no"
#define WHOLE "whole" /* removes the whole region; needs a full dump */
#define FORCE "force" /* only with --force */

/* clang-format off */
const struct support_row support_rows[] = {
    /* firmware         verify prove        strip  relocate */
    {"ME 2-5",          YES,   NO,          WHOLE, NO,    true,  false, {2, 5}},
    {"ME 6 Ignition",   YES,   NO,          WHOLE, NO,    true,  false, {6, 6}},
    {"ME 6-10",         YES,   "catalogue", YES,   YES,   true,  false, {6, 10}},
    {"ME 11",           YES,   "catalogue", YES,   YES,   true,  false, {11, 11}},
    {"TXE 1-2",         YES,   "codebook",  YES,   YES,   true,  true,  {1, 2}},
    {"SPS 2-4",         YES,   "codebook",  FORCE, FORCE, false, false, {0, 0}},
    {"TXE 3-4",         YES,   "hash",      NO,    NO,    true,  true,  {3, 4}},
    {"CSME 12-16",      YES,   "hash",      NO,    NO,    true,  false, {12, 16}},
    {"CSME 18",         YES,   "hash",      NO,    NO,    true,  false, {18, 18}},
    {"GSC",             YES,   "hash",      NO,    NO,    false, false, {0, 0}},
    {"HuC, IPU, ADSP",  YES,   NO,          NO,    NO,    false, false, {0, 0}},
};
/* clang-format on */
const size_t support_row_count = sizeof support_rows / sizeof *support_rows;

/* Looks only at the platform: a flavour that runs less firmware does not matter here. */
static const struct mk_pch_firmware *firmware_of(const struct mk_platform *p) {
    const struct mk_descriptor d = {.platform = p};
    return mk_pch_firmware_of(&d);
}

static bool runs(const struct mk_platform *p, const struct support_row *row) {
    const struct mk_pch_firmware *f = firmware_of(p);
    return f && p->confident && f->txe == row->txe && f->majors.low <= row->majors.high &&
           f->majors.high >= row->majors.low;
}

const char *support_disable(const struct support_row *row) {
    const char *kind = "none";
    for (size_t i = 0; row->has_strap && i < mk_strap_row_count; i++) {
        const struct mk_strap_row *strap = &mk_strap_rows[i];
        const struct mk_platform *p = mk_platform_find(strap->platform);
        if (!p || !runs(p, row))
            continue;
        if (!strap->disputed)
            return mk_disable_name(strap->kind);
        kind = "disputed";
    }
    return kind;
}

const char *support_firmware(const struct mk_platform *p, char out[SUPPORT_ROOM]) {
    const struct mk_pch_firmware *f = firmware_of(p);
    out[0] = '\0';
    if (!f)
        return out;
    int n = snprintf(out, SUPPORT_ROOM, "%s %" PRIu32,
                     f->txe                ? "TXE"
                     : f->majors.low >= 12 ? "CSME"
                                           : "ME",
                     f->majors.low);
    if (f->majors.high != f->majors.low)
        snprintf(out + n, SUPPORT_ROOM - (size_t)n, "-%" PRIu32, f->majors.high);
    return out;
}
