/* SPDX-License-Identifier: MIT */
#include "patched.h"

#include <mekit/action/relocate.h>
#include <mekit/action/soft_disable.h>
#include <mekit/action/strip.h>
#include <mekit/format/strap.h>

TestSuite(strip, .fini = check_leaks);

/* ---- refusals of a strip ---- */

#define FPT_VERSION8 0x18u

static const struct row {
    const char *what, *recipe;
    struct patch patches[2];
    struct mk_strip_options options;
    enum mk_code code;
    uint64_t at;
} rows[] = {
    {"-S with -s",
     "good-full-me8",
     {{0}},
     {.soft_disable = true, .soft_disable_only = true},
     MK_E_USAGE,
     MK_NOWHERE},
    {"-s with --clear-soft-disable",
     "good-full-me8",
     {{0}},
     {.clear_soft_disable = true, .soft_disable_only = true},
     MK_E_USAGE,
     MK_NOWHERE},
    {"-k with -s",
     "good-full-me8",
     {{0}},
     {.keep_modules = true, .soft_disable_only = true},
     MK_E_USAGE,
     MK_NOWHERE},
    {"-w with --clear-soft-disable",
     "good-full-me8",
     {{0}},
     {.keep.text = "MFS", .clear_soft_disable = true},
     MK_E_USAGE,
     MK_NOWHERE},
    {"-w with -b",
     "good-me8",
     {{0}},
     {.keep.text = "MFS", .remove.text = "EFFS"},
     MK_E_USAGE,
     MK_NOWHERE},
    {"-w with no name", "good-me8", {{0}}, {.keep.text = "MFS,"}, MK_E_USAGE, MK_NOWHERE},
    {"-b with a name of five", "good-me8", {{0}}, {.remove.text = "EFFS2"}, MK_E_USAGE, MK_NOWHERE},
    {"-b with FTPR", "good-me8", {{0}}, {.remove.text = "EFFS,FTPR"}, MK_E_USAGE, MK_NOWHERE},
    {"-S without descriptor",
     "good-me8",
     {{0}},
     {.soft_disable = true},
     MK_E_NO_DESCRIPTOR,
     MK_NOWHERE},
    {"-d without descriptor",
     "good-me8",
     {{0}},
     {.descriptor = true},
     MK_E_NO_DESCRIPTOR,
     MK_NOWHERE},
    {"a table that nobody can rewrite",
     "good-me8",
     {{FPT_VERSION8, 1, 0x21}},
     {.force = false},
     MK_E_NO_OPERATION,
     FPT_VERSION8},
    {"a table of another header length",
     "good-me8",
     {{0x1A, 1, 0x40}},
     {.force = false},
     MK_E_FIELD,
     0x1A},
    {"a server", "unsupported-sps2", {{0}}, {.force = false}, MK_E_SPS, 0x1000},
    {"a server, the strap alone",
     "unsupported-full-sps2",
     {{0}},
     {.soft_disable_only = true},
     MK_E_SPS,
     0x3000},
    {"a server, the strap alone, forced",
     "unsupported-full-sps2",
     {{0}},
     {.soft_disable_only = true, .force = true},
     MK_OK,
     0},
    {"a server whose strap is not known, where force would not help",
     "unsupported-full-sps2",
     {{0x1B, 1, 4}},
     {.soft_disable_only = true},
     MK_E_PLATFORM,
     0x100},
    {"the same with the strap",
     "unsupported-full-sps2",
     {{0x1B, 1, 4}},
     {.soft_disable = true},
     MK_E_PLATFORM,
     0x100},
    {"a lone partition", "unsupported-update", {{0}}, {.force = true}, MK_E_NO_OPERATION, 0},
    {"generation 1 without descriptor",
     "unsupported-me4",
     {{0}},
     {.force = true},
     MK_E_NO_OPERATION,
     0},
    {"generation 1 whose strap is not there",
     "good-full-ich9",
     {{0x0B, 1, 0}, {0x0D, 1, 0}},
     {.force = true},
     MK_E_PLATFORM,
     0x100},
    {"generation 1", "good-full-ich9", {{0}}, {.force = true}, MK_OK, 0},
};

Test(strip, impossible_strips_are_refused) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct forged_image f = {.b = forged(row->recipe)};
        struct mk_error e = {0};
        struct mk_plan plan;
        patch(f.b, row->patches, 2);
        forged_read(&f);
        mk_plan_start(&plan, f.image.bytes);
        cr_expect_eq(mk_strip_plan(&f.image, &row->options, &plan, &e), row->code == MK_OK, "%s",
                     row->what);
        cr_expect_eq(e.code, row->code, "%s: %s: %s", row->what, mk_code_name(e.code), e.what);
        cr_expect_eq(e.offset, row->at, "%s: 0x%x", row->what, (unsigned)e.offset);
        mk_plan_free(&plan);
        forged_close(&f);
    }
}

/* A table at the region's start does not have the 16 bytes before it that a longer header counts.
 */
Test(strip, a_table_at_the_start) {
    static const struct mk_strip_options plain = {.force = false};
    static const struct {
        uint8_t header_length;
        enum mk_code code;
    } lengths[] = {{0x20, MK_OK}, {0x30, MK_E_FIELD}};
    for (size_t i = 0; i < 2; i++) {
        struct forged_image f = {.b = forged("good-me8")};
        struct mk_error e = {0};
        struct mk_plan plan;
        cr_assert(mk_buffer_move(f.b, 0, 0x10, 0x140));
        cr_assert(mk_buffer_uint(f.b, 0x0A, 1, lengths[i].header_length));
        forged_read(&f);
        mk_plan_start(&plan, f.image.bytes);
        cr_expect_eq(mk_strip_plan(&f.image, &plain, &plan, &e), lengths[i].code == MK_OK);
        cr_expect_eq(e.code, lengths[i].code, "0x%x: %s", lengths[i].header_length, e.what);
        cr_expect(lengths[i].code == MK_OK || e.offset == 0x0A);
        mk_plan_free(&plan);
        forged_close(&f);
    }
}

/* ---- names ---- */

static const struct names {
    const char *recipe, *keep, *remove;
    enum mk_code code;
    const char *words; /* words of the error */
} names[] = {
    {"good-me8", "EFFS,GLUT", NULL, MK_OK, NULL},
    {"good-me8", "\\xe0\\x15\\x00 ", NULL, MK_OK, NULL},
    {"good-me8", "MFS,NVXX", NULL, MK_OK, NULL},
    {"good-me8", NULL, "PMCP", MK_OK, NULL},
    {"good-me8", "EFFS,MSF", NULL, MK_E_NAME, "no partition MSF. Did you mean MFS? Present: "},
    {"good-me8", "glut", NULL, MK_E_NAME, "no partition glut. Did you mean GLUT?"},
    {"good-me8", NULL, "NTFP", MK_E_NAME, "no partition NTFP. Did you mean NFTP?"},
    {"good-me8", NULL, "FTU", MK_E_NAME, "no partition FTU. Did you mean FTUP?"},
    {"good-me11", "QXQX", NULL, MK_E_NAME, "no partition QXQX. Present: PSVN FTPR FTUP MFS NFTP"},
    {"good-me11", "MF\\x1b", NULL, MK_E_NAME, "no partition MF\\x1b."},
    {"good-me11", "MFS,", NULL, MK_E_USAGE, "separated by commas only"},
    {"good-full-me-erased", "MSF", NULL, MK_E_NAME, "Did you mean MFS?"},
    {"unsupported-me4", "BLOB", NULL, MK_OK, NULL},
};

Test(strip, names_are_those_of_partitions) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct names *row = &names[i];
        const struct mk_strip_options o = {.keep.text = row->keep, .remove.text = row->remove};
        struct forged_image f = forged_open(row->recipe);
        struct mk_error e = {0};
        cr_expect_eq(mk_strip_check_options(&f.image, &o, &e), row->code == MK_OK);
        cr_expect_eq(e.code, row->code, "%s", e.what);
        cr_expect(!row->words || strstr(e.what, row->words), "%s", e.what);
        forged_close(&f);
    }
}

/* A caller who does not check a list still gets only the names before the bad one. */
Test(strip, a_list_with_a_bad_name_ends_there) {
    const struct mk_name_list list = {"MFS,EFFS2,NFTP"};
    cr_assert(mk_name_list_has(list, (const uint8_t *)"MFS\0"));
    cr_assert_not(mk_name_list_has(list, (const uint8_t *)"NFTP"));
}

/* ---- the strap ---- */

#define MAJOR11   0x41CCu /* offset of FTPR's major version in good-full-me11 */
#define LISTED_ME 0x3030u /* the first name in its $FPT */
#define ISL       0x1Bu   /* offset in a descriptor with its signature at 0x10 */

static const struct strap {
    const char *what, *recipe;
    struct patch patches[3];
    enum mk_code code;
    const char *words; /* words of the error */
    enum mk_disable_state state;
} straps[] = {
    {"Panther Point", "good-full-me8", {{0}}, MK_OK, NULL, MK_DISABLE_CLEAR},
    {"set already", "good-full-me8", {{0x128, 1, 0x80}}, MK_OK, NULL, MK_DISABLE_SET},
    {"no descriptor", "good-me8", {{0}}, MK_E_NO_DESCRIPTOR, "strap", MK_DISABLE_UNKNOWN},
    {"too few straps",
     "good-full-me8",
     {{ISL, 1, 4}},
     MK_E_PLATFORM,
     "no strap is known",
     MK_DISABLE_UNKNOWN},
    {"ME 11", "good-full-me11", {{0}}, MK_OK, NULL, MK_DISABLE_CLEAR},
    {"a server's firmware, which counts on its own",
     "good-full-me11",
     {{LISTED_ME, 4, 0x3152504F}, {MAJOR11, 2, 4}},
     MK_OK,
     NULL,
     MK_DISABLE_CLEAR},
    {"Lewisburg, disputed", "good-ifd-lbg", {{0}}, MK_E_PLATFORM, "strap d4", MK_DISABLE_UNKNOWN},
    {"Alder Point of another length",
     "good-ifd-adl-s",
     {{ISL, 1, 0x74}},
     MK_E_PLATFORM,
     "fits, strap",
     MK_DISABLE_UNKNOWN},
    {"Alder Point of a length that leaves straps out",
     "good-ifd-adl-s",
     {{ISL, 1, 0x38}},
     MK_E_PLATFORM,
     "fits, strap",
     MK_DISABLE_UNKNOWN},
    {"a PCH that nobody knows",
     "good-ifd-unknown-v2",
     {{0}},
     MK_E_PLATFORM,
     "no strap is known",
     MK_DISABLE_UNKNOWN},
};

Test(strip, the_strap_is_set_if_it_is_known) {
    for (size_t i = 0; i < sizeof straps / sizeof *straps; i++) {
        const struct strap *row = &straps[i];
        struct forged_image f = {.b = forged(row->recipe)};
        struct mk_error e = {0};
        struct mk_plan plan;
        patch(f.b, row->patches, 3);
        forged_read(&f);
        mk_plan_start(&plan, f.image.bytes);
        cr_expect_eq(mk_soft_disable_plan(&f.image, true, &plan, &e), row->code == MK_OK, "%s",
                     row->what);
        cr_expect_eq(e.code, row->code, "%s: %s: %s", row->what, mk_code_name(e.code), e.what);
        cr_expect(!row->words || strstr(e.what, row->words), "%s: %s", row->what, e.what);
        if (f.image.has_descriptor)
            cr_expect_eq(mk_strap_state(&f.image.descriptor, NULL), row->state, "%s", row->what);
        mk_plan_free(&plan);
        forged_close(&f);
    }
}
