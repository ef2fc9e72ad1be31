/* SPDX-License-Identifier: MIT */
/* Faults in the boot partition that prevent an edit: each row is a whole, signed image with one
 * fault, and the errors of strip and relocate for it. */
#include "patched.h"

#include <mekit/action/relocate.h>
#include <mekit/action/strip.h>
#include <mekit/format/mme.h>

TestSuite(boot, .fini = check_leaks);

/* good-me8: FTPR at 0x3000, its modules and its LLUT; good-me11: manifest and directory entries;
 * unsupported-me4: CODE. */
#define ENTRY8(i)     (0x3290u + (i)*0x60u)
#define FIELD8(i, at) (ENTRY8(i) + (at))
#define CHUNK8(i)     (0x3680u + (i)*4u)
#define ENTRY11(i)    (0x1010u + (i)*0x18u)
#define MANIFEST11    0x11A8u
#define METADATA11(i) (0x1640u + (i)*0x38u)
#define ENTRY_TXE(i)  (0x1290u + (i)*0x80u)
#define FPT_ENTRY(i)  (0x30u + (i)*0x20u)

enum { UPDATE, ROMP, BUP, KERNEL };

static const struct row {
    const char *what, *recipe;
    struct patch patches[3];
    uint64_t signs; /* offset of a manifest to sign again; 0: none */
    enum mk_code code;
    uint64_t at;
} rows[] = {
    {"nothing", "good-me8", {{0}}, 0, MK_OK, 0},
    {"nothing in a directory", "good-me11", {{0}}, 0, MK_OK, 0},
    {"a manifest that says 0", "good-me8", {{0x3000 + 0x24, 2, 99}}, 0, MK_E_SIGNATURE, 0x3000},
    {"no boot partition in the table",
     "good-me8",
     {{FPT_ENTRY(6), 4, 0x58585858}},
     0,
     MK_E_NO_OPERATION,
     0},
    {"one by a name of another generation",
     "good-me8",
     {{FPT_ENTRY(6), 4, 0x45444F43}}, /* CODE */
     0,
     MK_E_NO_OPERATION,
     0x3000},
    {"one that is erased", "good-me8", {{0x3000, FILL + 0x5000, 0xFF}}, 0, MK_E_ERASED, 0x3000},
    {"one that begins with something else", "good-me8", {{0x301C, 4, 0}}, 0, MK_E_TAG, 0x3000},
    {"one that begins behind the end",
     "good-me8",
     {{FPT_ENTRY(6) + 8, 4, 0x20000}},
     0,
     MK_E_TRUNCATED,
     0xC000},
    {"one that begins nowhere",
     "good-me8",
     {{FPT_ENTRY(6) + 8, 4, 0xFFFFFFFF}},
     0,
     MK_E_NO_OPERATION,
     0},
    {"CODE behind the end",
     "unsupported-me4",
     {{FPT_ENTRY(1) + 8, 4, 0x20000}},
     0,
     MK_E_TRUNCATED,
     0x8000},
    {"CODE that is erased",
     "unsupported-me4",
     {{0x2000, FILL + 0x6000, 0xFF}},
     0,
     MK_E_ERASED,
     0x2000},
    {"an essential module whose pages are gone",
     "good-me8",
     {{0x3700, FILL + 0x1784, 0xFF}},
     0,
     MK_E_ERASED,
     0x3000},
    {"an essential module without a table of pages",
     "good-me8",
     {{0x3640, 4, 0}},
     0,
     MK_E_TAG,
     ENTRY8(ROMP)},
    {"an essential module of no page",
     "good-me8",
     {{FIELD8(ROMP, 0x3C), 4, 0}},
     0x3000,
     MK_E_TAG,
     ENTRY8(ROMP)},
    {"an essential module of no byte",
     "good-txe1",
     {{ENTRY_TXE(0) + 0x40, 4, 0}},
     0x1000,
     MK_E_TAG,
     ENTRY_TXE(0)},
    {"an essential module that is not what its hash says",
     "good-txe1",
     {{0x14C0, 1, 0xA5}},
     0,
     MK_E_SIGNATURE,
     0x14C0},
    {"one whose hash is told to be 0",
     "good-txe1",
     {{ENTRY_TXE(0) + 0x14, FILL + 32, 0}},
     0x1000,
     MK_OK,
     0},
    {"one that is encrypted",
     "good-txe1",
     {{ENTRY_TXE(0) + 0x54, 4, 1}, {0x14C0, 1, 0xA5}},
     0x1000,
     MK_OK,
     0},
    {"one of a compression that is not known",
     "good-txe1",
     {{ENTRY_TXE(0) + 0x50, 1, 0x30}, {0x14C0, 1, 0xA5}},
     0x1000,
     MK_OK,
     0},
    {"one that can't be unpacked",
     "good-txe1",
     {{ENTRY_TXE(0) + 0x50, 1, 0x20}},
     0x1000,
     MK_E_SIGNATURE,
     0x14C0},
    {"one that lies over the manifest",
     "good-txe1",
     {{ENTRY_TXE(0) + 0x38, 4, 0x100}},
     0x1000,
     MK_E_RANGE,
     ENTRY_TXE(0)},
    {"pages over the table that tells of them",
     "good-me8",
     {{CHUNK8(4), 3, 0x3680}},
     0,
     MK_E_RANGE,
     ENTRY8(ROMP)},
    {"pages behind the partition", "good-me8", {{CHUNK8(4), 3, 0x9000}}, 0, MK_E_TRUNCATED, 0x8000},
    {"no module that boots",
     "good-me8",
     {{FIELD8(ROMP, 4), 4, 0x58585858}, {FIELD8(BUP, 4), 4, 0x58585858}},
     0x3000,
     MK_E_NO_OPERATION,
     0x3000},
    {"a module of no hash", "good-me11", {{ENTRY11(6) + 4, 1, 'x'}}, 0, MK_OK, 0},
    {"a module of a directory that has no byte",
     "good-me11",
     {{ENTRY11(5) + 16, 4, 0}},
     0,
     MK_E_SIGNATURE,
     0x4700},
    {"a directory without a manifest",
     "good-me11",
     {{ENTRY11(0) + 8, 1, 'x'}},
     0,
     MK_E_TAG,
     0x1000},
    {"an entry behind the manifest that can't be read",
     "good-me11",
     {{ENTRY11(7) + 12, 3, 0x7FFF}, {ENTRY11(7) + 16, 4, 0x7FFFFF}},
     0,
     MK_E_RANGE,
     ENTRY11(7) + 12},
};

static void expect(const struct row *row, const char *action, bool planned,
                   const struct mk_error *e) {
    cr_expect_eq(planned, row->code == MK_OK, "%s: %s", action, row->what);
    cr_expect_eq(e->code, row->code, "%s: %s: %s, %s", action, row->what, mk_code_name(e->code),
                 e->what);
    cr_expect(row->code == MK_OK || e->offset == row->at, "%s: %s: 0x%x", action, row->what,
              (unsigned)e->offset);
}

Test(boot, nothing_is_edited_unless_all_is_right) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct mk_strip_options strip = {.force = true};
        const struct mk_relocate_options relocate = {.force = true};
        struct forged_image f = forged_open(rows[i].recipe);
        struct mk_error e = {0};
        struct mk_plan plan;
        patch(f.b, rows[i].patches, 3);
        if (rows[i].signs)
            sign_anew(f.b, rows[i].signs);
        forged_again(&f);
        mk_plan_start(&plan, f.image.bytes);
        bool planned = mk_strip_plan(&f.image, &strip, &plan, &e);
        expect(&rows[i], "strip", planned, &e);
        mk_plan_free(&plan);
        e = (struct mk_error){0};
        mk_plan_start(&plan, f.image.bytes);
        planned = mk_relocate_plan(&f.image, &relocate, &plan, &e);
        expect(&rows[i], "relocate", planned, &e);
        mk_plan_free(&plan);
        forged_close(&f);
    }
}
