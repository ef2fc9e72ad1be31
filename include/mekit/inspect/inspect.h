/* SPDX-License-Identifier: MIT */
/* Looks at an image and reports everything wrong or odd in it as findings. */
#ifndef MEKIT_INSPECT_INSPECT_H
#define MEKIT_INSPECT_INSPECT_H

#include <mekit/base/api.h>
#include <mekit/inspect/finding.h>
#include <mekit/verify/verify.h>

MK_BEGIN_DECLS

/* How closely to look: bits of a set. mk_inspect always looks at sizes, descriptor, regions and
 * tables. */
enum mk_look {
    MK_LOOK_READ = 1 << 0,   /* every byte: stuck lines of the programmer, blank regions */
    MK_LOOK_CHAIN = 1 << 1,  /* signatures, hashes, the ME's file systems */
    MK_LOOK_COPIES = 1 << 2, /* further descriptors, tables and manifests, Boot Guard */
    MK_LOOK_BOOT = 1 << 3    /* only the part of the chain that may block an edit: mk_verify_boot */
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

/* Finds out why bytes that mk_image_recognise refuses are not a dump. False: MEMORY. */
bool mk_inspect_unknown(struct mk_span bytes, struct mk_findings *findings, struct mk_error *e);

MK_END_DECLS

#endif
