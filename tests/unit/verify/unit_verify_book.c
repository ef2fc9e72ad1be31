/* SPDX-License-Identifier: MIT */
/* Verdicts that wrong codebooks allow. */
#include "found.h"
#include "patched.h"

#include <mekit/verify/verify.h>

TestSuite(verify_book, .fini = check_leaks);

/* The forge's code with other bytes, or with unknown symbols. */
static struct mk_codebook *book_of(const char *name, uint8_t change, bool known) {
    struct mk_codebook *book = mk_codebook_new(name);
    cr_assert(book);
    for (unsigned i = 0; i < FORGE_HUFFMAN_CODEWORDS; i++)
        for (unsigned data = 0; data < 2; data++) {
            unsigned bits, word = forge_huffman_codeword(i, &bits);
            uint8_t symbol = forge_huffman_symbol(i, data) ^ change;
            cr_assert(mk_codebook_add(book, data, word, bits, &symbol, known, NULL));
        }
    cr_assert(mk_codebook_finish(book, NULL));
    return book;
}

static const struct row {
    const char *what, *recipe;
    struct patch patches[3];
    uint64_t signs;
    struct {
        const char *name;
        uint8_t change;
        bool known;
    } books[3];
    const char *partition, *module;
    enum mk_check result;
    const char *reason;
} rows[] = {
    {"none",
     "good-me11",
     {{0}},
     0,
     {{NULL, 0, false}},
     "FTPR",
     "kernel",
     MK_CHECK_UNCHECKED,
     "no codebook"},
    {"the right one",
     "good-me11",
     {{0}},
     0,
     {{"11", 0, true}},
     "FTPR",
     "kernel",
     MK_CHECK_MATCH,
     ""},
    {"one that does not know the bytes",
     "good-me11",
     {{0}},
     0,
     {{"11", 0, false}},
     "FTPR",
     "kernel",
     MK_CHECK_UNCHECKED,
     "a codeword whose symbol the codebook does not know"},
    {"two wrong ones, of which one has the name of the published one",
     "good-me11",
     {{0}},
     0,
     {{"x", 1, true}, {"11", 2, true}},
     "FTPR",
     "kernel",
     MK_CHECK_UNCHECKED,
     "no codebook fits"},
    {"two wrong ones",
     "good-me11",
     {{0}},
     0,
     {{"x", 1, true}, {"y", 2, true}},
     "FTPR",
     "kernel",
     MK_CHECK_UNCHECKED,
     "no codebook fits"},
    {"ME 6's for ME 8, where it fits",
     "good-me8",
     {{0}},
     0,
     {{"pch", 0, true}},
     "FTPR",
     "BUP",
     MK_CHECK_MATCH,
     ""},
    {"ME 6's for ME 8, where it does not",
     "good-me8",
     {{0}},
     0,
     {{"pch", 1, true}},
     "FTPR",
     "BUP",
     MK_CHECK_UNCHECKED,
     "no codebook fits"},
    {"one that proves itself by stored pages alone",
     "good-me8",
     {{0}},
     0,
     {{"x", 1, true}},
     "FTPR",
     "BUP",
     MK_CHECK_UNCHECKED,
     "no codebook fits"},
    {"a module of stored pages alone",
     "good-me8",
     {{0}},
     0,
     {{"x", 1, true}},
     "FTPR",
     "ROMP",
     MK_CHECK_MATCH,
     ""},
    {"the same, with pages that are empty",
     "good-me8",
     {{0x3324, 4, 0x200DC000}, {0x332C, 4, 0x1400}, {0x3340, 4, 0x20010}},
     0,
     {{"x", 1, true}},
     "FTPR",
     "BUP",
     MK_CHECK_UNCHECKED,
     "no codebook fits"},
    {"one for another generation",
     "good-me8",
     {{0}},
     0,
     {{"11", 0, true}},
     "FTPR",
     "BUP",
     MK_CHECK_UNCHECKED,
     "no codebook"},
    {"ME 7's for ME 6, where it does not fit",
     "good-me6",
     {{0}},
     0,
     {{"cpt", 1, true}},
     "FTPR",
     "BUP",
     MK_CHECK_UNCHECKED,
     "no codebook fits"},
    {"a wrong one behind the right one",
     "good-me11",
     {{0}},
     0,
     {{"11", 0, true}, {"x", 1, true}},
     "FTPR",
     "kernel",
     MK_CHECK_MATCH,
     ""},
    {"one with the name of ME 7's, for ME 8, where it does not",
     "good-me8",
     {{0}},
     0,
     {{"cpt", 1, true}},
     "FTPR",
     "BUP",
     MK_CHECK_UNCHECKED,
     "no codebook fits"},
    {"one with the name of CSME 12's, for CSME 14.0",
     "good-csme14-lite",
     {{0}},
     0,
     {{"12", 1, true}},
     "RBEP",
     "rbe",
     MK_CHECK_UNCHECKED,
     "no codebook fits"},
    {"CSME 12's for CSME 14.5",
     "good-csme14-lite",
     {{0x120E8 + 0x26, 2, 5}},
     0x120E8,
     {{"12", 1, true}},
     "RBEP",
     "rbe",
     MK_CHECK_UNCHECKED,
     "no codebook fits"},
};

Test(verify_book, verdicts_under_wrong_codebooks) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct forged_image f = {.b = forged(row->recipe)};
        struct mk_codebook *books[3];
        struct mk_chain chain;
        size_t n = 0;
        for (; n < 3 && row->books[n].name; n++)
            books[n] = book_of(row->books[n].name, row->books[n].change, row->books[n].known);
        patch(f.b, row->patches, 3);
        if (row->signs)
            sign_anew(f.b, row->signs);
        forged_read(&f);
        cr_assert(mk_verify(&f.image, books, n, &chain, NULL));
        const struct mk_module_link *m = find(&chain, row->partition, row->module);
        cr_expect_eq(m->result, row->result, "%s: %s", row->what, mk_check_name(m->result));
        cr_expect_str_eq(m->reason, row->reason, "%s: %s", row->what, m->reason);
        mk_chain_free(&chain);
        while (n > 0)
            mk_codebook_free(books[--n]);
        forged_close(&f);
    }
}

/* Modules that claim 16 MiB, tried with each of three codebooks: the fourth try exceeds the limit.
 */
Test(verify_book, tries_without_end) {
    struct mk_codebook *books[3] = {book_of("a", 1, true), book_of("b", 2, true),
                                    book_of("c", 3, true)};
    struct forged_image f = {.b = forged("good-me11")};
    struct mk_chain chain;
    size_t counts = 0;
    for (uint64_t met = 0x1640; met < 0x1800; met += 0x38)
        if (mk_span_u8(mk_buffer_span(f.b), met + 8) == 1)
            cr_assert(mk_buffer_uint(f.b, met + 0x0C, 4, MK_LIMIT_CODE));
    forged_read(&f);
    cr_assert(mk_verify(&f.image, books, 3, &chain, NULL));
    for (size_t i = 0; i < chain.problems.n; i++)
        counts += chain.problems.list[i].code == MK_E_COUNT;
    cr_expect_eq(counts, 1);
    mk_chain_free(&chain);
    for (size_t i = 0; i < 3; i++)
        mk_codebook_free(books[i]);
    forged_close(&f);
}

/* The forge's code with one wrong symbol. */
static struct mk_codebook *book_but_one(unsigned wrong, bool wrong_data) {
    struct mk_codebook *book = mk_codebook_new("own");
    cr_assert(book);
    for (unsigned i = 0; i < FORGE_HUFFMAN_CODEWORDS; i++)
        for (unsigned data = 0; data < 2; data++) {
            unsigned bits, word = forge_huffman_codeword(i, &bits);
            uint8_t symbol = forge_huffman_symbol(i, data) ^ (i == wrong && data == wrong_data);
            cr_assert(mk_codebook_add(book, data, word, bits, &symbol, 1, NULL));
        }
    cr_assert(mk_codebook_finish(book, NULL));
    return book;
}

static const struct mk_catalogue no_catalogue;

static const char unproven[] = "no other module proves all its codewords";

static unsigned count_spared(const struct forged_image *f, struct mk_codebook *wrong) {
    struct mk_chain chain;
    unsigned spared = 0;
    cr_assert(mk_verify_with(&f->image, &wrong, 1, &no_catalogue, &chain, NULL));
    cr_expect_eq(chain.verdict, MK_VERDICT_VALID);
    for (size_t i = 0; i < chain.n_modules; i++)
        spared += strcmp(chain.modules[i].reason, unproven) == 0;
    mk_chain_free(&chain);
    return spared;
}

/* Modules without the wrong symbol prove the codebook; those that have it stay unchecked. */
Test(verify_book, one_wrong_symbol_makes_no_image_bad) {
    static const char *const recipes[] = {"good-me6", "good-me8", "good-me11", "good-csme12"};
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct forged_image f = forged_open(recipes[i]);
        unsigned spared = 0;
        for (unsigned k = 0; k < 2 * FORGE_HUFFMAN_CODEWORDS; k += 3) {
            struct mk_codebook *book = book_but_one(k / 2, k % 2);
            spared += count_spared(&f, book);
            mk_codebook_free(book);
        }
        cr_expect_gt(spared, 5, "%s", recipes[i]);
        forged_close(&f);
    }
}

/* Two entries have the same pages, and one is damaged: the other one proves the codewords. */
Test(verify_book, proven_codewords_show_damage) {
    struct forged_image f = forged_open("good-me8");
    struct mk_codebook *book = book_but_one(FORGE_HUFFMAN_CODEWORDS, false);
    struct mk_chain chain;
    const struct mk_partition *p = f.image.firmware.boot;
    uint64_t kernel = mk_module_find(p, "KERNEL")->entry.at;
    uint64_t policy = mk_module_find(p, "POLICY")->entry.at, manifest = p->manifest.bytes.at;
    memcpy(f.b.p + policy + 0x14, f.b.p + kernel + 0x14, 0x2C); /* hash, load base, sizes */
    f.b.p[kernel + 0x14] ^= 1;
    sign_anew(f.b, manifest);
    forged_again(&f);
    cr_assert(mk_verify_with(&f.image, &book, 1, &no_catalogue, &chain, NULL));
    cr_expect_eq(find(&chain, "FTPR", "POLICY")->result, MK_CHECK_MATCH);
    cr_expect_eq(find(&chain, "FTPR", "KERNEL")->result, MK_CHECK_MISMATCH);
    cr_expect_eq(chain.verdict, MK_VERDICT_INVALID);
    mk_chain_free(&chain);
    mk_codebook_free(book);
    forged_close(&f);
}
