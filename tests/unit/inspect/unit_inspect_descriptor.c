/* SPDX-License-Identifier: MIT */
#include "inspect/inspected.h"
#include "patched.h"

TestSuite(inspect_descriptor, .fini = check_leaks);

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The findings of descriptor.c and board.c. */
static const enum mk_finding_id looked_for[] = {
    MK_FINDING_DESCRIPTOR_IMPOSSIBLE, MK_FINDING_DESCRIPTOR_SIGNED, MK_FINDING_DESCRIPTOR_COPY,
    MK_FINDING_WRITE_PROTECTED,       MK_FINDING_SERVER_DESCRIPTOR, MK_FINDING_STRAP_ELSEWHERE,
    MK_FINDING_CONTRADICTION,
};
#define NOTHING MK_FINDING_COUNT

static void expect(const struct inspected *s, enum mk_finding_id id, const char *what) {
    for (size_t i = 0; i < COUNT(looked_for); i++)
        cr_assert_eq(inspected_has(s, looked_for[i]), looked_for[i] == id, "%s: %s", what,
                     mk_finding_word(looked_for[i]));
}

static const struct {
    const char *recipe;
    enum mk_finding_id id;
} shown[] = {
    {"bad-fd-unused", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-fd-moved", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-fd-region", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-frba-moved", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-fpsba-moved", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-nr-version-2", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-regions-unused", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-region-beyond", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-region-descriptor", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-density-small", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-fmba", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-nr", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-ifd-2k", MK_FINDING_DESCRIPTOR_IMPOSSIBLE},
    {"bad-descriptor-cut", NOTHING},
    {"bad-density", NOTHING},
    {"good-bios-over-all", NOTHING},
    {"good-region-artefact", NOTHING},
    {"good-full-me-disabled", NOTHING},
    {"good-ifd-2k", NOTHING},
    {"good-fd-signed", MK_FINDING_DESCRIPTOR_SIGNED},
    {"good-fd-unsigned", NOTHING},
    {"good-ifd-mtl", MK_FINDING_DESCRIPTOR_COPY},
    {"good-mtl-differs", MK_FINDING_DESCRIPTOR_COPY},
    {"good-mtl-single", NOTHING},
    {"good-ifd-gpr0", MK_FINDING_WRITE_PROTECTED},
    {"good-gpr0-no-range", NOTHING},
    {"good-gpr0-inverted", NOTHING},
    {"good-ifd-patsburg", MK_FINDING_SERVER_DESCRIPTOR},
    {"good-ifd-wellsburg", MK_FINDING_SERVER_DESCRIPTOR},
    {"good-server-nr", NOTHING},
    {"good-ifd-lynxpoint", NOTHING},
    {"good-strap-elsewhere", MK_FINDING_STRAP_ELSEWHERE},
    {"good-ifd-tgl-h", MK_FINDING_STRAP_ELSEWHERE},
    {"good-strap-other-bit", NOTHING},
    {"bad-contradiction", MK_FINDING_CONTRADICTION},
    {"bad-contradiction-txe", MK_FINDING_CONTRADICTION},
    {"good-full-me6", NOTHING},
    {"good-full-me7", NOTHING},
    {"good-full-me8", NOTHING},
    {"good-full-me10", NOTHING},
    {"good-full-me11", NOTHING},
    {"good-full-txe1", NOTHING},
    {"good-full-ich9", NOTHING},
    {"good-full-ignition", NOTHING},
    {"good-dump-csme16", NOTHING},
    {"good-dump-apl", NOTHING},
    {"unsupported-full-csme12", NOTHING},
    {"unsupported-full-sps2", NOTHING},
    {"good-x230-12m", NOTHING},
    {"good-x230-bottom", NOTHING},
};

/* Recipes that show each finding, and similar ones that do not. */
Test(inspect_descriptor, findings_of_each_recipe) {
    for (size_t i = 0; i < COUNT(shown); i++) {
        struct inspected s;
        inspected_open(&s, shown[i].recipe);
        expect(&s, shown[i].id, shown[i].recipe);
        inspected_close(&s);
    }
}

/* ---- an image with some numbers changed ---- */

#define MAJOR11 0x41CCu /* offset of FTPR's major version in good-full-me11 */
#define LISTED  0x3050u /* its first entry in $FPT */
#define OPR1    0x3152504Fu

static const struct {
    const char *what, *recipe;
    struct patch patches[3];
    enum mk_finding_id id;
    const char *text;
} changes[] = {
    {"FCBA 20 is Ibex Peak's", "good-full-me8", {{0x14, 1, 2}}, NOTHING, NULL},
    {"FCBA 24",
     "good-ifd-sklkbl",
     {{0x14, 1, 0x0C}},
     MK_FINDING_DESCRIPTOR_IMPOSSIBLE,
     "FCBA is 0xc0"},
    {"FMSBA 21",
     "good-full-me8",
     {{0x1C, 1, 0x21}},
     MK_FINDING_DESCRIPTOR_IMPOSSIBLE,
     "FMSBA is 0x210"},
    {"FMSBA 21, where it counts chips", "good-ifd-sklkbl", {{0x1C, 1, 0x21}}, NOTHING, NULL},
    {"a region that begins behind its end",
     "good-ifd-sklkbl",
     {{0x48, 4, 0x000E0203}},
     MK_FINDING_DESCRIPTOR_IMPOSSIBLE,
     "region me begins at 0x203000"},
    {"a region without an end", "good-ifd-sklkbl", {{0x48, 4, 0x00001FFF}}, NOTHING, NULL},
    {"three chips", "good-ifd-sklkbl", {{0x15, 1, 2}}, MK_FINDING_DESCRIPTOR_IMPOSSIBLE, "3 chips"},
    {"a wide descriptor region", "good-full-me8", {{0x40, 4, 0x00000000}}, NOTHING, NULL},
    {"over GbE",
     "good-full-me8",
     {{0x40, 4, 0x00010000}},
     MK_FINDING_DESCRIPTOR_IMPOSSIBLE,
     "region gbe overlaps"},
    {"BIOS from 0, but not to the end",
     "good-full-me8",
     {{0x44, 4, 0x000D0000}},
     MK_FINDING_DESCRIPTOR_IMPOSSIBLE,
     "region bios overlaps"},
    {"a region behind unknown chips",
     "good-full-me8",
     {{0x30, 1, 0x3F}, {0x44, 4, 0x3FFF000F}},
     NOTHING,
     NULL},
    {"a region behind the largest chip",
     "good-full-me8",
     {{0x30, 1, 0x3F}, {0x44, 4, 0x4000000F}},
     MK_FINDING_DESCRIPTOR_IMPOSSIBLE,
     "0x4001000"},
    {"$MAN", "good-full-me8", {{0xE1C, 4, 0x4E414D24}}, MK_FINDING_DESCRIPTOR_SIGNED, "at 0xe00"},
    {"ME 10 where 11 runs",
     "good-full-me11",
     {{MAJOR11, 2, 10}},
     MK_FINDING_CONTRADICTION,
     "runs firmware 11 to 11"},
    {"CSME 12 where 11 runs",
     "good-full-me11",
     {{MAJOR11, 2, 12}},
     MK_FINDING_CONTRADICTION,
     " 12."},
    {"a server's firmware, which counts on its own",
     "good-full-me11",
     {{LISTED, 4, OPR1}, {MAJOR11, 2, 4}},
     NOTHING,
     NULL},
    {"write without read",
     "good-ifd-tgl",
     {{0x80, 4, 0xFFFF0000}},
     MK_FINDING_CONTRADICTION,
     "may write where it may not read"},
};

Test(inspect_descriptor, findings_after_a_change) {
    for (size_t i = 0; i < COUNT(changes); i++) {
        struct inspected s;
        inspected_open(&s, changes[i].recipe);
        patch(s.bytes, changes[i].patches, 3);
        inspected_again(&s);
        expect(&s, changes[i].id, changes[i].what);
        const struct mk_finding *f =
            changes[i].id == NOTHING ? NULL : mk_finding_find(&s.seen.findings, changes[i].id);
        cr_assert(!f || strstr(f->text, changes[i].text), "%s: %s", changes[i].what, f->text);
        inspected_close(&s);
    }
}

static bool allows(const struct inspected *s, unsigned operation, const char *accept) {
    mk_accepted accepted = 0;
    struct mk_error e = {0};
    cr_assert(!accept || mk_accepted_read(accept, &accepted, &e));
    return mk_findings_allow(&s->seen.findings, operation, accepted, &e);
}

Test(inspect_descriptor, operations_that_each_blocks) {
    static const struct {
        const char *recipe, *accept; /* accept NULL: the user can't accept it */
        unsigned forbidden, allowed;
    } rows[] = {
        {"bad-fd-unused", NULL, MK_TO_ACCESS | MK_TO_STRIP, MK_TO_TAKE},
        {"good-fd-signed", "descriptor-signed", MK_TO_ACCESS, MK_TO_STRIP},
        {"good-fd-signed", "descriptor-signed", MK_TO_STRAP, MK_TO_STRIP},
        {"bad-contradiction", "contradiction", MK_TO_STRAP, MK_TO_ACCESS},
        {"bad-contradiction", "contradiction", MK_TO_STRIP, MK_TO_TAKE},
        {"good-ifd-patsburg", "server-descriptor", MK_TO_STRAP, MK_TO_ACCESS},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct inspected s;
        inspected_open(&s, rows[i].recipe);
        cr_assert_not(allows(&s, rows[i].forbidden, NULL), "row %zu", i);
        cr_assert(allows(&s, rows[i].allowed, NULL), "row %zu", i);
        cr_assert(!rows[i].accept || allows(&s, rows[i].forbidden, rows[i].accept), "row %zu", i);
        inspected_close(&s);
    }
}

/* Unlocking can repair a tool's mistake in FLMSTR, so the finding blocks nothing. */
Test(inspect_descriptor, a_blind_master_forbids_nothing) {
    struct inspected s;
    inspected_open(&s, "good-ifd-sklkbl");
    mk_buffer_uint(s.bytes, 0x80, 4, 0xFFFF0000);
    inspected_again(&s);
    cr_assert(inspected_has(&s, MK_FINDING_CONTRADICTION));
    cr_assert(allows(&s, MK_TO_EDIT, NULL));
    inspected_close(&s);
}
