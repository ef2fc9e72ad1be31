/* SPDX-License-Identifier: MIT */
#include "../inspect/inspected.h"

#include <mekit/format/mfs/configuration.h>
#include <mekit/format/mfs/mfs.h>
#include <string.h>

TestSuite(mfs_finding, .fini = check_leaks);

static void expect(const char *recipe, bool damaged, bool in_use, bool deguarded) {
    struct inspected s;
    inspected_open(&s, recipe);
    cr_assert(s.known, "%s", recipe);
    cr_expect_eq(inspected_has(&s, MK_FINDING_MFS_DAMAGED), damaged, "%s: damaged", recipe);
    cr_expect_eq(inspected_has(&s, MK_FINDING_MFS_IN_USE), in_use, "%s: in use", recipe);
    cr_expect_eq(inspected_has(&s, MK_FINDING_DEGUARDED), deguarded, "%s: deguarded", recipe);
    inspected_close(&s);
}

Test(mfs_finding, healthy_volumes_give_no_finding) {
    expect("good-me11-mfs", false, false, false);
    expect("good-csme14-mfs", false, false, false);
    expect("good-me11-used", false, true, false);
    expect("good-me11-deguarded", false, false, true);
    for (size_t i = 0; i < forge_count(); i++)
        if (strncmp(forge_recipe(i)->name, "good-", 5) == 0 &&
            !strstr(forge_recipe(i)->name, "-used") && !strstr(forge_recipe(i)->name, "-deguarded"))
            expect(forge_recipe(i)->name, false, false, false);
}

Test(mfs_finding, damaged_volumes_are_reported) {
    static const char *const recipes[] = {
        "bad-mfs-page-sum",     "bad-mfs-page-magic", "bad-mfs-page-erased",
        "bad-mfs-system-chunk", "bad-mfs-number",     "bad-mfs-data-chunk",
        "bad-mfs-mark",         "bad-fitc-data",      "bad-fitc-length"};
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++)
        expect(recipes[i], true, false, false);
    expect("bad-mfs-used", true, true, false);
    expect("bad-mfs-cut", true, false, false);
}

/* An erased volume is healthy; a volume of any other single value is not. */
Test(mfs_finding, a_volume_of_one_value) {
    static const struct {
        const char *recipe;
        uint8_t value;
        bool damaged;
    } rows[] = {{"good-me11-mfs", 0xFF, false},
                {"good-me11-mfs", 0x00, true},
                {"good-csme14-mfs", 0x5A, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct inspected s;
        inspected_open(&s, rows[i].recipe);
        const struct mk_fpt_entry *mfs =
            mk_fpt_entry_find(&s.image.firmware.fpt, (const char[4]){'M', 'F', 'S'});
        cr_assert(mfs && s.image.region.at == 0, "%s", rows[i].recipe);
        mk_buffer_fill(s.bytes, s.image.firmware.fpt_base + mfs->start, mfs->end - mfs->start,
                       rows[i].value);
        inspected_again(&s);
        cr_expect_eq(inspected_has(&s, MK_FINDING_MFS_DAMAGED), rows[i].damaged, "%s: %02X",
                     rows[i].recipe, rows[i].value);
        inspected_close(&s);
    }
}

Test(mfs_finding, deguard_forbids_a_move_until_it_is_accepted) {
    struct inspected s;
    struct mk_error e = {0};
    mk_accepted accepted;
    inspected_open(&s, "good-me11-deguarded");
    cr_assert(mk_accepted_read("deguarded", &accepted, &e), "%s", e.what);
    cr_assert_not(mk_findings_allow(&s.seen.findings, MK_TO_RELOCATE, 0, &e));
    cr_assert(e.code == MK_E_BLOCKED && strstr(e.what, "deguard"), "%s", e.what);
    cr_assert(mk_findings_allow(&s.seen.findings, MK_TO_RELOCATE, accepted, &e), "%s", e.what);
    cr_assert(mk_findings_allow(&s.seen.findings, MK_TO_STRIP | MK_TO_STRAP, 0, &e), "%s", e.what);
    inspected_close(&s);
}

#define FITC 0x27010u /* its contents in good-csme14-mfs */

/* If the sums are right but FITC can't be read, it has an unknown form: only a note. */
Test(mfs_finding, fitc_of_another_form_is_no_warning) {
    struct inspected s;
    struct mk_fitc fitc;
    inspected_open(&s, "good-csme14-mfs");
    mk_buffer_uint(s.bytes, FITC + MK_CONFIGURATION_HEADER + 4, 4, 0x7FFFFFFF);
    cr_assert(
        mk_fitc_read(mk_span_clip(mk_buffer_span(s.bytes), FITC - MK_FITC_HEADER, 0x400), &fitc));
    mk_buffer_uint(s.bytes, FITC - 4, 4, fitc.data_crc_expected);
    inspected_again(&s);
    const struct mk_finding *f = mk_finding_find(&s.seen.findings, MK_FINDING_MFS_DAMAGED);
    cr_assert(f && f->severity == MK_NOTE && strstr(f->text, "FITC"));
    inspected_close(&s);
}
