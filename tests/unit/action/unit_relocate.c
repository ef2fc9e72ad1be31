/* SPDX-License-Identifier: MIT */
#include "patched.h"

#include <mekit/action/relocate.h>
#include <mekit/action/strip.h>

TestSuite(relocate, .fini = check_leaks);

/* good-me8: FTPR is at 0x3000; without GLUT's entry it can move to 0x2000. */
#define NO_GLUT                                                                                    \
    { 0xD0 + 0x0C, 4, 0 } /* the entry's size */
#define DOWN8     0x1000u /* so far */
#define LLUT8     0x3640u
#define CHUNK8(i) (LLUT8 + 0x40u + (i)*4u)

static const struct row {
    const char *what, *recipe;
    struct patch patches[3];
    struct mk_relocate_options options;
    enum mk_code code;
    uint64_t at; /* offset of the error */
    uint64_t to; /* place in FTPR's entry afterwards; 0: no plan */
} rows[] = {
    {"no place below", "good-me8", {{0}}, {0}, MK_OK, 0, 0},
    {"a place below", "good-me8", {NO_GLUT}, {0}, MK_OK, 0, 0x2000},
    {"a page before FTPR",
     "good-me8",
     {NO_GLUT, {CHUNK8(20), 4, 0x40000800}},
     {0},
     MK_E_RANGE,
     CHUNK8(20),
     0},
    {"a page at 0, which is none",
     "good-me8",
     {NO_GLUT, {CHUNK8(20), 4, 0x40000000}},
     {0},
     MK_OK,
     0,
     0x2000},
    {"a stream that begins before FTPR",
     "good-me8",
     {NO_GLUT, {LLUT8 + 0x14, 4, 0x800}},
     {0},
     MK_E_RANGE,
     LLUT8 + 0x14,
     0},
    {"a table that SpiBase does not lead to",
     "good-me8",
     {NO_GLUT, {LLUT8 + 0x0C, 4, 4}},
     {0},
     MK_E_FIELD,
     LLUT8 + 0x0C,
     0},
    {"a header length whose checksum covers entries",
     "good-me8",
     {NO_GLUT, {0x1A, 1, 0xFF}},
     {0},
     MK_E_FIELD,
     0x1A,
     0},
    {"a version of $FPT whose CRC covers entries",
     "good-me8",
     {NO_GLUT, {0x18, 1, 0x21}},
     {0},
     MK_E_NO_OPERATION,
     0x18,
     0},
    {"an odd header where nothing moves", "good-me8", {{0x1A, 1, 0xFF}}, {0}, MK_OK, 0, 0},
    {"--reclaim without descriptor",
     "good-me8",
     {{0}},
     {.reclaim = true},
     MK_E_NO_DESCRIPTOR,
     MK_NOWHERE,
     0},
    {"an erased region", "good-full-me-erased", {{0}}, {0}, MK_OK, 0, 0},
    {"an erased region that is cut off",
     "good-full-me-erased",
     {{0x48, 4, 0x002F0003}, {0x3000, FILL + 0x1D000, 0xFF}},
     {0},
     MK_E_ERASED,
     0x3000,
     0},
    {"--reclaim where there is nothing to reclaim",
     "good-full-gbe-between",
     {{0}},
     {.reclaim = true},
     MK_OK,
     0,
     0},
    {"--reclaim where BIOS is unused",
     "good-x230-12m",
     {{0x44, 4, 0x00007FFF}},
     {.reclaim = true},
     MK_E_REGIONS,
     0x44,
     0},
    {"--reclaim where BIOS begins elsewhere",
     "good-x230-12m",
     {{0x44, 4, 0x0BFF0600}},
     {.reclaim = true},
     MK_E_REGIONS,
     0x44,
     0},
    {"--reclaim of what GbE lies in",
     "good-x230-12m",
     {{0x4C, 4, 0x04FF04FE}},
     {.reclaim = true},
     MK_E_REGIONS,
     0x4C,
     0},
    {"a disabled region", "good-full-me-disabled", {{0}}, {0}, MK_OK, 0, 0},
    {"a lone partition", "unsupported-update", {{0}}, {0}, MK_E_NO_OPERATION, 0, 0},
    {"generation 1", "unsupported-me4", {{0}}, {0}, MK_E_NO_OPERATION, 0x2000, 0},
    {"a server that was not stripped", "unsupported-sps3", {{0}}, {0}, MK_E_SPS, 0x1000, 0},
    {"CSME 16", "good-csme16", {{0}}, {0}, MK_E_NO_OPERATION, 0, 0},
};

static uint64_t planned_place(const struct mk_plan *plan) {
    for (size_t i = 0; i < plan->n_edits; i++)
        if (strstr(plan->edits[i].why, "offset of FTPR"))
            return mk_span_u32(mk_span_of(plan->edits[i].bytes, 4), 0);
    return 0;
}

Test(relocate, where_it_goes_and_what_is_refused) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct forged_image f = {.b = forged(row->recipe)};
        struct mk_error e = {0};
        struct mk_plan plan;
        patch(f.b, row->patches, 3);
        forged_read(&f);
        mk_plan_start(&plan, f.image.bytes);
        bool planned = mk_relocate_plan(&f.image, &row->options, &plan, &e);
        cr_expect_eq(planned, row->code == MK_OK, "%s", row->what);
        cr_expect_eq(e.code, row->code, "%s: %s: %s", row->what, mk_code_name(e.code), e.what);
        cr_expect_eq(e.offset, row->at, "%s: 0x%x", row->what, (unsigned)e.offset);
        cr_expect(e.code != MK_E_RANGE || e.limit == DOWN8, "%s: what is below goes below 0: 0x%x",
                  row->what, (unsigned)e.limit);
        cr_expect_eq(planned ? planned_place(&plan) : 0, row->to, "%s: 0x%x", row->what,
                     (unsigned)planned_place(&plan));
        mk_plan_free(&plan);
        forged_close(&f);
    }
}

/* ---- servers ---- */

/* Once all other code is removed, it moves without force; an entry for more code prevents that. */
Test(relocate, a_server_that_was_stripped) {
    static const struct mk_strip_options strip = {.force = true};
    static const struct mk_relocate_options relocate = {.force = false};
    struct forged_image f = forged_open("unsupported-sps4");
    struct mk_plan plan;
    struct mk_span out;
    struct mk_error e = {0};
    mk_plan_start(&plan, f.image.bytes);
    cr_assert(mk_strip_plan(&f.image, &strip, &plan, &e) && mk_plan_close(&plan, &e));
    cr_assert(mk_plan_apply(&plan, f.b, &out, &e));
    mk_plan_free(&plan);
    forged_again(&f);
    cr_assert(f.image.firmware.is_sps);
    mk_plan_start(&plan, f.image.bytes);
    cr_assert(mk_relocate_plan(&f.image, &relocate, &plan, &e), "%s", e.what);
    mk_plan_free(&plan);
    static const struct patch code[] = {
        {0x14, 4, 2}, {0x50, 4, 0x3252504F}, {0x58, 4, 0xB000}, {0x5C, 4, 0x1000}, {0x6C, 4, 0}};
    patch(f.b, code, sizeof code / sizeof *code);
    forged_again(&f);
    mk_plan_start(&plan, f.image.bytes);
    cr_assert_not(mk_relocate_plan(&f.image, &relocate, &plan, &e));
    cr_assert_eq(e.code, MK_E_SPS, "%s", e.what);
    mk_plan_free(&plan);
    forged_close(&f);
}
