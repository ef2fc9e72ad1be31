/* SPDX-License-Identifier: MIT */
#include "book.h"
#include "forged.h"

#include <forge/build.h>
#include <mekit/verify/verify.h>
#include <stdio.h>

TestSuite(verify, .init = open_book, .fini = close_book);

static struct mk_chain verify(const struct forged_image *f, struct mk_codebook *const *books,
                              size_t n) {
    struct mk_chain chain;
    struct mk_error e = {0};
    cr_assert(mk_verify(&f->image, books, n, &chain, &e), "%s", e.what);
    return chain;
}

/* Numbers of modules: all, those without a hash (or bytes), and those that match only with a
 * codebook. */
static const struct {
    const char *recipe;
    size_t n_modules, no_hash, coded;
} images[] = {
    {"good-csme12", 14, 0, 8},    {"good-csme14-lite", 25, 0, 13},
    {"good-csme16", 15, 1, 8},    {"good-csme16-lite", 31, 2, 13},
    {"good-txe3-ifwi", 25, 3, 0}, {"good-dump-csme16", 15, 1, 8},
    {"good-dump-apl", 25, 3, 0},
};
#define IMAGES (sizeof images / sizeof *images)

static size_t count(const struct mk_chain *chain, enum mk_check result) {
    size_t n = 0;
    for (size_t i = 0; i < chain->n_modules; i++)
        n += chain->modules[i].result == result;
    return n;
}

static bool has_no_hash(const struct mk_module_link *m) {
    return m->result == MK_CHECK_UNCHECKED &&
           (strcmp(m->reason, "no hash exists") == 0 || strcmp(m->reason, "empty") == 0);
}

Test(verify, good_images_are_valid) {
    for (size_t i = 0; i < IMAGES; i++)
        for (size_t n_books = 0; n_books < 2; n_books++) {
            struct forged_image f = forged_open(images[i].recipe);
            struct mk_chain chain = verify(&f, &book, n_books);
            const char *recipe = images[i].recipe;
            size_t wanted = images[i].n_modules - images[i].no_hash;
            cr_assert_eq(chain.verdict, MK_VERDICT_VALID, "%s", recipe);
            cr_assert(chain.problems.n == 0 && chain.remarks.n == 0, "%s", recipe);
            cr_assert_eq(chain.n_modules, images[i].n_modules, "%s: %zu", recipe, chain.n_modules);
            wanted -= n_books ? 0 : images[i].coded;
            cr_assert_eq(count(&chain, MK_CHECK_MATCH), wanted, "%s: %zu", recipe,
                         count(&chain, MK_CHECK_MATCH));
            cr_assert_eq(count(&chain, MK_CHECK_UNCHECKED), chain.n_modules - wanted);
            mk_chain_free(&chain);
            forged_close(&f);
        }
}

Test(verify, modules_with_a_hash_match) {
    for (size_t i = 0; i < IMAGES; i++) {
        struct forged_image f = forged_open(images[i].recipe);
        struct mk_chain chain = verify(&f, &book, 1);
        for (size_t k = 0; k < chain.n_modules; k++) {
            const struct mk_module_link *m = &chain.modules[k];
            cr_assert(m->result == MK_CHECK_MATCH || has_no_hash(m), "%s: %.12s: %s",
                      images[i].recipe, (const char *)m->module->name, m->reason);
            cr_assert((m->reason[0] == 0) == (m->result == MK_CHECK_MATCH));
        }
        for (size_t k = 0; k < chain.n_partitions; k++)
            cr_assert(!chain.partitions[k].has_hash || chain.partitions[k].hash == MK_CHECK_MATCH,
                      "%s", images[i].recipe);
        mk_chain_free(&chain);
        forged_close(&f);
    }
}

/* ---- wrong codebooks ---- */

/* The forged code with other bytes: its output is never right. */
static struct mk_codebook *wrong_book(const char *name) {
    struct mk_codebook *wrong = mk_codebook_new(name);
    cr_assert(wrong);
    for (size_t i = 0; i < mk_codebook_count(book); i++) {
        const struct mk_codeword *word = mk_codebook_word(book, i);
        for (unsigned data = 0; data < 2; data++) {
            uint8_t symbol = word->symbol[data][0] ^ 0x55;
            cr_assert(mk_codebook_add(wrong, data, word->codeword, word->bits, &symbol, 1, NULL));
        }
    }
    cr_assert(mk_codebook_finish(wrong, NULL));
    return wrong;
}

Test(verify, a_codebook_that_does_not_fit) {
    static const struct {
        const char *name;
        enum mk_verdict verdict;
    } names[] = {
        {"other", MK_VERDICT_VALID}, /* nothing shows that it is the right one */
        {"cpt", MK_VERDICT_VALID},   /* for another generation: ignored */
        {"11", MK_VERDICT_VALID},    /* may be the right one, */
        {"12", MK_VERDICT_VALID},    /* or is the published one, damaged */
    };
    struct forged_image f = forged_open("good-csme12");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct mk_codebook *wrong = wrong_book(names[i].name);
        struct mk_chain chain = verify(&f, &wrong, 1);
        cr_assert_eq(chain.verdict, names[i].verdict, "%s", names[i].name);
        cr_assert_eq(count(&chain, MK_CHECK_MATCH), 6, "%s", names[i].name);
        mk_chain_free(&chain);
        mk_codebook_free(wrong);
    }
    forged_close(&f);
}

Test(verify, codebooks_are_tried_in_turn) {
    for (size_t i = 0; i < IMAGES; i++)
        for (unsigned last = 0; last < 2; last++) {
            struct forged_image f = forged_open(images[i].recipe);
            struct mk_codebook *wrong = wrong_book("11");
            struct mk_codebook *books[] = {last ? wrong : book, last ? book : wrong};
            struct mk_chain chain = verify(&f, books, 2);
            cr_assert_eq(chain.verdict, MK_VERDICT_VALID, "%s", images[i].recipe);
            cr_assert_eq(count(&chain, MK_CHECK_UNCHECKED), images[i].no_hash);
            mk_chain_free(&chain);
            mk_codebook_free(wrong);
            forged_close(&f);
        }
}

/* ---- coverage ---- */

static void add_manifests(const struct mk_chain *chain, const struct mk_image *image,
                          struct mk_ranges *set) {
    for (size_t i = 0; i < chain->n_manifests; i++) {
        struct mk_span bytes = chain->manifests[i].manifest.bytes;
        if (chain->manifests[i].signature.verdict == MK_SIGNATURE_VALID)
            mk_ranges_add(set, bytes.at - image->region.at, bytes.at - image->region.at + bytes.n);
    }
}

static void add_code(const struct mk_image *image, struct mk_ranges *set) {
    for (size_t i = 0; i < image->firmware.n_partitions; i++) {
        const struct mk_partition *p = &image->firmware.partitions[i];
        if (p->layout == MK_LAYOUT_DIRECTORY)
            mk_ranges_add(set, p->start, p->end);
    }
}

/* Code that a hash or signature covers. Key and signature of a signed manifest count too, since
 * damage there is found. */
static struct mk_ranges covered_code(const struct mk_chain *chain, const struct mk_image *image) {
    struct mk_ranges code = {0}, unhashed = {0}, manifests = {0};
    add_code(image, &code);
    add_manifests(chain, image, &manifests);
    mk_ranges_join(&unhashed, &chain->coverage.unhashed_ranges);
    mk_ranges_subtract(&unhashed, &manifests);
    mk_ranges_subtract(&code, &unhashed);
    mk_ranges_free(&unhashed);
    mk_ranges_free(&manifests);
    return code;
}

Test(verify, every_byte_of_the_region_is_accounted_for) {
    for (size_t i = 0; i < IMAGES; i++)
        for (size_t n_books = 0; n_books < 2; n_books++) {
            struct forged_image f = forged_open(images[i].recipe);
            struct mk_chain chain = verify(&f, &book, n_books);
            struct mk_coverage *c = &chain.coverage;
            struct mk_ranges code = {0}, covered = covered_code(&chain, &f.image);
            add_code(&f.image, &code);
            cr_assert_eq(c->is_signed + c->hashed + c->erased + c->unhashed, f.image.region.n, "%s",
                         images[i].recipe);
            cr_assert_eq(mk_ranges_size(&c->unhashed_ranges), c->unhashed);
            cr_assert_leq(mk_ranges_end(&c->unhashed_ranges), f.image.region.n);
            bool whole = mk_ranges_size(&covered) == mk_ranges_size(&code);
            cr_assert_eq(whole, f.image.firmware.layout.version != MK_IFWI_20, "%s",
                         images[i].recipe);
            mk_ranges_free(&code);
            mk_ranges_free(&covered);
            mk_chain_free(&chain);
            forged_close(&f);
        }
}

/* ---- damage ---- */

static enum mk_verdict verdict_of(struct mk_buffer b) {
    struct mk_image image;
    struct mk_chain chain;
    struct mk_error e = {0};
    enum mk_verdict verdict = MK_VERDICT_UNSUPPORTED;
    if (!mk_image_recognise(mk_buffer_span(b), NULL, &image, &e))
        return verdict;
    if (mk_verify(&image, &book, 1, &chain, &e)) {
        verdict = chain.verdict;
        mk_chain_free(&chain);
    }
    mk_image_free(&image);
    return verdict;
}

static uint64_t random_of(struct forge_random *r) {
    uint64_t value = 0;
    for (int i = 0; i < 6; i++)
        value = value << 8 | forge_random_byte(r);
    return value;
}

/* A byte of the set that is not FF. */
static uint64_t pick(struct forge_random *r, const struct forged_image *f, struct mk_ranges *set) {
    for (;;) {
        uint64_t left = random_of(r) % mk_ranges_size(set);
        size_t i = 0;
        for (; left >= set->r[i].end - set->r[i].start; i++)
            left -= set->r[i].end - set->r[i].start;
        uint64_t at = f->image.region.at + set->r[i].start + left;
        if (f->b.p[at] != 0xFF)
            return at;
    }
}

#define FLIPS 200

Test(verify, one_wrong_bit_is_found, .timeout = 110) {
    for (size_t i = 0; i < IMAGES - 2; i++) {
        struct forged_image f = forged_open(images[i].recipe);
        struct mk_chain chain = verify(&f, &book, 1);
        struct mk_ranges code = covered_code(&chain, &f.image);
        struct forge_random r = forge_random_of(images[i].recipe);
        for (int k = 0; k < FLIPS; k++) {
            uint64_t at = pick(&r, &f, &code);
            uint8_t bit = (uint8_t)(1u << forge_random_byte(&r) % 8);
            f.b.p[at] ^= bit;
            cr_assert_neq(verdict_of(f.b), MK_VERDICT_VALID, "%s: 0x%llx, bit %02x",
                          images[i].recipe, (unsigned long long)at, bit);
            f.b.p[at] ^= bit;
        }
        mk_ranges_free(&code);
        mk_chain_free(&chain);
        forged_close(&f);
    }
}
