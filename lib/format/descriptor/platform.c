#include <mekit/format/platform.h>

#include <string.h>

#define V1          1, MK_ACCESS_V1, MK_ACCESS_V1
#define V2          2, MK_ACCESS_V2, MK_ACCESS_V2
#define V2_EXTENDED 2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2_EXTENDED
#define V2_LIVE     2, MK_ACCESS_V2_EXTENDED, MK_ACCESS_V2 /* ifdtool leaves the low byte alone */

#define PCHSTRP10   0x28u
#define CLIENT_BITS 0x00C00000u
#define SERVER_NR   4u

#define ALL        UINT32_MAX
#define SURE       true, true
#define CLASS_ONLY false, true
#define BY_NAME    true, false

/* Columns of the discriminators, each {lowest, highest}: signature, ISL, MSL, ICCRIBA, FMSBA,
 * FLMAP2, CSSO, NM, MDTBA. A row of BY_NAME has none: nothing tells it apart from another. */
/* clang-format off */
const struct mk_platform mk_platforms[] = {
    {"ich8", "ICH8", V1, MK_LOCK_OLD, 5, 3, true, SURE,
     {0, 0}, {0, 0x02}, {0, 0}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "flashrom; no sample"},
    {"ich9", "ICH9", V1, MK_LOCK_OLD, 5, 3, true, SURE,
     {0, 0}, {0, 0x02}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "12 descriptors"},
    {"ich10", "ICH10", V1, MK_LOCK_OLD, 5, 3, true, SURE,
     {0, 0}, {0, 0x0A}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "flashrom; no sample"},
    {"ibexpeak-a", "5 series, Ibex Peak, A step", V1, MK_LOCK_OLD, 5, 3, true, SURE,
     {0, 0}, {0, 0x10}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "flashrom; no sample"},
    {"ibexpeak", "5 series, Ibex Peak", V1, MK_LOCK_OLD, 5, 3, true, SURE,
     {0x10, 0x10}, {0, 0x10}, {0, ALL}, {0, 0}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "3 descriptors"},
    {"baytrail", "Bay Trail", V1, MK_LOCK_OLD, 5, 3, true, SURE,
     {0x10, 0x10}, {0, 0x0B}, {0, 0}, {1, 0x30}, {0, 0x2FF}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "flashrom, MrChromebox and Dasharo boards"},
    {"braswell", "Braswell", V1, MK_LOCK_OLD, 5, 3, true, SURE,
     {0x10, 0x10}, {0, 0x11}, {0, 0}, {1, 0x30}, {0, 0x2FF}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "flashrom, MrChromebox boards"},
    {"cougarpoint", "6/7 series, Cougar and Panther Point", V1, MK_LOCK_OLD, 5, 3, true, SURE,
     {0x10, 0x10}, {0, 0x12}, {0, 1}, {1, 0x30}, {0, 0x2FF}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "16 descriptors"},
    {"lynxpoint", "8/9 series, Lynx and Wildcat Point", V1, MK_LOCK_OLD, 7, 3, false, SURE,
     {0x10, 0x10}, {0, 0x15}, {0, ALL}, {1, 0x30}, {0, 0x2FF}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "flashrom, 6 descriptors"},
    {"ifd1", "descriptor version 1, not known closer", V1, MK_LOCK_OLD, 5, 3, true, CLASS_ONLY,
     {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "NR"},
    {"apl", "Apollo Lake", V2, MK_LOCK_APL, 10, 6, false, SURE,
     {0, ALL}, {0x13, 0x13}, {0, ALL}, {0, ALL}, {0, ALL}, {0, 0}, {0, ALL}, {0, ALL}, {0, ALL},
     "MrChromebox boards"},
    {"glk", "Gemini Lake", V2, MK_LOCK_APL, 10, 6, false, SURE,
     {0, ALL}, {0x17, 0x17}, {0, ALL}, {0, ALL}, {0, ALL}, {0, 0}, {0, ALL}, {0, ALL}, {0, ALL},
     "MrChromebox and Dasharo boards"},
    {"glk", "Gemini Lake, by its map alone", V2, MK_LOCK_APL, 10, 6, false, CLASS_ONLY,
     {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, 0}, {0, ALL}, {0, ALL}, {0, ALL},
     "flashrom"},
    {"lbg", "C620 series, Lewisburg", V2_LIVE, MK_LOCK_OLD, 16, 6, false, SURE,
     {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {6, 6}, {0, 0},
     "5 descriptors; FLMSTR2 has 88 in its low byte"},
    {"sklkbl", "100/200 series, Sunrise and Union Point", V2, MK_LOCK_CLIENT, 10, 6, false, SURE,
     {0, ALL}, {0, ALL}, {0, ALL}, {0x31, 0x31}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, 0},
     "17 descriptors"},
    {"ifd2-old", "descriptor version 2 without MIP table, not known closer", V2, MK_LOCK_CLIENT, 10, 6, false, CLASS_ONLY,
     {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, 0},
     "MDTBA"},
    {"cnl", "300/400 series, Cannon, Whiskey, Comet Lake", V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, SURE,
     {0, ALL}, {0, ALL}, {0, ALL}, {0x34, 0x34}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "21 descriptors"},
    {"ebg", "C740 series, Emmitsburg", V2_LIVE, MK_LOCK_CLIENT, 16, 6, false, SURE,
     {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {6, 6}, {0, ALL},
     "1 descriptor"},
    {"tgl", "500 series, Tiger and Rocket Lake", V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, SURE,
     {0, ALL}, {0, ALL}, {0, ALL}, {0x11, 0x11}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "9 descriptors"},
    {"adl", "600/700 series, Alder and Raptor Lake", V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, SURE,
     {0, ALL}, {0, ALL}, {0, ALL}, {0x14, 0x14}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "69 descriptors"},
    {"jsl", "Jasper Lake", V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, SURE,
     {0, ALL}, {0, ALL}, {0, ALL}, {0x03, 0x03}, {0, ALL}, {0, ALL}, {0x6C, 0x6C}, {0, ALL}, {0, ALL},
     "9 descriptors"},
    {"ehl", "Elkhart Lake", V2_LIVE, MK_LOCK_CLIENT, 16, 6, false, SURE,
     {0, ALL}, {0, ALL}, {0, ALL}, {0x03, 0x03}, {0, ALL}, {0, ALL}, {0x58, 0x58}, {0, ALL}, {0, ALL},
     "1 descriptor, opened to FFFFFFFF by its vendor"},
    {"mtl", "Meteor Lake", V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, SURE,
     {0, ALL}, {0, ALL}, {0, ALL}, {0x03, 0x03}, {0, ALL}, {0, ALL}, {0x70, 0x70}, {0, ALL}, {0, ALL},
     "4 descriptors"},
    {"mtl", "Meteor Lake", V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, SURE,
     {0, ALL}, {0, ALL}, {0, ALL}, {0x03, 0x03}, {0, ALL}, {0, ALL}, {0x78, 0x78}, {0, ALL}, {0, ALL},
     "1 descriptor; not in flashrom"},
    {"nvl", "Nova Lake", V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, SURE,
     {0, ALL}, {0xA9, 0xA9}, {0, ALL}, {0x03, 0x03}, {0, ALL}, {0, ALL}, {0x60, 0x60}, {0, ALL}, {0, ALL},
     "flashrom; no sample"},
    {"ptl", "Panther and Wildcat Lake", V2_EXTENDED, MK_LOCK_CLIENT, 16, 6, false, SURE,
     {0, ALL}, {0, ALL}, {0, ALL}, {0x03, 0x03}, {0, ALL}, {0, ALL}, {0x60, 0x60}, {0, ALL}, {0, ALL},
     "flashrom; no sample"},
    {"ifd2", "descriptor version 2, not known closer", V2_LIVE, MK_LOCK_CLIENT, 16, 6, false, CLASS_ONLY,
     {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "NR, MDTBA"},
    {"wbg", "C610 series, Wellsburg", V1, MK_LOCK_PLAIN, 16, 3, false, BY_NAME,
     {0x10, 0x10}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "ifdtool; no sample"},
    {"icl", "Ice Lake", V2_LIVE, MK_LOCK_CLIENT, 16, 6, false, BY_NAME,
     {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "ifdtool; no sample"},
    {"dnv", "Denverton", V2, MK_LOCK_PLAIN, 16, 6, false, BY_NAME,
     {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL}, {0, ALL},
     "ifdtool; no sample"},
};
/* clang-format on */

const size_t mk_platform_count = sizeof mk_platforms / sizeof *mk_platforms;

const struct mk_platform *mk_platform_find(const char *name) {
    const char *wanted = strcmp(name, "aplk") == 0 ? "apl" : name; /* ifdtool's word for it */
    for (size_t i = 0; i < mk_platform_count; i++)
        if (strcmp(mk_platforms[i].name, wanted) == 0)
            return &mk_platforms[i];
    return NULL;
}

static bool is_within(uint32_t value, struct mk_bound bound) {
    return value >= bound.low && value <= bound.high;
}

static bool matches(const struct mk_platform *p, const struct mk_descriptor *d) {
    return p->detectable && p->version == d->version && is_within(d->signature_at, p->signature) &&
           is_within(d->isl, p->isl) && is_within(d->msl, p->msl) &&
           is_within(d->iccriba, p->iccriba) && is_within(d->fmsba, p->fmsba) &&
           is_within(d->flmap2, p->flmap2) && is_within(d->csso, p->csso) &&
           is_within(d->nm, p->nm) && is_within(d->mdtba, p->mdtba);
}

const struct mk_platform *mk_platform_detect(const struct mk_descriptor *d) {
    const struct mk_platform *found = mk_platform_find(d->version == 1 ? "ifd1" : "ifd2");
    for (size_t i = mk_platform_count; i-- > 0;)
        if (matches(&mk_platforms[i], d))
            found = &mk_platforms[i];
    return found;
}

bool mk_descriptor_is_server(const struct mk_descriptor *d, uint32_t *strap) {
    const char *seen = mk_platform_detect(d)->name;
    uint32_t at;
    bool told = strcmp(seen, "cougarpoint") == 0 || strcmp(seen, "lynxpoint") == 0;
    return told && d->nr >= SERVER_NR && mk_descriptor_pch_strap(d, PCHSTRP10, strap, &at) &&
           (*strap & CLIENT_BITS) == 0;
}

/* Another version reads every FLMSTR wrongly; another layout the low byte of it. The signature
 * moved once and for all. */
bool mk_platform_contradicts(const struct mk_platform *p, const struct mk_descriptor *d) {
    const struct mk_platform *seen = mk_platform_detect(d);
    return p->version != d->version || (seen->confident && seen->access != p->access) ||
           !is_within(d->signature_at, p->signature);
}
