/* SPDX-License-Identifier: MIT */
#include "patched.h"

#include <mekit/action/extract.h>

TestSuite(extract, .fini = check_leaks);

/* The extracted part: its place and length; or the error. */
static const struct row {
    const char *what, *recipe;
    struct mk_extract_options options;
    enum mk_code code;
    uint64_t at; /* start of the part, or offset of the error */
    uint64_t n;
} rows[] = {
    {"the ME region", "good-full-me8", {.region = NULL}, MK_OK, 0x3000, 0xC000},
    {"the same by its name", "good-full-me8", {.region = "me"}, MK_OK, 0x3000, 0xC000},
    {"its minimum", "good-me8-big", {.truncate = true}, MK_OK, 0, 0x182000},
    {"the descriptor", "good-full-me8", {.region = "fd"}, MK_OK, 0, 0x1000},
    {"a name that no region has", "good-full-me8", {.region = "mee"}, MK_E_USAGE, MK_NOWHERE, 0},
    {"a region that is unused", "good-full-me8", {.region = "pd"}, MK_E_NOT_FOUND, MK_NOWHERE, 0},
    {"a region that there is no slot for",
     "good-full-me8",
     {.region = "ptt"},
     MK_E_NOT_FOUND,
     MK_NOWHERE,
     0},
    {"a region behind the end", "bad-me-absent", {.region = "bios"}, MK_E_NOT_FOUND, MK_NOWHERE, 0},
    {"a region that continues past the end",
     "good-x230-bottom",
     {.region = "bios"},
     MK_E_TRUNCATED,
     0x800000,
     0},
    {"a region of no descriptor", "good-me8", {.region = "fd"}, MK_E_NO_DESCRIPTOR, MK_NOWHERE, 0},
    {"the minimum of a region that is no ME",
     "good-full-me8",
     {.region = "bios", .truncate = true},
     MK_E_USAGE,
     MK_NOWHERE,
     0},
    {"a lone partition's region", "unsupported-update", {.region = NULL}, MK_E_NO_OPERATION, 0, 0},
    {"an engine in the BIOS region", "good-dump-apl", {.region = NULL}, MK_E_NOT_FOUND, 0x1000, 0},
    {"an ME that is cut off", "bad-me-cut", {.region = NULL}, MK_E_TRUNCATED, 0x8000, 0},
    {"an ME that is disabled", "good-full-me-disabled", {.region = NULL}, MK_E_NOT_FOUND, 0x48, 0},
    {"an ME that is erased, cut to its minimum",
     "good-full-me-erased",
     {.truncate = true},
     MK_OK,
     0x3000,
     0x9000},
    {"the minimum of CSME 16",
     "good-dump-csme16",
     {.truncate = true},
     MK_E_NO_OPERATION,
     0x1000,
     0},
    {"the descriptor for a minimum that is none",
     "good-full-me-erased",
     {.region = "fd", .truncate = true},
     MK_OK,
     0,
     0x1000},
    {"the descriptor for an FTPR that is none",
     "bad-ftpr-erased",
     {.region = "fd", .truncate = true},
     MK_E_NO_DESCRIPTOR,
     MK_NOWHERE,
     0},
    {"a partition", "good-me8", {.partition = "FTPR"}, MK_OK, 0x3000, 0x5000},
    {"a partition that is cut off", "bad-region-cut", {.partition = "FTPR"}, MK_OK, 0x3000, 0x3000},
    {"a partition by a short name", "good-me11", {.partition = "MFS"}, MK_OK, 0x8000, 0x2000},
    {"one of a boot partition",
     "good-csme14-lite",
     {.partition = "BP2/RBEP"},
     MK_OK,
     0xE000,
     0x3000},
    {"that of the other one", "good-csme14-lite", {.partition = "RBEP"}, MK_OK, 0x2000, 0x3000},
    {"one that this boot partition has not",
     "good-csme14-lite",
     {.partition = "BP1/FTPR"},
     MK_E_NOT_FOUND,
     MK_NOWHERE,
     0},
    {"boot partition 0",
     "good-csme14-lite",
     {.partition = "BP0/RBEP"},
     MK_E_NOT_FOUND,
     MK_NOWHERE,
     0},
    {"boot partition 6",
     "good-csme14-lite",
     {.partition = "BP6/RBEP"},
     MK_E_NOT_FOUND,
     MK_NOWHERE,
     0},
    {"a boot partition without a slash",
     "good-csme14-lite",
     {.partition = "BP2-RBEP"},
     MK_E_NOT_FOUND,
     MK_NOWHERE,
     0},
    {"what only begins like one",
     "good-csme14-lite",
     {.partition = "BX2/RBEP"},
     MK_E_NOT_FOUND,
     MK_NOWHERE,
     0},
    {"nor like one", "good-csme14-lite", {.partition = "XP2/RBEP"}, MK_E_NOT_FOUND, MK_NOWHERE, 0},
    {"a partition of nothing",
     "good-full-me-disabled",
     {.partition = "FTPR"},
     MK_E_NOT_FOUND,
     0x48,
     0},
    {"a partition of a SoC whose engine is not there",
     "unsupported-full-glk",
     {.partition = "FTPR"},
     MK_E_NO_OPERATION,
     0,
     0},
    {"a module", "good-me11", {.module = "FTPR/rbe"}, MK_OK, 0x4700, 0x400},
    {"a module that is not there",
     "good-me11",
     {.module = "FTPR/none"},
     MK_E_NOT_FOUND,
     MK_NOWHERE,
     0},
    {"a module of no partition", "good-me11", {.module = "rbe"}, MK_E_USAGE, MK_NOWHERE, 0},
    {"a module of one that is not there",
     "good-me11",
     {.module = "NONE/rbe"},
     MK_E_NOT_FOUND,
     MK_NOWHERE,
     0},
    {"a module that is made of pages",
     "good-me8",
     {.module = "FTPR/BUP"},
     MK_E_NO_OPERATION,
     0x3350,
     0},
    {"a chip", "good-x230-12m", {.chip = "1"}, MK_OK, 0x800000, 0x400000},
    {"the first one", "good-x230-12m", {.chip = "0"}, MK_OK, 0, 0x800000},
    {"a chip that is not in the file",
     "good-x230-bottom",
     {.chip = "1"},
     MK_E_TRUNCATED,
     0x800000,
     0},
    {"a second one of one", "good-ifd-baytrail", {.chip = "1"}, MK_E_NOT_FOUND, 0x30, 0},
    {"a third one", "good-x230-12m", {.chip = "2"}, MK_E_USAGE, MK_NOWHERE, 0},
    {"a chip of a density that is not known",
     "bad-density",
     {.chip = "0"},
     MK_E_NOT_FOUND,
     0x30,
     0},
    {"a chip of no descriptor", "good-me8", {.chip = "0"}, MK_E_NO_DESCRIPTOR, MK_NOWHERE, 0},
    {"a chip and a region",
     "good-x230-12m",
     {.chip = "0", .region = "fd"},
     MK_E_USAGE,
     MK_NOWHERE,
     0},
    {"the minimum of a partition",
     "good-me8",
     {.partition = "FTPR", .truncate = true},
     MK_E_USAGE,
     MK_NOWHERE,
     0},
    {"the minimum of a module",
     "good-me8",
     {.module = "FTPR/BUP", .truncate = true},
     MK_E_USAGE,
     MK_NOWHERE,
     0},
    {"the minimum of a chip",
     "good-x230-12m",
     {.chip = "0", .truncate = true},
     MK_E_USAGE,
     MK_NOWHERE,
     0},
};

Test(extract, parts_that_it_takes_or_refuses) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct forged_image f = forged_open(row->recipe);
        struct mk_plan plan;
        struct mk_error e = {0};
        mk_plan_start(&plan, f.image.bytes);
        bool taken =
            mk_extract_plan(&f.image, &row->options, &plan, &e) && mk_plan_close(&plan, &e);
        cr_expect_eq(e.code, row->code, "%s: %s: %s", row->what, mk_code_name(e.code), e.what);
        cr_expect_eq(taken, row->code == MK_OK);
        cr_expect_neq(e.what[0], '-', "%s names an option of a tool: %s", row->what, e.what);
        cr_expect_eq(taken ? plan.window_offset : e.offset, row->at, "%s: 0x%x", row->what,
                     (unsigned)(taken ? plan.window_offset : e.offset));
        cr_expect(!taken || plan.window_length == row->n, "%s: 0x%x bytes", row->what,
                  (unsigned)plan.window_length);
        mk_plan_free(&plan);
        forged_close(&f);
    }
}

/* The density of the first chip is known, that of the second is not. */
Test(extract, a_chip_of_no_size) {
    static const struct mk_extract_options second = {.chip = "1"};
    static const struct patch density = {0x30, 1, 0x3C};
    struct forged_image f = {.b = forged("good-ifd-x230")};
    struct mk_plan plan;
    struct mk_error e = {0};
    patch(f.b, &density, 1);
    forged_read(&f);
    mk_plan_start(&plan, f.image.bytes);
    cr_assert_not(mk_extract_plan(&f.image, &second, &plan, &e));
    cr_assert_eq(e.code, MK_E_NOT_FOUND, "%s", e.what);
    mk_plan_free(&plan);
    forged_close(&f);
}
