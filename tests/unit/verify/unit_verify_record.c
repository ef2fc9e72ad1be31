/* SPDX-License-Identifier: MIT */
/* Records of modules in the code of rbe: the reader takes only a limited number. */
#include "found.h"
#include "patched.h"

#include <mekit/image/unpack.h>
#include <mekit/verify/verify.h>

TestSuite(verify_record, .fini = check_leaks);

#define RBE_MET  0x539Cu
#define RBEP     0x5000u
#define RBE_CODE 0x2000u
#define RECORD   12u /* distance of made-up records: each begins inside the one before */

/* n made-up records (and some impossible ones: with size 0, or too large), then rbe's own code. */
static struct mk_buffer code_with(uint32_t n, const struct forged_image *f,
                                  const struct mk_codebook *book) {
    const struct mk_partition *p = mk_partition_find(&f->image.firmware, "RBEP");
    struct mk_buffer rbe;
    size_t size = ((size_t)n * RECORD + 0x1FFF) / 0x1000 * 0x1000;
    struct mk_buffer code = {calloc(1, size + RBE_CODE), size + RBE_CODE};
    cr_assert(code.p &&
              mk_module_unpack(f->image.region, p, mk_module_find(p, "rbe"), book, &rbe, NULL));
    for (uint32_t i = 0; i < n; i++) {
        const struct patch record[] = {
            {i * RECORD + 6, 2, 0x8086}, {i * RECORD + 8, 4, 1}, {i * RECORD + 12, 4, 1}};
        patch(code, record, 3);
    }
    const struct patch none[] = {
        {size - 0x40 + 6, 2, 0x8086}, {size - 0x40 + 8, 4, 1},
        {size - 0x80 + 6, 2, 0x8086}, {size - 0x80 + 12, 4, 1},
        {size - 0xC0 + 6, 2, 0x8086}, {size - 0xC0 + 8, 4, MK_LIMIT_CODE + 1},
        {size - 0xC0 + 12, 4, 1},     {size - 0x100 + 6, 2, 0x8086},
        {size - 0x100 + 8, 4, 1},     {size - 0x100 + 12, 4, MK_LIMIT_CODE + 1}};
    patch(code, none, sizeof none / sizeof *none);
    cr_assert(mk_buffer_put(code, size, rbe.p, rbe.n));
    free(rbe.p);
    return code;
}

/* good-csme12 with another rbe, which lies after everything else; its metadata is adapted. */
static struct mk_buffer image_with(struct mk_buffer code, const struct forged_image *f) {
    struct mk_buffer b = {malloc(f->b.n + 2 * code.n), f->b.n};
    struct mk_span bytes = mk_buffer_span(code);
    struct mk_digest digest;
    unsigned slot = mk_partition_find(&f->image.firmware, "RBEP")->entry;
    cr_assert(b.p && mk_buffer_put(b, 0, f->b.p, f->b.n));
    size_t stored = forge_huffman_module(code.p, code.n, 0, b.p + b.n);
    cr_assert(mk_digest_take(MK_SHA256, &bytes, 1, &digest, NULL));
    const struct patch patches[] = {
        {RBEP + 0x10 + 0x18 + 12, 3, f->b.n - RBEP},
        {RBEP + 0x10 + 0x18 + 16, 4, code.n},
        {RBE_MET + 0x0C, 4, code.n},
        {RBE_MET + 0x10, 4, stored},
        {0x4000 + MK_BPDT_HEADER_SIZE + slot * MK_BPDT_ENTRY_SIZE + 8, 4, f->b.n + stored - RBEP},
    };
    b.n += stored;
    patch(b, patches, sizeof patches / sizeof *patches);
    forge_digest_put(b, RBE_MET + 0x18, &digest, true);
    return b;
}

/* The reader takes as many records as allowed, and ignores those after them. */
Test(verify_record, records_without_end) {
    static const struct {
        uint32_t n;
        enum mk_check kernel;
    } cases[] = {{0, MK_CHECK_MATCH}, {4000, MK_CHECK_MATCH}, {4200, MK_CHECK_UNCHECKED}};
    struct forged_image f = forged_open("good-csme12");
    struct mk_codebook *book = forged_codebook("forged");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mk_buffer code = code_with(cases[i].n, &f, book), b = image_with(code, &f);
        struct mk_image image;
        struct mk_chain chain;
        cr_assert(mk_image_recognise(mk_buffer_span(b), NULL, &image, NULL));
        cr_assert(mk_verify(&image, &book, 1, &chain, NULL));
        const struct mk_module_link *rbe = find(&chain, "RBEP", "rbe");
        const struct mk_module_link *kernel = find(&chain, "FTPR", "kernel");
        cr_expect_eq(rbe->result, MK_CHECK_MATCH, "%u: %s", cases[i].n, rbe->reason);
        cr_expect_eq(kernel->result, cases[i].kernel, "%u: %s", cases[i].n, kernel->reason);
        mk_chain_free(&chain);
        mk_image_free(&image);
        free(code.p);
        free(b.p);
    }
    mk_codebook_free(book);
    forged_close(&f);
}
