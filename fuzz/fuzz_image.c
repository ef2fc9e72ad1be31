/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <forged_codebook.h>
#include <mekit/action/minimum.h>
#include <mekit/action/seal.h>
#include <mekit/image/scan.h>
#include <mekit/image/unpack.h>
#include <mekit/verify/verify.h>
#include <stdlib.h>

#define UNPACKED_MAX (8u << 20) /* for all modules together: more would only be slow */

static struct mk_codebook *book_of(void) {
    static struct mk_codebook *book;
    if (!book)
        book = forged_codebook("forged");
    if (!book)
        abort();
    return book;
}

static void verify(const struct mk_image *image, size_t n_books) {
    struct mk_codebook *book = book_of();
    struct mk_chain chain;
    struct mk_error e;
    if (!mk_verify(image, &book, n_books, &chain, &e))
        return;
    struct mk_coverage *c = &chain.coverage;
    if (c->is_signed + c->hashed + c->erased + c->unhashed != image->region.n)
        abort();
    for (size_t i = 0; i < chain.n_modules; i++)
        if ((chain.modules[i].result == MK_CHECK_MATCH) != (chain.modules[i].reason[0] == 0))
            abort();
    mk_chain_free(&chain);
}

static void unpack_all(const struct mk_image *image) {
    uint64_t left = UNPACKED_MAX;
    for (size_t i = 0; i < image->firmware.n_partitions; i++) {
        const struct mk_partition *p = &image->firmware.partitions[i];
        for (size_t k = 0; k < p->n_modules; k++) {
            struct mk_buffer code;
            struct mk_error e;
            uint64_t size = mk_module_code_size(&p->modules[k], &e);
            if (size > left ||
                !mk_module_unpack(image->region, p, &p->modules[k], book_of(), &code, &e))
                continue;
            if (code.n != size)
                abort();
            left -= size;
            free(code.p);
        }
    }
}

static void look(struct mk_span bytes) {
    struct mk_image image;
    struct mk_seal seal;
    struct mk_error e;
    uint64_t size;
    if (!mk_image_recognise(bytes, NULL, &image, &e))
        return;
    verify(&image, fuzz_choose(bytes, 0, 2));
    unpack_all(&image);
    mk_seal_take(&image, &seal, &e);
    mk_minimum_size(&image, &size, &e);
    mk_image_free(&image);
}

/* Each find lies in the file and is reported once. A table may lead back to the start of a larger
 * image that contains earlier finds. */
static void scan(struct mk_span bytes) {
    struct mk_scan scan = {.file = bytes};
    struct mk_found found, last = {0};
    struct mk_error e;
    unsigned n = 0;
    for (; mk_scan_next(&scan, &found, &e); n++) {
        fuzz_expect(n == 0 || found.offset != last.offset || found.kind != last.kind,
                    "what is found is told once");
        fuzz_expect(found.offset <= bytes.n && found.size <= bytes.n - found.offset,
                    "what is found lies in the file");
        last = found;
    }
    fuzz_expect(e.code == MK_OK || e.code == MK_E_COUNT, "a search ends at the file's end");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    book_of();
    fuzz_memory_begin();
    look(mk_span_of(bytes, n));
    scan(mk_span_of(bytes, n));
    fuzz_memory_end();
    return 0;
}
