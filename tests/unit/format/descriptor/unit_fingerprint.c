/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/format/strap.h>
#include <string.h>

TestSuite(fingerprint, .fini = check_leaks);

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define FLUMAP1  0xEFCu
#define FPSBA    0x100u

#define NONE    MK_DISABLE_NONE
#define ME      MK_DISABLE_ME
#define ALT_ME  MK_DISABLE_ALT_ME
#define HAP     MK_DISABLE_HAP
#define UNKNOWN MK_DISABLE_UNKNOWN
#define CLEAR   MK_DISABLE_CLEAR
#define SET     MK_DISABLE_SET

/* Words of real descriptors, one board per row: the words that identify the platform, the straps
 * that identify its flavour, and facts from owners of the board. */
struct fingerprint {
    const char *board;
    uint32_t signature_at, flmap[3], flumap1,
        straps[4][2]; /* bytes from FPSBA, value (0x100: the CPU strap of ICH9) */
    const char *platform, *flavour;
    enum mk_disable_kind kind;
    uint32_t offset; /* offset of the strap that disables the ME, from FPSBA */
    enum mk_disable_state state;
};

/* clang-format off */
static const struct fingerprint fingerprints[] = {
    {"ich9-gbe",      0x00, {0x02040001, 0x02100206, 0x00000120}, 0x000006EE, {{0x00, 0x00186489}, {0x100, 0xFFFFFF7D}},                                       "ich9",        "",       ME,     0x00,  SET},
    {"ich9",          0x00, {0x01040001, 0x02100206, 0x00000120}, 0x000006EE, {{0x00, 0x00006489}, {0x100, 0xFFFFFF7D}},                                       "ich9",        "",       ME,     0x00,  SET},
    {"ibexpeak-x201", 0x10, {0x03040002, 0x10100206, 0x00000020}, 0x00000AED, {{0x28, 0x00050044}},                                                             "ibexpeak",    "",       ALT_ME, 0x28,  CLEAR},
    {"byt-book",      0x10, {0x02040003, 0x0B100206, 0x00210020}, 0x00000EDF, {{0x28, 0x00000047}},                                                             "baytrail",    "",       ALT_ME, 0x28,  CLEAR},
    {"cyan-bsw",      0x10, {0x02040003, 0x0E100206, 0x00210020}, 0x000010DF, {{0x28, 0x00000000}},                                                             "braswell",    "",       ALT_ME, 0x28,  CLEAR},
    {"link",          0x10, {0x02040003, 0x12100206, 0x00210120}, 0x000004DF, {{0x28, 0x00410044}},                                                             "cougarpoint", "",       ALT_ME, 0x28,  CLEAR},
    {"optiplex9010",  0x10, {0x03040103, 0x12100206, 0x00210120}, 0x00002CDF, {{0x28, 0x00C100C4}},                                                             "cougarpoint", "",       ALT_ME, 0x28,  SET},
    {"winterfell",    0x10, {0x04040003, 0x12100206, 0x00210020}, 0x000034E0, {{0x28, 0x00000000}},                                                             "cougarpoint", "",       ALT_ME, 0x28,  CLEAR},
    {"x220",          0x10, {0x03040003, 0x12100206, 0x00210120}, 0x000012DF, {{0x28, 0x004100C4}},                                                             "cougarpoint", "",       ALT_ME, 0x28,  SET},
    {"hsw-book",      0x10, {0x02040003, 0x15100206, 0x00210120}, 0x000004DF, {{0x28, 0x00C00004}},                                                             "lynxpoint",   "",       ALT_ME, 0x28,  CLEAR},
    {"r630",          0x10, {0x06040003, 0x15100306, 0x1B210120}, 0x00002CDF, {{0x28, 0x00000000}},                                                             "lynxpoint",   "",       ALT_ME, 0x28,  CLEAR},
    {"t440p",         0x10, {0x03040103, 0x15100206, 0x00210120}, 0x000016DF, {{0x28, 0x00C00080}},                                                             "lynxpoint",   "",       ALT_ME, 0x28,  SET},
    {"reef",          0x10, {0x00040003, 0x13100208, 0x00000000}, 0x000002DF, {{0x28, 0x00000000}},                                                             "apl",         "",       ALT_ME, 0x2C,  UNKNOWN},
    {"octopus",       0x10, {0x00040003, 0x17100208, 0x00000000}, 0x000002DF, {{0x28, 0x00000004}},                                                             "glk",         "",       ALT_ME, 0x2C,  UNKNOWN},
    {"caroline",      0x10, {0x00040003, 0x42100208, 0x00310330}, 0x000002DF, {{0x00, 0x00500000}},                                                             "sklkbl",      "LP",     HAP,    0x00,  CLEAR},
    {"librem-kbl",    0x10, {0x00040003, 0x42100208, 0x00310330}, 0x000008DF, {{0x00, 0x00010000}},                                                             "sklkbl",      "LP",     HAP,    0x00,  SET},
    {"m900",          0x10, {0x00040003, 0x58100208, 0x00310330}, 0x000012DF, {{0x00, 0x00900000}},                                                             "sklkbl",      "H",      HAP,    0x00,  CLEAR},
    {"tiogapass",     0x10, {0x00040003, 0x8B100608, 0x14340140}, 0x000032DF, {{0xD4, 0x00400000}},                                                             "lbg",         "",       HAP,    0xD4,  UNKNOWN},
    {"darp6",         0x10, {0x00040003, 0x45100208, 0x00340330}, 0xC0FF08DF, {{0x00, 0x00000000}, {0x70, 0x800201B8}, {0x80, 0x00000000}},                     "cnl",         "CNP-LP", HAP,    0x70,  CLEAR},
    {"librem-14",     0x10, {0x00040003, 0x45100208, 0x00340330}, 0xC0FF04DF, {{0x00, 0x00000000}, {0x70, 0x800103B8}, {0x80, 0x00000000}},                     "cnl",         "CNP-LP", HAP,    0x70,  SET},
    {"emmitsburg",    0x10, {0x00040003, 0x50100608, 0x00000230}, 0xC0FF32DF, {{0x28, 0x00000000}},                                                             "ebg",         "",       NONE,   0x00,  UNKNOWN},
    {"erying-tgl-h",  0x10, {0x00040003, 0x65100208, 0x001101B0}, 0xC0FF06DF, {{0x7C, 0x00000000}, {0x94, 0x800000B0}},                                         "tgl",         "TGP-H",  HAP,    0x94,  CLEAR},
    {"nv4x-tgl",      0x10, {0x00040003, 0x46100208, 0x001101A0}, 0xC0FF0EDF, {{0x7C, 0x00000830}, {0x94, 0x00010000}},                                         "tgl",         "TGP-LP", HAP,    0x7C,  CLEAR},
    {"anraggar",      0x10, {0x00040003, 0x46100208, 0x001401B0}, 0xC0FF02DF, {{0x7C, 0x410000A2}, {0xC4, 0x00000000}, {0xD0, 0x00000300}, {0xDC, 0x000001AF}}, "adl",         "ADP-N",  HAP,    0x7C,  CLEAR},
    {"ms7d25",        0x10, {0x00040003, 0x73100208, 0x00140170}, 0xC0FF02DF, {{0x7C, 0x00000030}, {0xC4, 0x10081008}, {0xD0, 0x10081008}, {0xDC, 0xC21000B0}}, "adl",         "ADP-S",  HAP,    0xDC,  CLEAR},
    {"nv4x-adl",      0x10, {0x00040003, 0x46100208, 0x001401B0}, 0xC0FF0EDF, {{0x7C, 0x40010030}, {0xC4, 0x01000070}, {0xD0, 0x00000300}, {0xDC, 0x000001BF}}, "adl",         "ADP-P",  HAP,    0x7C,  SET},
    {"dedede",        0x10, {0x00040003, 0x2A100208, 0x000301B0}, 0xC0FF02DF, {{0x68, 0x01000530}},                                                             "jsl",         "",       HAP,    0x68,  CLEAR},
    {"ehl",           0x10, {0x00040003, 0x38100208, 0x00030160}, 0xC0FF02DF, {{0x84, 0x80000210}},                                                             "ehl",         "",       HAP,    0x84,  CLEAR},
    {"rex-mtl",       0x10, {0x00040003, 0x82100208, 0x000301C0}, 0xC0FF00FF, {{0x11C, 0x411000B2}},                                                            "mtl",         "",       HAP,    0x11C, CLEAR},
};
/* clang-format on */

static uint8_t bytes[MK_DESCRIPTOR_SIZE];
static const struct mk_buffer b = {bytes, sizeof bytes};

static struct mk_descriptor descriptor_of(const struct fingerprint *f) {
    struct mk_descriptor d;
    struct mk_error e = {0};
    mk_buffer_fill(b, 0, sizeof bytes, 0);
    mk_buffer_fill(b, 0, f->signature_at, 0xFF);
    mk_buffer_uint(b, f->signature_at, 4, MK_DESCRIPTOR_SIGNATURE);
    for (uint32_t i = 0; i < 3; i++)
        mk_buffer_uint(b, f->signature_at + 4 * (i + 1), 4, f->flmap[i]);
    mk_buffer_uint(b, FLUMAP1, 4, f->flumap1);
    for (size_t i = 0; i < COUNT(f->straps); i++)
        if (f->straps[i][1])
            mk_buffer_uint(b, FPSBA + f->straps[i][0], 4, f->straps[i][1]);
    cr_assert(mk_descriptor_read(mk_buffer_span(b), NULL, &d, &e), "%s: %s", f->board, e.what);
    return d;
}

Test(fingerprint, identifies_the_platform) {
    for (size_t i = 0; i < COUNT(fingerprints); i++) {
        const struct fingerprint *f = &fingerprints[i];
        struct mk_descriptor d = descriptor_of(f);
        cr_assert_str_eq(d.platform->name, f->platform, "%s", f->board);
        cr_assert(d.platform->confident, "%s", f->board);
    }
}

Test(fingerprint, identifies_the_strap_and_its_state) {
    for (size_t i = 0; i < COUNT(fingerprints); i++) {
        const struct fingerprint *f = &fingerprints[i];
        struct mk_descriptor d = descriptor_of(f);
        const struct mk_strap_row *row;
        cr_assert_eq(mk_strap_state(&d, &row), f->state, "%s", f->board);
        cr_assert_eq(row == NULL, f->kind == NONE, "%s", f->board);
        if (!row)
            continue;
        cr_assert_str_eq(row->flavour, f->flavour, "%s", f->board);
        cr_assert(row->kind == f->kind && row->offset == f->offset, "%s", f->board);
        cr_assert_eq(row->disputed, f->state == UNKNOWN, "%s", f->board);
    }
}

static bool has_fingerprint(const struct mk_platform *p) {
    for (size_t i = 0; i < COUNT(fingerprints); i++)
        if (strcmp(fingerprints[i].platform, p->name) == 0)
            return true;
    return false;
}

/* If the source of a row counts descriptors, one of them is here. */
Test(fingerprint, is_here_of_every_platform_that_was_seen) {
    for (size_t i = 0; i < mk_platform_count; i++)
        cr_assert(!strstr(mk_platforms[i].source, "descriptor") ||
                      has_fingerprint(&mk_platforms[i]),
                  "%s", mk_platforms[i].name);
}
