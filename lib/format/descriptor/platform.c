/* SPDX-License-Identifier: MIT */
#include <mekit/format/platform.h>

#include <string.h>

#define DENSITY_UNIT    ((uint64_t)512 << 10)
#define DENSITY_OLD_MAX 5u
#define DENSITY_MAX     7u

#define V1          1, MK_ACCESS_V1, MK_ACCESS_V1
#define V2          2, MK_ACCESS_V2, MK_ACCESS_V2
#define V2_EXTENDED 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2_EXTENDED
#define V2_LIVE     2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2 /* ifdtool does not change the low byte */

#define SURE       true, true
#define CLASS_ONLY false, true
#define BY_NAME    true, false

#define OLD     MK_LOCK_OLD
#define CLIENT  MK_LOCK_CLIENT
#define APL     MK_LOCK_APL
#define PLAIN   MK_LOCK_PLAIN
#define SIG     MK_MARK_SIGNATURE
#define ISL     MK_MARK_ISL
#define MSL     MK_MARK_MSL
#define ICCRIBA MK_MARK_ICCRIBA
#define FMSBA   MK_MARK_FMSBA
#define FLMAP2  MK_MARK_FLMAP2
#define CSSO    MK_MARK_CSSO
#define NM      MK_MARK_NM
#define MDTBA   MK_MARK_MDTBA

/* clang-format off */
/* One row per line: number of regions, of masters; old density codes? engine in the BIOS region? Then the conditions,
 * {mark, lowest, highest}. A row of BY_NAME can't be recognised: another row has the same values. */
const struct mk_platform mk_platforms[] = {
    {"ich8",        "ICH8",                                                     V1,          OLD,     5, 3, true,  false, SURE,       {{SIG, 0x00, 0x00}, {ISL, 0x00, 0x02}, {MSL, 0, 0}},                                              "flashrom; no sample"},
    {"ich9",        "ICH9",                                                     V1,          OLD,     5, 3, true,  false, SURE,       {{SIG, 0x00, 0x00}, {ISL, 0x00, 0x02}},                                                           "12 descriptors"},
    {"ich10",       "ICH10",                                                    V1,          OLD,     5, 3, true,  false, SURE,       {{SIG, 0x00, 0x00}, {ISL, 0x00, 0x0A}},                                                           "flashrom; no sample"},
    {"ibexpeak-a",  "5 series, Ibex Peak, A step",                              V1,          OLD,     5, 3, true,  false, SURE,       {{SIG, 0x00, 0x00}, {ISL, 0x00, 0x10}},                                                           "flashrom; no sample"},
    {"ibexpeak",    "5 series, Ibex Peak",                                      V1,          OLD,     5, 3, true,  false, SURE,       {{SIG, 0x10, 0x10}, {ISL, 0x00, 0x10}, {ICCRIBA, 0x00, 0x00}},                                    "3 descriptors"},
    {"baytrail",    "Bay Trail",                                                V1,          OLD,     5, 3, true,  false, SURE,       {{SIG, 0x10, 0x10}, {ISL, 0x00, 0x0B}, {MSL, 0, 0}, {ICCRIBA, 0x01, 0x30}, {FMSBA, 0x00, 0x2FF}}, "flashrom, MrChromebox and Dasharo boards"},
    {"braswell",    "Braswell",                                                 V1,          OLD,     5, 3, true,  false, SURE,       {{SIG, 0x10, 0x10}, {ISL, 0x00, 0x11}, {MSL, 0, 0}, {ICCRIBA, 0x01, 0x30}, {FMSBA, 0x00, 0x2FF}}, "flashrom, MrChromebox boards"},
    {"cougarpoint", "6/7 series, Cougar and Panther Point",                     V1,          OLD,     5, 3, true,  false, SURE,       {{SIG, 0x10, 0x10}, {ISL, 0x00, 0x12}, {MSL, 0, 1}, {ICCRIBA, 0x01, 0x30}, {FMSBA, 0x00, 0x2FF}}, "16 descriptors"},
    {"lynxpoint",   "8/9 series, Lynx and Wildcat Point",                       V1,          OLD,     7, 3, false, false, SURE,       {{SIG, 0x10, 0x10}, {ISL, 0x00, 0x15}, {ICCRIBA, 0x01, 0x30}, {FMSBA, 0x00, 0x2FF}},              "flashrom, 6 descriptors"},
    {"ifd1",        "descriptor version 1, not known closer",                   V1,          OLD,     5, 3, true,  false, CLASS_ONLY, {{0}},                                                                                            "NR"},
    {"apl",         "Apollo Lake",                                              V2,          APL,    10, 6, false, true,  SURE,       {{ISL, 0x13, 0x13}, {FLMAP2, 0, 0}},                                                              "MrChromebox boards"},
    {"glk",         "Gemini Lake",                                              V2,          APL,    10, 6, false, true,  SURE,       {{ISL, 0x17, 0x17}, {FLMAP2, 0, 0}},                                                              "MrChromebox and Dasharo boards"},
    {"glk",         "Gemini Lake, by its map alone",                            V2,          APL,    10, 6, false, true,  CLASS_ONLY, {{FLMAP2, 0, 0}},                                                                                 "flashrom"},
    {"lbg",         "C620 series, Lewisburg",                                   V2_LIVE,     OLD,    16, 6, false, false, SURE,       {{NM, 6, 6}, {ICCRIBA, 0x34, 0x34}, {MDTBA, 0, 0}},                                               "5 descriptors; FLMSTR2 has 88 in its low byte"},
    {"sklkbl",      "100/200 series, Sunrise and Union Point",                  V2,          CLIENT, 10, 6, false, false, SURE,       {{ICCRIBA, 0x31, 0x31}, {MDTBA, 0, 0}},                                                           "17 descriptors"},
    {"ifd2-old",    "descriptor version 2 without MIP table, not known closer", V2,          CLIENT, 10, 6, false, false, CLASS_ONLY, {{MDTBA, 0, 0}},                                                                                  "MDTBA"},
    {"cnl",         "300/400 series, Cannon, Whiskey, Comet Lake",              V2_EXTENDED, CLIENT, 16, 6, false, false, SURE,       {{ICCRIBA, 0x34, 0x34}},                                                                          "21 descriptors"},
    {"ebg",         "C740 series, Emmitsburg",                                  V2_LIVE,     CLIENT, 16, 6, false, false, SURE,       {{NM, 6, 6}},                                                                                     "1 descriptor"},
    {"tgl",         "500 series, Tiger and Rocket Lake",                        V2_EXTENDED, CLIENT, 16, 6, false, false, SURE,       {{ICCRIBA, 0x11, 0x11}},                                                                          "9 descriptors"},
    {"adl",         "600/700 series, Alder and Raptor Lake",                    V2_EXTENDED, CLIENT, 16, 6, false, false, SURE,       {{ICCRIBA, 0x14, 0x14}},                                                                          "69 descriptors"},
    {"jsl",         "Jasper Lake",                                              V2_EXTENDED, CLIENT, 16, 6, false, false, SURE,       {{ICCRIBA, 0x03, 0x03}, {CSSO, 0x6C, 0x6C}},                                                      "9 descriptors"},
    {"ehl",         "Elkhart Lake",                                             V2_LIVE,     CLIENT, 16, 6, false, false, SURE,       {{ICCRIBA, 0x03, 0x03}, {CSSO, 0x58, 0x58}},                                                      "1 descriptor, opened to FFFFFFFF by its vendor"},
    {"mtl",         "Meteor Lake",                                              V2_EXTENDED, CLIENT, 16, 6, false, false, SURE,       {{ICCRIBA, 0x03, 0x03}, {CSSO, 0x70, 0x70}},                                                      "4 descriptors"},
    {"mtl",         "Meteor Lake",                                              V2_EXTENDED, CLIENT, 16, 6, false, false, SURE,       {{ICCRIBA, 0x03, 0x03}, {CSSO, 0x78, 0x78}},                                                      "1 descriptor; not in flashrom"},
    {"nvl",         "Nova Lake",                                                V2_EXTENDED, CLIENT, 16, 6, false, false, SURE,       {{ISL, 0xA9, 0xA9}, {ICCRIBA, 0x03, 0x03}, {CSSO, 0x60, 0x60}},                                   "flashrom; no sample"},
    {"ptl",         "Panther and Wildcat Lake",                                 V2_EXTENDED, CLIENT, 16, 6, false, false, SURE,       {{ICCRIBA, 0x03, 0x03}, {CSSO, 0x60, 0x60}},                                                      "flashrom; no sample"},
    {"ifd2",        "descriptor version 2, not known closer",                   V2_LIVE,     CLIENT, 16, 6, false, false, CLASS_ONLY, {{0}},                                                                                            "NR, MDTBA"},
    {"wbg",         "C610 series, Wellsburg",                                   V1,          PLAIN,  16, 3, false, false, BY_NAME,    {{SIG, 0x10, 0x10}},                                                                              "ifdtool; no sample"},
    {"icl",         "Ice Lake",                                                 V2_LIVE,     CLIENT, 16, 6, false, false, BY_NAME,    {{0}},                                                                                            "ifdtool; no sample"},
    {"dnv",         "Denverton",                                                V2,          PLAIN,  16, 6, false, false, BY_NAME,    {{0}},                                                                                            "ifdtool; no sample"},
};
/* clang-format on */

const size_t mk_platform_count = sizeof mk_platforms / sizeof *mk_platforms;

const struct mk_platform *mk_platform_find(const char *name) {
    const char *wanted = strcmp(name, "aplk") == 0 ? "apl" : name; /* ifdtool's name for it */
    for (size_t i = 0; i < mk_platform_count; i++)
        if (strcmp(mk_platforms[i].name, wanted) == 0)
            return &mk_platforms[i];
    return NULL;
}

static uint32_t mark_of(const struct mk_descriptor *d, enum mk_mark mark) {
    const uint32_t marks[] = {
        [MK_MARK_SIGNATURE] = d->signature_at,
        [MK_MARK_ISL] = d->isl,
        [MK_MARK_MSL] = d->msl,
        [MK_MARK_ICCRIBA] = d->iccriba,
        [MK_MARK_FMSBA] = d->fmsba,
        [MK_MARK_FLMAP2] = d->flmap2,
        [MK_MARK_CSSO] = d->csso,
        [MK_MARK_NM] = d->nm,
        [MK_MARK_MDTBA] = d->mdtba,
    };
    return marks[mark];
}

static bool holds(const struct mk_descriptor *d, const struct mk_condition *c) {
    uint32_t value = mark_of(d, c->mark);
    return value >= c->low && value <= c->high;
}

static bool matches(const struct mk_platform *p, const struct mk_descriptor *d) {
    bool matched = p->detectable && p->version == d->version;
    for (size_t i = 0; i < MK_CONDITIONS && p->when[i].mark != MK_MARK_NONE; i++)
        matched = matched && holds(d, &p->when[i]);
    return matched;
}

static bool has_signature_at(const struct mk_platform *p, const struct mk_descriptor *d) {
    for (size_t i = 0; i < MK_CONDITIONS; i++)
        if (p->when[i].mark == MK_MARK_SIGNATURE)
            return holds(d, &p->when[i]);
    return true;
}

const struct mk_platform *mk_platform_detect(const struct mk_descriptor *d) {
    const struct mk_platform *found = mk_platform_find(d->version == 1 ? "ifd1" : "ifd2");
    for (size_t i = mk_platform_count; i-- > 0;)
        if (matches(&mk_platforms[i], d))
            found = &mk_platforms[i];
    return found;
}

/* With another version, mekit would read every FLMSTR wrongly; with another layout, its low byte.
 * The place of the signature depends on the platform. */
bool mk_platform_contradicts(const struct mk_platform *p, const struct mk_descriptor *d) {
    const struct mk_platform *seen = mk_platform_detect(d);
    return p->version != d->version || (seen->confident && seen->access != p->access) ||
           !has_signature_at(p, d);
}

const struct mk_field *mk_platform_density_fields(const struct mk_platform *platform) {
    return &mk_component_fields[platform->old_density ? MK_COMPONENT_DENSITY1_OLD
                                                      : MK_COMPONENT_DENSITY1];
}

uint64_t mk_platform_density(const struct mk_platform *platform, unsigned code) {
    unsigned largest = platform->old_density ? DENSITY_OLD_MAX : DENSITY_MAX;
    return code <= largest ? DENSITY_UNIT << code : 0;
}
