/* SPDX-License-Identifier: MIT */
/* Looks at an image: everything that is known to be wrong or odd in it, as findings. */
#ifndef MEKIT_INSPECT_INSPECT_H
#define MEKIT_INSPECT_INSPECT_H

#include <mekit/base/api.h>
#include <mekit/inspect/finding.h>
#include <mekit/verify/verify.h>

MK_BEGIN_DECLS

/* How closely: bits of a set. Sizes, descriptor, regions and tables are always looked at. */
enum mk_look {
    MK_LOOK_READ = 1 << 0,   /* every byte: lines of the programmer that are stuck, blank regions */
    MK_LOOK_CHAIN = 1 << 1,  /* signatures and hashes */
    MK_LOOK_COPIES = 1 << 2, /* further descriptors, tables and manifests, Boot Guard */
    MK_LOOK_BOOT = 1 << 3    /* of the chain only what may block an edit: see mk_verify_boot */
};

/* How many of the modules that are needed to boot were shown to be whole. */
struct mk_proof {
    unsigned boot_modules, proven;
    uint64_t unproven_bytes;
};

struct mk_inspection {
    struct mk_findings findings;
    bool verified; /* chain and proof are filled */
    struct mk_chain chain;
    struct mk_error unverified; /* code MK_OK, or why there is nothing to verify */
    struct mk_proof proof;
};

/* books: as for mk_verify. False: MEMORY. End with mk_inspection_free in any case. */
bool mk_inspect(const struct mk_image *image, unsigned look, struct mk_codebook *const *books,
                size_t n_books, struct mk_inspection *inspection, struct mk_error *e);
void mk_inspection_free(struct mk_inspection *inspection);

/* The chain's verdict; INVALID where anything else is damaged. */
enum mk_verdict mk_inspection_verdict(const struct mk_inspection *inspection);

/* Looks at bytes that mk_image_recognise refuses: why they are no dump. False: MEMORY. */
bool mk_inspect_unknown(struct mk_span bytes, struct mk_findings *findings, struct mk_error *e);

MK_END_DECLS

#endif
