/* SPDX-License-Identifier: MIT */
#include "book.h"
#include "forged.h"

#include <mekit/verify/verify.h>

TestSuite(catalogue, .init = open_book, .fini = close_book);

/* ---- the table ---- */

static bool is_in_order(const struct mk_catalogue_row *a, const struct mk_catalogue_row *b) {
    const uint64_t x[] = {a->signed_hash[0], a->signed_hash[1], a->stored_digest[0],
                          a->stored_digest[1]};
    const uint64_t y[] = {b->signed_hash[0], b->signed_hash[1], b->stored_digest[0],
                          b->stored_digest[1]};
    for (size_t i = 0; i < 4; i++)
        if (x[i] != y[i])
            return x[i] < y[i];
    return false;
}

Test(catalogue, rows_are_sorted_and_unique) {
    const struct mk_catalogue *c = &mk_catalogue_built_in;
    cr_assert_eq(c->n, 815);
    for (size_t i = 1; i < c->n; i++)
        cr_assert(is_in_order(&c->rows[i - 1], &c->rows[i]), "row %zu", i);
}

static void put_number(uint8_t *bytes, uint64_t number) {
    for (size_t i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(number >> (56 - 8 * i));
}

static void put_numbers(uint8_t *bytes, const uint64_t numbers[2]) {
    put_number(bytes, numbers[0]);
    put_number(bytes + 8, numbers[1]);
}

Test(catalogue, every_row_is_found_and_only_by_all_of_its_numbers) {
    const struct mk_catalogue *c = &mk_catalogue_built_in;
    for (size_t i = 0; i < c->n; i++) {
        uint8_t hash[MK_HASH_256] = {0};
        struct mk_digest stored = {.kind = MK_SHA256, .n = MK_HASH_256};
        size_t n, first;
        put_numbers(hash, c->rows[i].signed_hash);
        put_numbers(stored.bytes, c->rows[i].stored_digest);
        first = mk_catalogue_find(c, mk_span_of(hash, sizeof hash), &n);
        cr_assert(first <= i && i < first + n && n <= 2, "row %zu", i);
        cr_assert(mk_catalogue_knows(c, mk_span_of(hash, sizeof hash), &stored), "row %zu", i);
        stored.bytes[15] ^= 1;
        cr_assert_not(mk_catalogue_knows(c, mk_span_of(hash, sizeof hash), &stored));
        mk_catalogue_find(c, mk_span_of(hash, 20), &n);
        cr_assert_eq(n, 0, "a hash of 20 bytes");
        hash[15] ^= 1;
        mk_catalogue_find(c, mk_span_of(hash, sizeof hash), &n);
        cr_assert_eq(n, 0, "row %zu, another hash", i);
    }
}

/* ---- forged modules, with rows that a codebook proves ---- */

#define ROWS_MAX 32u

struct rows {
    struct mk_catalogue_row list[ROWS_MAX];
    struct mk_catalogue catalogue;
};

static uint64_t number_at(struct mk_span s, uint64_t at) {
    uint64_t number = 0;
    for (uint64_t i = 0; i < 8; i++)
        number = number << 8 | mk_span_u8(s, at + i);
    return number;
}

static void read_numbers(struct mk_span s, uint64_t numbers[2]) {
    numbers[0] = number_at(s, 0);
    numbers[1] = number_at(s, 8);
}

static int by_hash(const void *a, const void *b) {
    return is_in_order(b, a) - is_in_order(a, b);
}

static struct mk_chain verify(const struct forged_image *f, size_t n_books,
                              const struct mk_catalogue *catalogue) {
    struct mk_chain chain;
    struct mk_error e = {0};
    cr_assert(mk_verify_with(&f->image, &book, n_books, catalogue, &chain, &e), "%s", e.what);
    return chain;
}

static void rows_of(const struct forged_image *f, struct rows *rows) {
    struct mk_chain chain = verify(f, 1, &mk_catalogue_built_in);
    size_t n = 0;
    for (size_t i = 0; i < chain.n_modules && n < ROWS_MAX; i++) {
        const struct mk_module_link *m = &chain.modules[i];
        if (!m->has_stored)
            continue;
        cr_assert(m->means == MK_MEANS_CODEBOOK && m->result == MK_CHECK_MATCH);
        read_numbers(m->module->hash, rows->list[n].signed_hash);
        read_numbers(mk_span_of(m->stored.bytes, m->stored.n), rows->list[n++].stored_digest);
    }
    qsort(rows->list, n, sizeof *rows->list, by_hash);
    rows->catalogue = (struct mk_catalogue){rows->list, n};
    mk_chain_free(&chain);
}

static size_t count(const struct mk_chain *chain, enum mk_check result, enum mk_means means) {
    size_t n = 0;
    for (size_t i = 0; i < chain->n_modules; i++)
        n += chain->modules[i].result == result && chain->modules[i].means == means;
    return n;
}

static const char *const recipes[] = {"good-me6", "good-me7", "good-me8", "good-me10",
                                      "good-ignition"};

Test(catalogue, modules_are_proven_without_a_codebook) {
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct forged_image f = forged_open(recipes[i]);
        struct rows rows;
        rows_of(&f, &rows);
        cr_assert(rows.catalogue.n > 0, "%s", recipes[i]);
        struct mk_chain chain = verify(&f, 0, &rows.catalogue);
        cr_expect_eq(count(&chain, MK_CHECK_MATCH, MK_MEANS_CATALOGUE), rows.catalogue.n, "%s",
                     recipes[i]);
        cr_expect_eq(chain.verdict, MK_VERDICT_VALID);
        mk_chain_free(&chain);
        chain = verify(&f, 0, &mk_catalogue_built_in);
        cr_expect_eq(count(&chain, MK_CHECK_UNCHECKED, MK_MEANS_NONE), rows.catalogue.n,
                     "%s: rows that are not listed", recipes[i]);
        mk_chain_free(&chain);
        forged_close(&f);
    }
}

static const struct mk_module_link *link_of(const struct mk_chain *chain, const char *name) {
    for (size_t i = 0; i < chain->n_modules; i++)
        if (chain->modules[i].module->name_length == strlen(name) &&
            memcmp(chain->modules[i].module->name, name, strlen(name)) == 0)
            return &chain->modules[i];
    cr_assert_fail("no %s", name);
    return NULL;
}

static uint32_t page_of_bup(const struct forged_image *f) {
    const struct mk_partition *p = f->image.firmware.boot;
    const struct mk_module *bup = mk_module_find(p, "BUP");
    return p->llut.chunks[bup->first_page].start;
}

Test(catalogue, other_bytes_are_damage) {
    struct forged_image f = forged_open("good-me8");
    struct rows rows;
    rows_of(&f, &rows);
    f.b.p[page_of_bup(&f) + 9] ^= 4;
    forged_again(&f);
    struct mk_chain chain = verify(&f, 0, &rows.catalogue);
    const struct mk_module_link *bup = link_of(&chain, "BUP");
    cr_expect(bup->result == MK_CHECK_MISMATCH && bup->means == MK_MEANS_NONE);
    cr_expect(strstr(bup->reason, "catalogue"), "%s", bup->reason);
    cr_expect_eq(chain.verdict, MK_VERDICT_INVALID);
    cr_expect_eq(count(&chain, MK_CHECK_MATCH, MK_MEANS_CATALOGUE), rows.catalogue.n - 1);
    mk_chain_free(&chain);
    forged_close(&f);
}

Test(catalogue, a_codebook_outranks_it) {
    struct forged_image f = forged_open("good-me8");
    struct rows rows;
    rows_of(&f, &rows);
    for (size_t i = 0; i < rows.catalogue.n; i++)
        rows.list[i].stored_digest[1] ^= 1;
    struct mk_chain chain = verify(&f, 1, &rows.catalogue);
    cr_expect_eq(count(&chain, MK_CHECK_MATCH, MK_MEANS_CODEBOOK), rows.catalogue.n);
    cr_expect_eq(chain.verdict, MK_VERDICT_VALID);
    mk_chain_free(&chain);
    chain = verify(&f, 0, &rows.catalogue);
    cr_expect_eq(count(&chain, MK_CHECK_MISMATCH, MK_MEANS_NONE), rows.catalogue.n);
    mk_chain_free(&chain);
    forged_close(&f);
}

Test(catalogue, one_hash_may_have_two_stored_forms) {
    struct forged_image f = forged_open("good-me7");
    struct rows rows;
    rows_of(&f, &rows);
    size_t n = rows.catalogue.n;
    cr_assert(2 * n <= ROWS_MAX);
    for (size_t i = 0; i < n; i++) {
        rows.list[n + i] = rows.list[i];
        rows.list[n + i].stored_digest[0] ^= 1;
    }
    qsort(rows.list, 2 * n, sizeof *rows.list, by_hash);
    rows.catalogue.n = 2 * n;
    struct mk_chain chain = verify(&f, 0, &rows.catalogue);
    cr_expect_eq(count(&chain, MK_CHECK_MATCH, MK_MEANS_CATALOGUE), n);
    mk_chain_free(&chain);
    forged_close(&f);
}

Test(catalogue, means_have_names) {
    cr_assert_str_eq(mk_means_name(MK_MEANS_NONE), "none");
    cr_assert_str_eq(mk_means_name(MK_MEANS_PARTITION_HASH), "partition hash");
    cr_assert_str_eq(mk_means_name(MK_MEANS_CODEBOOK), "codebook");
}

/* ---- ME 6 NFTP: a table of all pages instead of the partition's own ---- */

#define LLUT     0x3640u /* place of the LLUT in good-me8's FTPR */
#define GLUT     0x1000u /* replaces EFFS */
#define SPI_BASE 0x0Cu

static bool rename_entry(struct mk_buffer b, const char *from, const char *to) {
    for (uint64_t at = 0x30; at < 0x300; at += 0x20)
        if (mk_span_has(mk_buffer_span(b), at, from, 4))
            return mk_buffer_put(b, at, to, 4);
    return false;
}

static void move_table(struct forged_image *f, const char *tag) {
    uint32_t spi_base = f->image.firmware.boot->llut.spi_base;
    cr_assert(mk_buffer_move(f->b, GLUT, LLUT, 0x200) && mk_buffer_put(f->b, GLUT, tag, 4));
    cr_assert(mk_buffer_uint(f->b, GLUT + SPI_BASE, 4, spi_base - (LLUT - GLUT)));
    cr_assert(mk_buffer_put(f->b, LLUT, "XXXX", 4) && rename_entry(f->b, "EFFS", "GLUT"));
    forged_again(f);
}

Test(catalogue, a_table_of_all_pages_replaces_a_missing_one) {
    static const struct {
        const char *tag;
        bool good;
    } tags[] = {{"GLUT", true}, {"\0LUT", true}, {"LUT\0", false}};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        struct forged_image f = forged_open("good-me8");
        struct rows rows;
        rows_of(&f, &rows);
        size_t coded = rows.catalogue.n;
        move_table(&f, tags[i].tag);
        struct mk_chain chain = verify(&f, 1, &mk_catalogue_built_in);
        const struct mk_module_link *bup = link_of(&chain, "BUP");
        cr_expect_eq(bup->result, tags[i].good ? MK_CHECK_MATCH : MK_CHECK_UNCHECKED, "%s",
                     bup->reason);
        cr_expect_not(bup->has_stored);
        mk_chain_free(&chain);
        chain = verify(&f, 0, &rows.catalogue);
        cr_expect_lt(count(&chain, MK_CHECK_MATCH, MK_MEANS_CATALOGUE), coded);
        cr_expect_eq(link_of(&chain, "BUP")->result, MK_CHECK_UNCHECKED);
        mk_chain_free(&chain);
        forged_close(&f);
    }
}
