/* SPDX-License-Identifier: MIT */
/* Parts overlap so often that hashing them all would take for ever: the work is limited, and
 * reaching the limit is reported as damage. */
#include "patched.h"

#include <mekit/verify/verify.h>
#include <stdio.h>

TestSuite(verify_bound, .fini = check_leaks);

/* ---- a directory whose entries all have the same bytes ---- */

#define ENTRIES  1000u
#define BYTES_AT 0x8000u
#define SIZE     0x30000u
#define EACH     (SIZE - BYTES_AT)
#define MET_AT   0x7000u
#define MET_SIZE 0x38u

struct directory {
    struct mk_buffer b;
    unsigned n;
};

static struct directory directory_start(void) {
    struct directory d = {.b = {calloc(1, SIZE), SIZE}};
    cr_assert(d.b.p);
    forge_text(d.b, 0, "$CPD");
    forge_field(d.b, 0, &mk_cpd_fields[MK_CPD_VERSION], 1);
    forge_field(d.b, 0, &mk_cpd_fields[MK_CPD_ENTRY_VERSION], 1);
    forge_field(d.b, 0, &mk_cpd_fields[MK_CPD_HEADER_LENGTH], 0x10);
    forge_text(d.b, 12, "FTPR");
    return d;
}

static void add(struct directory *d, const char *name, uint32_t offset, uint32_t length) {
    uint64_t at = 0x10 + (uint64_t)d->n++ * MK_CPD_ENTRY_SIZE;
    forge_text(d->b, at, name);
    forge_field(d->b, at, &mk_cpd_entry_fields[MK_CPD_ENTRY_OFFSET], offset);
    forge_field(d->b, at, &mk_cpd_entry_fields[MK_CPD_ENTRY_LENGTH], length);
    forge_field(d->b, 0, &mk_cpd_fields[MK_CPD_COUNT], d->n);
}

/* Adds modules with equal metadata. */
static void add_modules(struct directory *d, unsigned n, unsigned compression, uint32_t code_size) {
    struct mk_buffer me11 = forged("good-me11");
    cr_assert(mk_buffer_put(d->b, MET_AT, me11.p + 0x1640, MET_SIZE));
    forge_field(d->b, MET_AT, &mk_attribute_fields[MK_ATTRIBUTE_COMPRESSION], compression);
    forge_field(d->b, MET_AT, &mk_attribute_fields[MK_ATTRIBUTE_CODE_SIZE], code_size);
    forge_field(d->b, MET_AT, &mk_attribute_fields[MK_ATTRIBUTE_STORED_SIZE], EACH);
    free(me11.p);
    for (unsigned i = 0; i < n; i++) {
        char name[24];
        snprintf(name, sizeof name, "m%u", i);
        add(d, name, BYTES_AT, EACH);
        snprintf(name, sizeof name, "m%u.met", i);
        add(d, name, MET_AT, MET_SIZE);
    }
}

static void add_manifests(struct directory *d, unsigned n) {
    struct mk_buffer me11 = forged("good-me11");
    cr_assert(mk_buffer_put(d->b, BYTES_AT, me11.p + 0x11A8, 0x498));
    free(me11.p);
    d->b.n = BYTES_AT + 0x1000;
    for (unsigned i = 0; i < n; i++) {
        char name[24];
        snprintf(name, sizeof name, "m%u.man", i);
        add(d, name, BYTES_AT, 0x498);
    }
}

static void expect(struct directory *d, const char *what, bool bounded) {
    struct mk_chain chain;
    struct mk_image image;
    size_t counts = 0;
    cr_assert(mk_image_recognise(mk_buffer_span(d->b), NULL, &image, NULL), "%s", what);
    cr_assert(mk_verify(&image, NULL, 0, &chain, NULL), "%s", what);
    for (size_t i = 0; i < chain.problems.n; i++)
        counts += chain.problems.list[i].code == MK_E_COUNT;
    cr_expect_eq(counts, bounded, "%s", what);
    cr_expect_eq(chain.verdict, MK_VERDICT_INVALID);
    mk_chain_free(&chain);
    mk_image_free(&image);
    free(d->b.p);
}

Test(verify_bound, entries_that_are_all_the_same) {
    struct directory d = directory_start();
    add_modules(&d, 4, 0, EACH);
    expect(&d, "a few modules", false);
    d = directory_start();
    add_modules(&d, ENTRIES / 2, 0, EACH);
    expect(&d, "modules", true);
    d = directory_start();
    add_modules(&d, 8, 2, MK_LIMIT_CODE);
    expect(&d, "modules that unpack to much", true);
    d = directory_start();
    add_manifests(&d, MK_LIMIT_CPD_ENTRIES - 1);
    expect(&d, "manifests", true);
}

/* ---- modules with records ---- */

/* Each Huffman module of CSME 12 claims 16 MiB, and each codebook may unpack it. */
Test(verify_bound, recorded_modules_that_unpack_to_much) {
    struct forged_image f = forged_open("good-csme12");
    struct mk_codebook *book = forged_codebook("forged");
    struct mk_chain chain;
    size_t counts = 0;
    for (size_t i = 0; i < f.image.firmware.n_partitions; i++) {
        const struct mk_partition *p = &f.image.firmware.partitions[i];
        for (size_t k = 0; k < p->n_modules; k++)
            if (p->modules[k].compression == MK_HUFFMAN)
                cr_assert(mk_buffer_uint(f.b, p->start + 0x10 + k * MK_CPD_ENTRY_SIZE + 16, 4,
                                         MK_LIMIT_CODE));
    }
    forged_again(&f);
    cr_assert(mk_verify(&f.image, &book, 1, &chain, NULL));
    for (size_t i = 0; i < chain.problems.n; i++)
        counts += chain.problems.list[i].code == MK_E_COUNT;
    cr_expect_eq(counts, 1);
    mk_chain_free(&chain);
    mk_codebook_free(book);
    forged_close(&f);
}

/* ---- codebooks ---- */

/* Only a limited number of codebooks is tried. */
Test(verify_bound, codebooks_without_end) {
    struct forged_image f = forged_open("good-csme12");
    struct mk_codebook *books[MK_CODEBOOKS_MAX + 1];
    struct mk_chain chain;
    for (size_t i = 0; i <= MK_CODEBOOKS_MAX; i++) {
        books[i] = forged_codebook(i < MK_CODEBOOKS_MAX ? "11" : "12");
        cr_assert(books[i]);
    }
    cr_assert(mk_verify(&f.image, books, MK_CODEBOOKS_MAX + 1, &chain, NULL));
    cr_expect_eq(chain.verdict, MK_VERDICT_VALID);
    mk_chain_free(&chain);
    for (size_t i = 0; i <= MK_CODEBOOKS_MAX; i++)
        mk_codebook_free(books[i]);
    forged_close(&f);
}
