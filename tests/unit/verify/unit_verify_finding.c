/* SPDX-License-Identifier: MIT */
#include "patched.h"

#include <forge/cse/cse.h>
#include <mekit/verify/verify.h>
#include <stdio.h>

static struct forged_image image;
static struct mk_codebook *book;
static struct mk_chain chain;

TestSuite(verify_finding, .fini = check_leaks);

static void open_findings(const char *recipe) {
    struct mk_error e = {0};
    image = forged_open(recipe);
    book = forged_codebook("forged");
    cr_assert(book);
    cr_assert(mk_verify(&image.image, &book, 1, &chain, &e), "%s: %s", recipe, e.what);
}

static void close_findings(void) {
    mk_chain_free(&chain);
    mk_codebook_free(book);
    forged_close(&image);
}

/* ---- lists that have a key ---- */

static const struct {
    const char *partition;
    int usage;
} usages[] = {{"RBEP", 0}, {"FTPR", 0}, {"MFTP", 0}, {"NFTP", 1}, {"PMCP", 2}, {"IOMP", 6}};

static int usage_of(const char *partition) {
    for (size_t i = 0; i < sizeof usages / sizeof *usages; i++)
        if (strcmp(usages[i].partition, partition) == 0)
            return usages[i].usage;
    return -1;
}

/* No list has the OEM's key, and no list vouches for its own key. The two rot.key of Lite, the
 * first of which is MFTP's, vouch for each other. */
static const char *lister_of(const struct mk_manifest_link *m, bool lite) {
    bool list = strcmp(m->name, "rot.key") == 0;
    if (m->signature.verdict != MK_SIGNATURE_VALID || strcmp(m->partition, "OEMP") == 0 ||
        (list && !lite))
        return NULL;
    return lite && !(list && strcmp(m->partition, "MFTP") == 0) ? "MFTP/rot.key" : "FTPR/rot.key";
}

Test(verify_finding, keys_are_bound_by_the_right_list) {
    static const struct {
        const char *recipe;
        bool lite;
        size_t n, bound;
    } rows[] = {
        {"good-csme12", false, 5, 4},    {"good-csme14-lite", true, 9, 9},
        {"good-csme16", false, 5, 4},    {"good-csme16-lite", true, 11, 10},
        {"good-txe3-ifwi", false, 6, 4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t bound = 0;
        uint64_t last = 0;
        open_findings(rows[i].recipe);
        cr_assert_eq(chain.n_manifests, rows[i].n);
        for (size_t k = 0; k < chain.n_manifests; k++) {
            const struct mk_manifest_link *m = &chain.manifests[k];
            const char *by = lister_of(m, rows[i].lite);
            cr_assert_geq(m->manifest.bytes.at, last, "by offset");
            last = m->manifest.bytes.at;
            cr_assert_eq(m->binding.listed, by != NULL, "%s: %s/%s", rows[i].recipe, m->partition,
                         m->name);
            cr_assert_not(m->binding.trusted, "a forged key is in no table");
            bound += m->binding.listed;
            if (!by)
                continue;
            cr_assert_str_eq(m->binding.by, by, "%s: %s/%s", rows[i].recipe, m->partition, m->name);
            cr_assert_eq(m->binding.usage, usage_of(m->partition), "%s: %s/%s", rows[i].recipe,
                         m->partition, m->name);
        }
        cr_assert_eq(bound, rows[i].bound);
        close_findings();
    }
}

/* A list with a wrong signature binds no key. */
Test(verify_finding, a_damaged_list_binds_nothing) {
    open_findings("good-csme12");
    const struct mk_partition *p = mk_partition_find(&image.image.firmware, "FTPR");
    const struct mk_module *m = mk_module_find(p, "rot.key");
    image.b.p[m->start + 0x2C] ^= 1;
    forged_again(&image);
    mk_chain_free(&chain);
    cr_assert(mk_verify(&image.image, &book, 1, &chain, NULL));
    for (size_t i = 0; i < chain.n_manifests; i++)
        cr_assert_not(chain.manifests[i].binding.listed);
    cr_assert_eq(chain.verdict, MK_VERDICT_INVALID);
    close_findings();
}

/* ---- damage by design ---- */

static size_t count_invalid(void) {
    size_t n = 0;
    for (size_t i = 0; i < chain.n_manifests; i++)
        n += chain.manifests[i].signature.verdict == MK_SIGNATURE_INVALID;
    return n;
}

static size_t count_altered(void) {
    size_t n = 0;
    for (size_t i = 0; i < chain.n_partitions; i++)
        n += chain.partitions[i].has_hash && chain.partitions[i].hash == MK_CHECK_MISMATCH;
    return n;
}

static const struct mk_module_link *mismatch(void) {
    for (size_t i = 0; i < chain.n_modules; i++)
        if (chain.modules[i].result == MK_CHECK_MISMATCH)
            return &chain.modules[i];
    return NULL;
}

/* Every recipe is INVALID, because of a problem, a signature, partition hashes or a module. */
static const struct {
    const char *recipe;
    enum mk_code problem;
    size_t invalid, altered;
    const char *module;
} damages[] = {
    {"bad-layout-crc", MK_E_CHECKSUM, 0, 0, NULL},
    {"bad-layout-beyond", MK_E_RANGE, 0, 0, NULL},
    {"bad-layout-overlap", MK_E_RANGE, 0, 0, NULL},
    {"bad-bpdt-crc", MK_E_CHECKSUM, 0, 0, NULL},
    {"bad-bpdt-count", MK_E_COUNT, 0, 0, NULL},
    {"bad-bpdt-loop", MK_E_RANGE, 0, 0, NULL},
    {"bad-cse-cpd-itself", MK_E_FIELD, 0, 0, NULL},
    {"bad-cse-extension", MK_E_RANGE, 1, 0, NULL},
    {"bad-cse-key-size", MK_E_FIELD, 0, 0, NULL},
    {"bad-cse-manifest-size", MK_E_RANGE, 0, 0, NULL},
    {"bad-cse-backup-fpt", MK_E_CHECKSUM, 0, 0, NULL},
    {"bad-cse-metadata", MK_OK, 0, 1, "PMCC000.met"},
};

Test(verify_finding, damage_is_blamed_on_the_damaged_part) {
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        const char *recipe = damages[i].recipe;
        open_findings(recipe);
        const struct mk_module_link *m = mismatch();
        cr_assert_eq(chain.verdict, MK_VERDICT_INVALID, "%s", recipe);
        size_t gone = !image.image.firmware.boot; /* a second problem: FTPR is missing too */
        cr_assert_eq(chain.problems.n, (damages[i].problem != MK_OK) + gone, "%s", recipe);
        if (damages[i].problem)
            cr_assert_eq(chain.problems.list[0].code, damages[i].problem, "%s", recipe);
        cr_assert_eq(count_invalid(), damages[i].invalid, "%s", recipe);
        cr_assert_eq(count_altered(), damages[i].altered, "%s", recipe);
        cr_assert_eq(m != NULL, damages[i].module != NULL, "%s", recipe);
        if (m)
            cr_assert_eq(memcmp(m->module->name, damages[i].module, m->module->name_length), 0);
        close_findings();
    }
}

/* The forge's codebook is not a published one, and no other module has all codewords of bup, so
 * only the hash over the partition shows the damage. */
Test(verify_finding, a_codebook_of_its_own_leaves_the_damage_to_the_hash_of_the_partition) {
    open_findings("bad-cse-huffman");
    cr_assert_eq(chain.verdict, MK_VERDICT_ALTERED);
    cr_assert_eq(count_altered(), 1);
    cr_assert_null(mismatch());
    close_findings();
}

/* A manifest that can't be read is reported as a problem. */
Test(verify_finding, a_manifest_that_cannot_be_read) {
    static const struct {
        const char *recipe;
        enum mk_code problem;
    } rows[] = {{"bad-cse-manifest-size", MK_E_RANGE}, {"bad-cse-key-size", MK_E_FIELD}};
    for (size_t i = 0; i < 2; i++) {
        open_findings(rows[i].recipe);
        cr_assert_eq(chain.verdict, MK_VERDICT_INVALID, "%s", rows[i].recipe);
        cr_assert_eq(chain.problems.n, 1, "%s", rows[i].recipe);
        cr_assert_eq(chain.problems.list[0].code, rows[i].problem, "%s", rows[i].recipe);
        cr_assert_eq(chain.n_manifests, 4, "%s", rows[i].recipe);
        close_findings();
    }
}

/* ---- other verdicts ---- */

static enum mk_verdict verdict_again(void) {
    forged_again(&image);
    mk_chain_free(&chain);
    cr_assert(mk_verify(&image.image, &book, 1, &chain, NULL));
    return chain.verdict;
}

/* Only the partition's hash covers bytes between modules. */
Test(verify_finding, an_altered_partition) {
    open_findings("good-csme12");
    const struct mk_partition *p = mk_partition_find(&image.image.firmware, "FTPR");
    cr_assert_eq(image.b.p[p->end - 1], 0xFF);
    image.b.p[p->end - 1] = 0;
    cr_assert_eq(verdict_again(), MK_VERDICT_ALTERED);
    cr_assert_eq(count_altered(), 1);
    cr_assert_null(mismatch());
    close_findings();
}

/* No tool removes modules from CSE. */
Test(verify_finding, an_erased_module_is_damage) {
    open_findings("good-txe3-ifwi");
    const struct mk_partition *p = mk_partition_find(&image.image.firmware, "NFTP");
    const struct mk_module *m = mk_module_find(p, "vfs");
    mk_buffer_fill(image.b, m->start, m->stored_size, 0xFF);
    cr_assert_eq(verdict_again(), MK_VERDICT_INVALID);
    size_t removed = 0;
    for (size_t i = 0; i < chain.n_modules; i++)
        removed += chain.modules[i].result == MK_CHECK_REMOVED;
    cr_assert_eq(removed, 1);
    close_findings();
}

/* No hash of a module or manifest covers the directory's sum. */
Test(verify_finding, a_wrong_directory_sum) {
    open_findings("good-txe3-ifwi");
    const struct mk_partition *p = mk_partition_find(&image.image.firmware, "UCOD");
    image.b.p[p->start + mk_cpd_fields[MK_CPD_CHECKSUM].offset] ^= 1;
    cr_assert_eq(verdict_again(), MK_VERDICT_INVALID);
    cr_assert(chain.problems.n == 1 && chain.problems.list[0].code == MK_E_CHECKSUM);
    close_findings();
}

Test(verify_finding, names) {
    static const char *const verdicts[] = {"valid", "altered", "invalid", "unsigned",
                                           "unsupported"};
    static const char *const checks[] = {"match", "mismatch", "removed", "unchecked"};
    for (unsigned i = 0; i < 5; i++)
        cr_assert_str_eq(mk_verdict_name((enum mk_verdict)i), verdicts[i]);
    for (unsigned i = 0; i < 4; i++)
        cr_assert_str_eq(mk_check_name((enum mk_check)i), checks[i]);
}

/* ---- microcode has its own sum ---- */

#define UCOD 0xA000u /* in good-txe3-ifwi; upatch1 at 0xA040 */

Test(verify_finding, microcode) {
    static const struct {
        const char *what;
        struct patch patch;
        enum mk_check result;
        const char *reason;
    } cases[] = {
        {"whole", {0}, MK_CHECK_MATCH, ""},
        {"one wrong bit", {UCOD + 0x80, 1, 1}, MK_CHECK_MISMATCH, "its sum is not 0"},
        {"another header", {UCOD + 0x40, 1, 2}, MK_CHECK_UNCHECKED, "no hash exists"},
        {"another loader", {UCOD + 0x54, 1, 2}, MK_CHECK_UNCHECKED, "no hash exists"},
        {"another size", {UCOD + 0x60, 4, 0x404}, MK_CHECK_UNCHECKED, "no hash exists"},
        {"less than a header", {UCOD + 0x20, 4, 0x20}, MK_CHECK_UNCHECKED, "no hash exists"},
        {"no whole dwords", {UCOD + 0x20, 4, 0x3FF}, MK_CHECK_UNCHECKED, "no hash exists"},
    };
    static const struct patch whole[] = {{UCOD + 0x40, FILL + 0x400, 0},
                                         {UCOD + 0x40, 4, 1},
                                         {UCOD + 0x54, 4, 1},
                                         {UCOD + 0x60, 4, 0x400},
                                         {UCOD + 0x100, 4, 0u - 0x402u}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct forged_image f = {.b = forged("good-txe3-ifwi")};
        const struct mk_module_link *m = NULL;
        patch(f.b, whole, sizeof whole / sizeof *whole);
        patch(f.b, &cases[i].patch, 1);
        forge_cse_directory_sum(f.b, UCOD);
        forged_read(&f);
        cr_assert(mk_verify(&f.image, NULL, 0, &chain, NULL));
        for (size_t k = 0; k < chain.n_modules; k++)
            if (memcmp(chain.modules[k].module->name, "upatch1", 8) == 0)
                m = &chain.modules[k];
        cr_assert(m);
        cr_expect_eq(m->result, cases[i].result, "%s: %s", cases[i].what, mk_check_name(m->result));
        cr_expect_str_eq(m->reason, cases[i].reason, "%s: %s", cases[i].what, m->reason);
        mk_chain_free(&chain);
        forged_close(&f);
    }
}
