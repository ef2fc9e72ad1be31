/* SPDX-License-Identifier: MIT */
/* Private to lib/verify: the links of the chain, in the order in which they are tried. */
#ifndef MEKIT_VERIFY_VERIFY_PRIVATE_H
#define MEKIT_VERIFY_VERIFY_PRIVATE_H

#include <mekit/verify/verify.h>

/* The attributes of a module that has no metadata: they lie in the code of rbe and pm. */
struct record {
    uint32_t code_size, stored_size;
    size_t hash_size;
    uint8_t hashes[2][MK_DIGEST_MAX]; /* of the short form, of the long form: one is real */
    bool used;
};

/* The hash of a metadata file, from a manifest of the current partition. */
struct listed_hash {
    uint8_t name[MK_LISTED_NAME]; /* of the module */
    uint8_t name_length, hash_size;
    bool doubtful;    /* some lists of this kind are wrong: report no mismatch */
    uint64_t hash_at; /* in the file */
};

/* One of the two hashes of a record. */
struct record_hash {
    const uint8_t *bytes;
    struct record *record;
};

/* A module that the runner's threads unpack and hash before the walk. */
struct ahead {
    const struct mk_partition *partition;
    const struct mk_module *module;
    uint64_t size; /* of the code */
    enum mk_digest_kind kind;
    bool done; /* the digest is that of the code */
    struct mk_digest digest;
};

struct verification {
    const struct mk_image *image;
    struct mk_codebook *books[MK_CODEBOOKS_MAX]; /* those that may be for this firmware */
    size_t n_books, book;                        /* book: the one that was right last */
    struct mk_codewords met[MK_CODEBOOKS_MAX];   /* of each: those in modules that it proved */
    bool right[MK_CODEBOOKS_MAX];                /* of each: it proved a module */
    bool sure;   /* a published one is for this firmware, or proved a module of it */
    bool proven; /* any of them did */
    const struct mk_catalogue *catalogue;
    bool boot_only; /* LZMA modules that are not needed to boot stay unchecked */
    struct mk_chain *chain;
    struct mk_llut glut; /* where a module needs it; else without chunks */
    struct mk_ranges is_signed, hashed;
    uint64_t work; /* bytes that may still be hashed or unpacked */
    struct record *records;
    size_t n_records;
    struct record_hash *hashes; /* two for each record, in order, once one is looked for */
    size_t n_hashes;
    struct listed_hash *listed; /* in the order of their names */
    size_t n_listed, listed_capacity;
    struct ahead *ahead; /* by the address of the module; none where there is no runner */
    size_t n_ahead;
};

/* All return false only where memory (MEMORY) or the bound on work (COUNT) runs out. */

/* manifest.c: every manifest of p: at its start, each .man of a directory, each module that is one.
 */
bool mki_verify_manifests(struct verification *v, const struct mk_partition *p, struct mk_error *e);
/* key.c: once all manifests are known. */
bool mki_verify_bindings(struct verification *v, struct mk_error *e);
/* module/module.c: all of p but those that need records; those come in a second pass. */
bool mki_verify_modules(struct verification *v, const struct mk_partition *p, struct mk_error *e);
bool mki_verify_recorded_modules(struct verification *v, struct mk_error *e);
/* catalogue/lookup.c: pages that only the GLUT tells end elsewhere than by the LLUT: they have no
 * stored digest. */
bool mki_has_stored_digest(const struct mk_module_link *m);
/* Looks up the modules that no codebook proved. Call it after books_conclude. */
bool mki_verify_by_catalogue(struct verification *v, struct mk_error *e);
/* partition.c: the hash over the whole of p. */
bool mki_verify_partition(struct verification *v, const struct mk_partition *p, struct mk_error *e);
/* coverage.c: adds m's bytes to those that a hash covers. */
bool mki_cover_module(struct verification *v, const struct mk_module_link *m, struct mk_error *e);
bool mki_verify_coverage(struct verification *v, struct mk_error *e);

/* module/metadata.c: reads the lists of p; whether any of them tells m's hash, and whether one is
 * right. */
bool mki_metadata_lists_read(struct verification *v, const struct mk_partition *p,
                             struct mk_error *e);
void mki_metadata_lists_free(struct verification *v);
bool mki_metadata_check(struct verification *v, struct mk_module_link *m, struct mk_error *e);

/* module/record.c: reads the records in the code of rbe or pm. */
bool mki_records_read(struct verification *v, struct mk_span code, size_t hash_size,
                      struct mk_error *e);
/* *matched: a record has that digest and size (of the module as it is stored, or unpacked). */
bool mki_record_match(struct verification *v, const struct mk_digest *d, uint64_t size, bool stored,
                      bool *matched, struct mk_error *e);
/* True if a record for a module of this size fits no module: it belongs to a damaged one. */
bool mki_record_is_left(const struct verification *v, const struct mk_module_link *m);

/* module/ahead.c: the modules of p that have to be unpacked by LZMA; then all of them are unpacked
 * and hashed by image.runner. It spends no work: the walk does, in its order, and does again what
 * could not be done here. */
bool mki_ahead_add(struct verification *v, const struct mk_partition *p, struct mk_error *e);
void mki_ahead_run(struct verification *v);
/* The digest of m's code, or NULL. */
const struct mk_digest *mki_ahead_digest(const struct verification *v,
                                         const struct mk_module_link *m);
/* module/module.c: of m of p: there is a hash, of that kind; it is over code that has to be
 * unpacked by LZMA; and whether m is left out, as it is not needed to boot and nobody asks for
 * more. */
bool mki_has_hash(const struct mk_module *m, enum mk_digest_kind *kind);
bool mki_is_hashed_unpacked(const struct mk_partition *p, const struct mk_module *m);
bool mki_is_passed_over(const struct verification *v, const struct mk_module *m);

/* glut.c: reads the table of all pages, where a module has no other: ME 6 NFTP. */
bool mki_glut_read(struct verification *v, struct mk_error *e);
/* A module with the table that tells where its pages are. Owns nothing. */
struct located {
    struct mk_partition partition;
    struct mk_module module;
};
struct located mki_located_of(const struct verification *v, const struct mk_module_link *m);

/* book.c: takes those of books that may be for the image's firmware. */
void mki_books_choose(struct verification *v, struct mk_codebook *const *books, size_t n);
/* The codebook that was right last proved m. */
bool mki_books_prove(struct verification *v, const struct mk_module_link *m, struct mk_error *e);
/* Takes back the mismatches of Huffman modules if nothing shows that the codewords are right by
 * which they were read. If all are right, no intact module has a symbol that the codebook lacks. */
bool mki_books_conclude(struct verification *v, struct mk_error *e);
/* Whether a page of m is coded. Pages that are stored as they are prove no codebook. */
bool mki_needs_book(const struct verification *v, const struct mk_module_link *m);

/* module/microcode.c: false if m is no microcode. */
bool mki_microcode_check(const struct mk_module *m, enum mk_check *result);

/* work.c: the bound on what one run may hash and unpack (MK_LIMIT_WORK). work_spend takes n bytes
 * off the rest, for the module at this offset. COUNT: the rest is smaller; modules that share
 * bytes, or unpack to far more, ask for more than can be true. */
bool mki_work_spend(uint64_t *left, uint64_t n, uint64_t at, struct mk_error *e);
bool mki_work_take(struct verification *v, uint64_t n, struct mk_error *e);
bool mki_work_digest(struct verification *v, enum mk_digest_kind kind, const struct mk_span *parts,
                     size_t n, struct mk_digest *digest, struct mk_error *e);
/* The digest that a stored hash of n bytes is of. False: none. */
bool mki_digest_of_size(size_t n, enum mk_digest_kind *kind);
bool mki_note(struct verification *v, enum mk_code code, uint64_t offset, const char *what,
              struct mk_error *e);

/* The bytes that the manifests of p use for hashes: 32, or 48 of the 3072-bit generation. Where p
 * has none that can be read, the image's other ones tell. */
size_t mki_hash_size_of(const struct verification *v, const struct mk_partition *p);

#endif
