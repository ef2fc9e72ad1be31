/* SPDX-License-Identifier: MIT */
#include "forged.h"

#include <mekit/action/seal.h>

TestSuite(seal, .fini = check_leaks);

#define CHECKSUM  0x1Bu   /* in a $FPT at 0x10 */
#define SPI_BASE  0x364Cu /* in FTPR's table of pages */
#define SIGNATURE 0x3180u
#define FIRST     0x3000u /* FTPR */
#define ESSENTIAL 0x32A0u /* a byte of the manifest, which is needed to boot */
#define REMOVABLE 0x9000u /* NFTP */

/* Checks an image's seal after some of its bytes changed; what NULL: the seal holds. */
static void expect(const char *recipe, uint64_t at, uint64_t n, uint8_t flip, const char *what) {
    struct forged_image f = forged_open(recipe);
    struct mk_seal seal;
    struct mk_error e = {0};
    cr_assert(mk_seal_take(&f.image, &seal, &e) && mk_seal_check(&seal, &f.image, &e));
    for (uint64_t i = 0; i < n; i++)
        f.b.p[at + i] = flip ? (uint8_t)(f.b.p[at + i] ^ flip) : 0xFF;
    forged_again(&f);
    cr_expect_eq(mk_seal_check(&seal, &f.image, &e), what == NULL, "%s, 0x%x: %s", recipe,
                 (unsigned)at, e.what);
    if (what) {
        cr_expect_eq(e.code, MK_E_SELFCHECK);
        cr_expect(strstr(e.what, what), "%s, 0x%x: %s", recipe, (unsigned)at, e.what);
    }
    forged_close(&f);
}

Test(seal, names_the_broken_part) {
    expect("good-me8", REMOVABLE, 1, 1, NULL);
    expect("good-me8", ESSENTIAL, 1, 1, "needed to boot");
    expect("good-me8", CHECKSUM, 1, 1, "checksum");
    expect("good-me8", SPI_BASE, 1, 4, "SpiBase");
    expect("good-me8", FIRST, 0x200, 1, "gone");
    expect("good-me8", 0, 0xC000, 0, "gone");
    expect("good-full-me8", 0x3000, 0xC000, 0, "gone");
    expect("good-full-me8", 0x48, 4, 0, "gone");
}

Test(seal, a_fault_before_may_stay_after) {
    expect("good-fpt-checksum", CHECKSUM, 1, 1, NULL);
    expect("bad-llut-spibase", SPI_BASE, 1, 4, NULL);
    expect("bad-ftpr-erased", REMOVABLE, 1, 1, NULL);
    expect("bad-cpd-no-manifest", REMOVABLE, 1, 1, NULL);
    expect("bad-module-offset", REMOVABLE, 1, 1, NULL);
}

#define VOLUME       0x1000u /* the file system of good-me11-mfs */
#define VOLUME_ENTRY 0x50u   /* in its $FPT */

Test(seal, a_file_system_stays_whole_or_is_removed) {
    expect("good-me11-mfs", VOLUME + 0x2000 + 0x8C, 1, 1, "the file system MFS is no longer whole");
    expect("good-me11-mfs", VOLUME, 0x6000, 0, "the file system MFS is no longer whole");
    expect("good-me11-mfs", VOLUME + 0x4000 + 0x10, 1, 1, NULL);
    expect("good-me11-mfs", VOLUME_ENTRY, 4, 1, NULL);
    expect("good-csme14-mfs", 0x1F000 + 0x2000 + 0x8C, 1, 1, "no longer whole");
    expect("bad-mfs-data-chunk", VOLUME + 0x2000 + 0x8C, 1, 1, NULL);
}

/* Generation 1 and Ignition need no bytes of their firmware. */
Test(seal, firmware_that_may_vanish_whole) {
    expect("unsupported-me4", 0, 0x8000, 0, NULL);
    expect("good-ignition", 0, 0x9000, 0, NULL);
    expect("unsupported-me4", 0x2000, 0x200, 1, "gone");
}

/* The signature covers fewer bytes than the seal: only the seal of another image reaches this
 * check. */
Test(seal, a_signature_that_no_longer_holds) {
    struct forged_image f = forged_open("good-me8");
    struct mk_seal before, after;
    struct mk_error e = {0};
    cr_assert(mk_seal_take(&f.image, &before, &e));
    f.b.p[SIGNATURE] ^= 1;
    forged_again(&f);
    cr_assert(mk_seal_take(&f.image, &after, &e));
    cr_assert(before.valid && !after.valid);
    before.digest = after.digest;
    cr_assert_not(mk_seal_check(&before, &f.image, &e));
    cr_assert(strstr(e.what, "signature"), "%s", e.what);
    cr_assert(mk_seal_check(&after, &f.image, &e));
    forged_close(&f);
}

Test(seal, a_seal_that_was_not_taken_holds_nothing) {
    struct forged_image f = forged_open("good-me8");
    struct mk_seal seal;
    struct mk_error e = {0};
    memset(&seal, 0, sizeof seal);
    cr_assert_not(mk_seal_check(&seal, &f.image, &e));
    cr_assert_eq(e.code, MK_E_SELFCHECK);
    forged_close(&f);
}
