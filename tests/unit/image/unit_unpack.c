/* SPDX-License-Identifier: MIT */
#include "forged.h"

#include <forge/cse/cse.h>
#include <mekit/codec/digest.h>
#include <mekit/image/extent.h>
#include <mekit/image/unpack.h>

static struct mk_codebook *book;

static void open_book(void) {
    book = forged_codebook("12");
    cr_assert(book);
}

static void close_book(void) {
    mk_codebook_free(book);
    check_leaks();
}

TestSuite(unpack, .init = open_book, .fini = close_book);

#define PAGE        0x1000u
#define KIND_SHIFT  25
#define OFFSET_MASK 0x01FFFFFFu

/* ---- whole modules ---- */

static bool has_hash(const struct mk_module *m) {
    return m->kind == MK_MODULE_CODE && m->hash.n > 0;
}

static void check_digest(const char *recipe, const struct mk_module *m, struct mk_span covered) {
    struct mk_digest digest;
    enum mk_digest_kind kind = m->hash.n == 48 ? MK_SHA384 : MK_SHA256;
    cr_assert(mk_digest_take(kind, &covered, 1, &digest, NULL));
    cr_assert(mk_digest_equals(&digest, m->hash, !m->hash_natural), "%s: %.12s", recipe,
              (const char *)m->name);
}

/* Returns the number of modules with this compression and a hash. */
static size_t check_modules(const char *recipe, enum mk_compression compression) {
    struct forged_image f = forged_open(recipe);
    size_t n = 0;
    for (size_t i = 0; i < f.image.firmware.n_partitions; i++) {
        const struct mk_partition *p = &f.image.firmware.partitions[i];
        for (size_t k = 0; k < p->n_modules; k++) {
            const struct mk_module *m = &p->modules[k];
            struct mk_buffer code;
            struct mk_error e = {0};
            if (!has_hash(m) || m->compression != compression)
                continue;
            cr_assert(mk_module_unpack(f.image.region, p, m, book, &code, &e), "%s: %.12s: %s",
                      recipe, (const char *)m->name, e.what);
            cr_assert_eq(code.n, mk_module_code_size(m, &e));
            bool stored = p->layout == MK_LAYOUT_DIRECTORY && m->compression != MK_HUFFMAN;
            check_digest(recipe, m, stored ? mk_module_stored(m) : mk_buffer_span(code));
            free(code.p);
            n++;
        }
    }
    forged_close(&f);
    return n;
}

Test(unpack, code_has_the_recorded_hash) {
    static const struct {
        const char *recipe;
        size_t n[3]; /* stored, Huffman, LZMA */
    } rows[] = {
        {"good-csme12", {2, 1, 0}},    {"good-csme14-lite", {4, 2, 0}}, {"good-csme16", {2, 1, 0}},
        {"good-txe3-ifwi", {5, 0, 6}}, {"good-me8", {1, 6, 5}},         {"good-txe1", {2, 0, 4}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (unsigned c = 0; c < 3; c++) {
            size_t n = check_modules(rows[i].recipe, (enum mk_compression)c);
            cr_assert_eq(n, rows[i].n[c], "%s: %zu %s", rows[i].recipe, n,
                         mk_compression_name((enum mk_compression)c));
        }
}

/* The forge, unlike metadata and records, has the original bytes. */
static void check_plain(const char *recipe, const char *partition, const char *name) {
    struct forged_image f = forged_open(recipe);
    const struct mk_partition *p = mk_partition_find(&f.image.firmware, partition);
    const struct mk_module *m = mk_module_find(p, name);
    struct mk_buffer code;
    struct mk_error e = {0};
    cr_assert(mk_module_unpack(f.image.region, p, m, book, &code, &e), "%s", e.what);
    uint8_t *plain = malloc(code.n);
    forge_code_fill(plain, code.n, name);
    cr_assert_arr_eq(code.p, plain, code.n, "%s: %s", recipe, name);
    free(plain);
    free(code.p);
    forged_close(&f);
}

Test(unpack, code_equals_the_original) {
    check_plain("good-csme12", "FTPR", "kernel");
    check_plain("good-csme12", "FTPR", "syslib");
    check_plain("good-csme12", "FTPR", "storage");
    check_plain("good-csme12", "FTPR", "intl.cfg");
    check_plain("good-csme12", "NFTP", "dal");
    check_plain("good-csme16-lite", "NFTP", "amt");
    check_plain("good-txe3-ifwi", "FTPR", "bup");
}

/* ---- one module, damaged ---- */

static struct forged_image image;
static const struct mk_partition *p;
static const struct mk_module *m;

static void find(const char *partition, const char *name) {
    p = mk_partition_find(&image.image.firmware, partition);
    m = mk_module_find(p, name);
    cr_assert(m);
}

/* CSME 12's kernel: two pages, the second coded as data; no structure gives its stored size. */
static void open_kernel(void) {
    image = forged_open("good-csme12");
    find("FTPR", "kernel");
}

static enum mk_code unpack(const struct mk_codebook *by) {
    struct mk_buffer code;
    struct mk_error e = {0};
    if (mk_module_unpack(image.image.region, p, m, by, &code, &e))
        free(code.p);
    return e.code;
}

static uint32_t page_entry(unsigned i) {
    return mk_span_u32(m->stored, 4 * i);
}

static void put_entry(unsigned i, uint32_t offset, uint32_t kind) {
    mk_buffer_uint(image.b, m->start + 4 * i, 4, offset | kind << KIND_SHIFT);
}

Test(unpack, huffman_needs_a_codebook) {
    open_kernel();
    cr_assert_eq(unpack(NULL), MK_E_CODEBOOK);
    cr_assert_eq(unpack(book), MK_OK);
    forged_close(&image);
}

Test(unpack, kinds_of_pages) {
    open_kernel();
    uint32_t offset = page_entry(1) & OFFSET_MASK;
    cr_assert_eq(page_entry(0), 0x20u << KIND_SHIFT);
    cr_assert_eq(page_entry(1) >> KIND_SHIFT, 0x60);
    for (uint32_t kind = 0; kind < 0x80; kind++) {
        put_entry(1, offset, kind);
        cr_assert_eq(unpack(book), kind == 0x20 || kind == 0x60 ? MK_OK : MK_E_STREAM, "kind %x",
                     kind);
    }
    forged_close(&image);
}

Test(unpack, offsets_of_pages) {
    static const uint32_t wrong[] = {1, 0x40, OFFSET_MASK, 0x00FFFFFF};
    open_kernel();
    uint32_t offset = page_entry(1) & OFFSET_MASK;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        put_entry(1, wrong[i], 0x60);
        cr_assert_eq(unpack(book), MK_E_STREAM, "offset %x", wrong[i]);
    }
    put_entry(1, (uint32_t)m->stored.n - 8, 0x60);
    cr_assert_eq(unpack(book), MK_E_STREAM, "it ends with the module");
    put_entry(1, offset, 0x60);
    cr_assert_eq(unpack(book), MK_OK);
    put_entry(1, 0, 0x20);
    cr_assert_eq(unpack(book), MK_OK, "two pages that are the same");
    forged_close(&image);
}

/* Writes pages that do not fill their 0x40 bytes, unlike the forge's own. Returns the end. */
static uint64_t put_short_pages(void) {
    uint8_t plain[2 * PAGE] = {0}, packed[4 * PAGE];
    struct mk_buffer b = {plain, sizeof plain};
    forge_random_fill(b, 0, 100, "unit_unpack");
    forge_random_fill(b, PAGE, 131, "unit_unpack");
    size_t n = forge_huffman_module(plain, sizeof plain, 1, packed);
    cr_assert_leq(n, m->stored.n);
    mk_buffer_put(image.b, m->start, packed, n);
    return m->start + n;
}

/* Changes each of the zero bytes before a place in turn; returns their number. */
static uint64_t check_padding(uint64_t end) {
    uint64_t at = end;
    while (image.b.p[at - 1] == 0)
        at--;
    for (uint64_t i = at; i < end; i++) {
        image.b.p[i] = 0x80;
        cr_assert_eq(unpack(book), MK_E_STREAM, "%llx", (unsigned long long)i);
        image.b.p[i] = 0;
    }
    return end - at;
}

Test(unpack, bytes_between_pages_are_zero) {
    open_kernel();
    uint64_t end = put_short_pages(), second = m->start + 8 + (page_entry(1) & OFFSET_MASK);
    cr_assert_eq(unpack(book), MK_OK);
    cr_assert_gt(check_padding(second), 0, "the first page is padded");
    cr_assert_gt(check_padding(end), 0, "so is the second");
    image.b.p[end] ^= 0xFF;
    cr_assert_eq(unpack(book), MK_OK, "behind the last one, anything may stand");
    forged_close(&image);
}

Test(unpack, a_table_that_is_cut_off) {
    open_kernel();
    struct mk_module cut = *m;
    struct mk_span stored = m->stored;
    m = &cut;
    for (uint64_t n = 0; n <= 8; n++) {
        cut.stored = mk_span_clip(stored, 0, n);
        cr_assert_eq(unpack(book), MK_E_STREAM, "%u bytes", (unsigned)n);
    }
    forged_close(&image);
}

Test(unpack, sizes_and_kinds_that_nothing_can_unpack) {
    open_kernel();
    struct mk_module other = *m;
    m = &other;
    other.encrypted = true;
    cr_assert_eq(unpack(book), MK_E_NO_OPERATION);
    other.encrypted = false;
    other.compression = MK_COMPRESSION_UNKNOWN;
    cr_assert_eq(unpack(book), MK_E_NO_OPERATION);
    other.compression = MK_HUFFMAN;
    static const uint32_t wrong[] = {0, MK_LIMIT_CODE + 1, UINT32_MAX};
    for (size_t i = 0; i < 3; i++) {
        other.code_size = wrong[i];
        cr_assert_eq(unpack(book), MK_E_RANGE, "%x", wrong[i]);
    }
    static const uint32_t more[] = {3 * PAGE, MK_LIMIT_CODE};
    for (size_t i = 0; i < 2; i++) {
        other.code_size = more[i];
        cr_assert_eq(unpack(book), MK_E_STREAM, "%x", more[i]);
    }
    forged_close(&image);
}

Test(unpack, damage_of_an_lzma_module) {
    image = forged_open("good-txe3-ifwi");
    find("FTPR", "bup");
    cr_assert_eq(unpack(NULL), MK_OK, "no codebook is needed");
    uint64_t size_at = m->start + 5;
    static const uint64_t wrong[] = {0, 0x17FF, 0x1801, UINT64_C(1) << 40, UINT64_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        mk_buffer_uint(image.b, size_at, 8, wrong[i]);
        cr_assert_eq(unpack(NULL), MK_E_STREAM);
    }
    mk_buffer_uint(image.b, size_at, 8, 0x1800);
    struct mk_module other = *m;
    m = &other;
    other.code_size = 0;
    cr_assert_eq(unpack(NULL), MK_OK, "then the stream tells its size");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        mk_buffer_uint(image.b, size_at, 8, wrong[i]);
        enum mk_code code = unpack(NULL);
        cr_assert(code == MK_E_STREAM || code == MK_E_RANGE);
    }
    forged_close(&image);
}

/* ---- generation 2: the LLUT lists the pages ---- */

Test(unpack, pages_of_the_llut) {
    image = forged_open("good-me8");
    find("FTPR", "KERNEL");
    cr_assert_eq(unpack(NULL), MK_E_CODEBOOK);
    cr_assert_eq(unpack(book), MK_OK);
    struct mk_chunk *chunk = &p->llut.chunks[m->first_page];
    while ((chunk->kind & MK_CHUNK_DATA) == MK_CHUNK_STORED)
        chunk++;
    struct mk_module other = *m;
    struct mk_buffer code;
    other.code_size = 0x300; /* less than the first page */
    cr_assert(mk_module_unpack(image.image.region, p, &other, book, &code, NULL));
    cr_assert_eq(code.n, 0x300);
    free(code.p);
    uint8_t kind = chunk->kind;
    chunk->kind = MK_CHUNK_EMPTY;
    cr_assert_eq(unpack(book), MK_E_STREAM, "a page is missing");
    chunk->kind = kind;
    chunk->end = chunk->start;
    cr_assert_eq(unpack(book), MK_E_STREAM, "a page without bytes");
    chunk->start = chunk->end = UINT32_MAX;
    cr_assert_eq(unpack(book), MK_E_STREAM, "a page behind the end");
    image.image.firmware.partitions[p - image.image.firmware.partitions].has_llut = false;
    cr_assert_eq(unpack(book), MK_E_NO_OPERATION);
    forged_close(&image);
}
