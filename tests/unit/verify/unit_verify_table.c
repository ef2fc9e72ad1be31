/* SPDX-License-Identifier: MIT */
/* Oddities in tables are reported as damage, or as a remark if whole images have them too. */
#include "book.h"
#include "patched.h"

#include <forge/cse/cse.h>
#include <mekit/verify/verify.h>

TestSuite(verify_table, .init = open_book, .fini = close_book);

#define ENTRY(directory, i) ((directory) + 0x10u + (i)*MK_CPD_ENTRY_SIZE)
#define LENGTH              16u     /* offset in an entry */
#define BODY                0x284u  /* offset of the body in a manifest with a 2048-bit key */
#define MANIFEST12          0x90E8u /* manifest of FTPR in good-csme12 */
#define PMCP12              0x8000u

static bool tells(const struct mk_errors *errors, const char *what) {
    for (size_t i = 0; i < errors->n; i++)
        if (strstr(errors->list[i].what, what))
            return true;
    return false;
}

static const struct {
    const char *what, *recipe;
    struct patch patches[3];
    uint64_t signs;
    const char *problem, *remark; /* words of its text; NULL: none */
    enum mk_verdict verdict;
} tables[] = {
    {"nothing", "good-csme12", {{0}}, 0, NULL, NULL, MK_VERDICT_VALID},
    {"a signed chain that breaks",
     "good-csme12",
     {{MANIFEST12 + BODY + 4, 4, 4}},
     MANIFEST12,
     NULL,
     "an extension of the manifest",
     MK_VERDICT_VALID},
    {"a chain that breaks",
     "good-csme12",
     {{MANIFEST12 + BODY + 4, 4, 4}},
     0,
     "an extension of the manifest",
     NULL,
     MK_VERDICT_INVALID},
    {"a partition that is larger than it says",
     "good-csme12",
     {{0x9410, 4, 0x10}},
     MANIFEST12,
     NULL,
     NULL,
     MK_VERDICT_ALTERED},
    {"a partition that is smaller than it says",
     "good-csme12",
     {{0x9410, 4, 0xA000}},
     MANIFEST12,
     NULL,
     NULL,
     MK_VERDICT_ALTERED},
    {"a partition whose hash is told to be 0",
     "good-csme12",
     {{0x9428, FILL + 32, 0}},
     MANIFEST12,
     NULL,
     NULL,
     MK_VERDICT_VALID},
    {"a server's directory with a wrong sum, as stock ones have",
     "unsupported-sps4",
     {{0x100B, 1, 0x55}},
     0,
     NULL,
     NULL,
     MK_VERDICT_VALID},
    {"a manifest that is erased",
     "good-csme12",
     {{0x8058, FILL + 0x344, 0xFF}},
     0,
     "$MN2",
     NULL,
     MK_VERDICT_INVALID},
    {"a manifest of no byte",
     "good-csme12",
     {{ENTRY(PMCP12, 0) + LENGTH, 4, 0}},
     0,
     "$MN2",
     NULL,
     MK_VERDICT_INVALID},
};

Test(verify_table, tables) {
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct forged_image f = {.b = forged(tables[i].recipe)};
        struct mk_chain chain;
        patch(f.b, tables[i].patches, 3);
        if (tables[i].signs)
            sign_anew(f.b, tables[i].signs);
        forged_read(&f);
        cr_assert(mk_verify(&f.image, &book, 1, &chain, NULL));
        cr_expect_eq(chain.verdict, tables[i].verdict, "%s: %s", tables[i].what,
                     mk_verdict_name(chain.verdict));
        cr_expect(tables[i].problem ? tells(&chain.problems, tables[i].problem)
                                    : chain.problems.n == 0,
                  "%s: %zu problems: %s", tables[i].what, chain.problems.n,
                  chain.problems.n ? chain.problems.list[0].what : "");
        cr_expect(tables[i].remark ? tells(&chain.remarks, tables[i].remark) : chain.remarks.n == 0,
                  "%s: %zu remarks: %s", tables[i].what, chain.remarks.n,
                  chain.remarks.n ? chain.remarks.list[0].what : "");
        mk_chain_free(&chain);
        forged_close(&f);
    }
}

/* If two $FPT differ and one is right, the other is damaged; else nobody knows which is wrong. */
Test(verify_table, two_tables_that_differ) {
    for (unsigned both = 0; both < 2; both++) {
        struct forged_image f = forged_open("good-csme16-lite");
        struct mk_chain chain;
        uint64_t at = f.image.firmware.fpt_base + 0x24;
        f.b.p[at] ^= 1;
        if (both)
            f.b.p[at + MK_FPT_BACKUP_AT] ^= 2;
        forged_again(&f);
        cr_assert(mk_verify(&f.image, NULL, 0, &chain, NULL));
        cr_expect_eq(tells(&chain.problems, "second $FPT"), !both);
        cr_expect_eq(tells(&chain.remarks, "second $FPT"), both);
        cr_expect(tells(&chain.remarks, "checksum of $FPT"));
        mk_chain_free(&chain);
        forged_close(&f);
    }
}

/* Without a readable manifest, not even the length of the records' hashes is known. */
Test(verify_table, no_manifest_at_all) {
    static const uint64_t manifests[] = {0x5058, MANIFEST12, 0x8058, 0x13058, 0x9580};
    struct forged_image f = {.b = forged("good-csme12")};
    struct mk_chain chain;
    for (size_t i = 0; i < sizeof manifests / sizeof *manifests; i++)
        f.b.p[manifests[i] + MK_MANIFEST_TAG_AT] ^= 0x80;
    forged_read(&f);
    cr_assert(mk_verify(&f.image, &book, 1, &chain, NULL));
    cr_expect_eq(chain.n_manifests, 0);
    cr_expect_eq(chain.verdict, MK_VERDICT_INVALID);
    mk_chain_free(&chain);
    forged_close(&f);
}

/* Lists PMCP's manifest twice, once in place of a module, so that the hash is given twice. */
static void list_manifest_twice(struct mk_buffer b) {
    const uint64_t extension = PMCP12 + 0x344, manifest = PMCP12 + 0x58, n = 0x344;
    struct mk_span pmcp = mk_span_clip(mk_buffer_span(b), PMCP12, 0x1000), parts[2];
    struct mk_digest digest;
    forge_text(b, ENTRY(PMCP12, 1), "PMC2.man");
    cr_assert(mk_buffer_move(b, ENTRY(PMCP12, 1) + 12, ENTRY(PMCP12, 0) + 12, 8));
    forge_cse_directory_sum(b, PMCP12);
    parts[0] = mk_span_clip(pmcp, 0, 0x58);
    parts[1] = mk_span_clip(pmcp, 0x58 + n, 0x1000);
    cr_assert(mk_digest_take(MK_SHA256, parts, 2, &digest, NULL));
    cr_assert_eq(mk_span_u32(mk_buffer_span(b), extension), MK_EXTENSION_IFWI_PARTITION_INFO);
    forge_digest_put(b, extension + 0x24, &digest, true);
    sign_anew(b, manifest);
}

Test(verify_table, a_hash_that_is_given_twice) {
    for (unsigned damaged = 0; damaged < 2; damaged++) {
        struct forged_image f = {.b = forged("good-csme12")};
        struct mk_chain chain;
        list_manifest_twice(f.b);
        f.b.p[PMCP12 + 0xF00] ^= (uint8_t)damaged;
        forged_read(&f);
        cr_assert(mk_verify(&f.image, &book, 1, &chain, NULL));
        for (size_t i = 0; i < chain.n_partitions; i++)
            if (memcmp(chain.partitions[i].partition->name, "PMCP", 4) == 0) {
                cr_expect(chain.partitions[i].has_hash);
                cr_expect_eq(chain.partitions[i].hash,
                             damaged ? MK_CHECK_MISMATCH : MK_CHECK_MATCH);
            }
        mk_chain_free(&chain);
        forged_close(&f);
    }
}
