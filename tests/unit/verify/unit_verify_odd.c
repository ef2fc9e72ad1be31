/* SPDX-License-Identifier: MIT */
/* Modules with one oddity: their results, and the verdict on the whole image. */
#include "book.h"
#include "patched.h"

#include <forge/cse/cse.h>
#include <mekit/verify/verify.h>

TestSuite(verify_odd, .init = open_book, .fini = close_book);

#define ENTRY(directory, i) ((directory) + 0x10u + (i)*MK_CPD_ENTRY_SIZE)
#define OFFSET_HIGH         15u /* offset in an entry; bit 1: Huffman code */
#define HUFFMAN             0x02u
#define LENGTH              16u
#define BODY                0x284u /* offset of the body in a manifest with a 2048-bit key */
#define FTPR12              0x9000u
#define MANIFEST12          0x90E8u /* its manifest */
#define RBEP12              0x5000u
#define UCOD                0xA000u /* in good-txe3-ifwi: no manifest, upatch1 at 0xA040 */

static const struct mk_module_link *find(const struct mk_chain *f, const char *partition,
                                         const char *name) {
    for (size_t i = 0; i < f->n_modules; i++) {
        const struct mk_module_link *m = &f->modules[i];
        if (m->module->name_length == strlen(name) &&
            memcmp(m->module->name, name, strlen(name)) == 0 &&
            memcmp(m->partition->name, partition, 4) == 0)
            return m;
    }
    return NULL;
}

/* ---- modules ---- */

static const struct row {
    const char *what, *recipe;
    struct patch patches[3];
    uint64_t signs, sums; /* manifest to sign, directory whose sum to correct; 0: none */
    const char *partition, *module;
    enum mk_check result;
    const char *reason;
    enum mk_verdict verdict;
} rows[] = {
    {"a key that is said to be coded by Huffman",
     "good-csme12",
     {{ENTRY(FTPR12, 1) + OFFSET_HIGH, 1, HUFFMAN}},
     0,
     FTPR12,
     "FTPR",
     "rot.key",
     MK_CHECK_MATCH,
     "",
     MK_VERDICT_ALTERED},
    {"metadata that is said to be",
     "good-csme12",
     {{ENTRY(FTPR12, 6) + OFFSET_HIGH, 1, HUFFMAN}},
     0,
     FTPR12,
     "FTPR",
     "intl.cfg.met",
     MK_CHECK_MISMATCH,
     "its hash differs from the one in the manifest",
     MK_VERDICT_INVALID},
    {"code that is erased",
     "good-csme12",
     {{0xC840, FILL + 0xFC0, 0xFF}},
     0,
     0,
     "FTPR",
     "bup",
     MK_CHECK_REMOVED,
     "erased",
     MK_VERDICT_INVALID},
    {"an entry of no byte, by Huffman",
     "good-csme16",
     {{0x6044 + OFFSET_HIGH, 1, HUFFMAN}},
     0,
     0x6000,
     "FTPR",
     "fitc.cfg",
     MK_CHECK_UNCHECKED,
     "empty",
     MK_VERDICT_ALTERED},
    {"a list whose names are empty",
     "good-csme12",
     {{0x93D0, FILL + 12, 0}},
     MANIFEST12,
     0,
     "FTPR",
     "intl.cfg.met",
     MK_CHECK_UNCHECKED,
     "no manifest lists it",
     MK_VERDICT_VALID},
    {"metadata that nobody lists, said to be coded by Huffman",
     "good-csme12",
     {{0x93D0, FILL + 12, 0}, {ENTRY(FTPR12, 6) + OFFSET_HIGH, 1, HUFFMAN}},
     MANIFEST12,
     FTPR12,
     "FTPR",
     "intl.cfg.met",
     MK_CHECK_UNCHECKED,
     "no manifest lists it",
     MK_VERDICT_ALTERED},
    {"a key that can't be read",
     "good-csme12",
     {{0x9580 + 0x18, 4, 0xFFFFFF}},
     0,
     0,
     "FTPR",
     "rot.key",
     MK_CHECK_MISMATCH,
     "it can't be read",
     MK_VERDICT_INVALID},
    {"the last manifest of all, a key that can't be read",
     "good-csme12",
     {{0x9580 + 0x18, 4, 0xFFFFFF}, {0x13058 + 0x1C, 4, 0}},
     0,
     0,
     "FTPR",
     "rot.key",
     MK_CHECK_MISMATCH,
     "it can't be read",
     MK_VERDICT_INVALID},
    {"encrypted code",
     "good-me11",
     {{0x1729, 1, 1}},
     0,
     0,
     "FTPR",
     "vfs",
     MK_CHECK_UNCHECKED,
     "encrypted",
     MK_VERDICT_INVALID},
    {"a directory without a name",
     "good-csme12",
     {{RBEP12 + 12, 4, 0}},
     0,
     RBEP12,
     "\0\0\0\0",
     "rbe",
     MK_CHECK_MATCH,
     "",
     MK_VERDICT_ALTERED},
    {"a carrier that matches and can't be unpacked",
     "good-txe3-ifwi",
     {{0x434C, 1, 2}},
     0,
     0,
     "RBEP",
     "rbe",
     MK_CHECK_MATCH,
     "",
     MK_VERDICT_INVALID},
};

Test(verify_odd, modules) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct forged_image f = {.b = forged(row->recipe)};
        struct mk_chain chain;
        patch(f.b, row->patches, 3);
        if (row->signs)
            sign_anew(f.b, row->signs);
        if (row->sums)
            forge_cse_directory_sum(f.b, row->sums);
        forged_read(&f);
        cr_assert(mk_verify(&f.image, &book, 1, &chain, NULL));
        const struct mk_module_link *m = find(&chain, row->partition, row->module);
        cr_assert(m, "%s", row->what);
        cr_expect_eq(m->result, row->result, "%s: %s", row->what, mk_check_name(m->result));
        cr_expect_str_eq(m->reason, row->reason, "%s: %s", row->what, m->reason);
        cr_expect_eq(chain.verdict, row->verdict, "%s: %s", row->what,
                     mk_verdict_name(chain.verdict));
        mk_chain_free(&chain);
        forged_close(&f);
    }
}

/* ---- lone partitions ---- */

Test(verify_odd, lone_partitions) {
    static const struct {
        const char *recipe;
        uint64_t at, n;
        enum mk_verdict verdict;
    } parts[] = {
        {"good-txe3-ifwi", UCOD, 0x1000, MK_VERDICT_UNSUPPORTED}, /* no manifest */
        {"good-txe3-ifwi", 0x1000, 0x3000, MK_VERDICT_UNSIGNED},  /* IBBP's has no key */
        {"good-txe3-ifwi", 0x7000, 0x3000, MK_VERDICT_VALID},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct mk_buffer b = forged(parts[i].recipe);
        struct mk_chain chain;
        struct mk_image image;
        cr_assert(mk_image_recognise(mk_span_of(b.p + parts[i].at, (size_t)parts[i].n), NULL,
                                     &image, NULL));
        cr_assert(mk_verify(&image, NULL, 0, &chain, NULL));
        cr_expect_eq(chain.verdict, parts[i].verdict, "0x%x: %s", (unsigned)parts[i].at,
                     mk_verdict_name(chain.verdict));
        mk_chain_free(&chain);
        mk_image_free(&image);
        free(b.p);
    }
}
