/* SPDX-License-Identifier: MIT */
/* Private to lib/verify: the links of the chain, in the order in which mk_verify checks them. */
#ifndef MEKIT_VERIFY_VERIFY_PRIVATE_H
#define MEKIT_VERIFY_VERIFY_PRIVATE_H

#include <mekit/verify/verify.h>

/* The attributes of a module that has no metadata. They are in the code of rbe and pm. */
struct record {
    uint32_t code_size, stored_size;
    size_t hash_size;
    uint8_t hashes[2][MK_DIGEST_MAX]; /* read as short form, as long form: one is real */
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
    uint64_t size; /* bytes of the code */
    enum mk_digest_kind kind;
    bool done; /* digest holds the code's digest */
    struct mk_digest digest;
};

struct verification {
    const struct mk_image *image;
    struct mk_codebook *books[MK_CODEBOOKS_MAX]; /* those that may fit this firmware */
    size_t n_books, book;                        /* book: index of the last one that was right */
    struct mk_codewords
        met[MK_CODEBOOKS_MAX];    /* per book: codewords of the modules that it proved */
    bool right[MK_CODEBOOKS_MAX]; /* per book: it proved a module */
    bool sure;   /* a published codebook is for this firmware, or proved one of its modules */
    bool proven; /* any codebook proved a module */
    const struct mk_catalogue *catalogue;
    bool boot_only; /* LZMA modules that are not needed to boot stay unchecked */
    struct mk_chain *chain;
    struct mk_llut glut; /* no chunks unless a module needs it */
    struct mk_ranges is_signed, hashed;
    uint64_t work; /* bytes that may still be hashed or unpacked */
    struct record *records;
    size_t n_records;
    struct record_hash *hashes; /* two for each record, sorted at the first lookup */
    size_t n_hashes;
    struct listed_hash *listed; /* sorted by name */
    size_t n_listed, listed_capacity;
    struct ahead *ahead; /* sorted by the module's address; empty without a runner */
    size_t n_ahead;
};

/* All return false only if memory (MEMORY) or the bound on work (COUNT) runs out. */

/* manifest.c: every manifest of p: the one at its start, each .man of a directory, each module that
 * is a manifest. */
bool mki_verify_manifests(struct verification *v, const struct mk_partition *p, struct mk_error *e);
/* key.c: once all manifests are known. */
bool mki_verify_bindings(struct verification *v, struct mk_error *e);
/* module/module.c: all modules of p except those that need records; a second pass checks those. */
bool mki_verify_modules(struct verification *v, const struct mk_partition *p, struct mk_error *e);
bool mki_verify_recorded_modules(struct verification *v, struct mk_error *e);
/* catalogue/lookup.c: false for a module whose pages only the GLUT lists: they end elsewhere than
 * in an LLUT, so it has no stored digest. */
bool mki_has_stored_digest(const struct mk_module_link *m);
/* Looks up the modules that no codebook proved. Call it after books_conclude. */
bool mki_verify_by_catalogue(struct verification *v, struct mk_error *e);
/* partition.c: the hash over the whole of p. */
bool mki_verify_partition(struct verification *v, const struct mk_partition *p, struct mk_error *e);
/* coverage.c: adds m's bytes to those that a hash covers. */
bool mki_cover_module(struct verification *v, const struct mk_module_link *m, struct mk_error *e);
bool mki_verify_coverage(struct verification *v, struct mk_error *e);

/* module/metadata.c: reads the lists of p, and checks m against its hashes in them. */
bool mki_metadata_lists_read(struct verification *v, const struct mk_partition *p,
                             struct mk_error *e);
void mki_metadata_lists_free(struct verification *v);
bool mki_metadata_check(struct verification *v, struct mk_module_link *m, struct mk_error *e);

/* module/record.c: reads the records in the code of rbe or pm. */
bool mki_records_read(struct verification *v, struct mk_span code, size_t hash_size,
                      struct mk_error *e);
/* *matched: a record has that digest and size (those of the stored or the unpacked module). */
bool mki_record_match(struct verification *v, const struct mk_digest *d, uint64_t size, bool stored,
                      bool *matched, struct mk_error *e);
/* True if a record for a module of this size fits no module: it belongs to a damaged one. */
bool mki_record_is_left(const struct verification *v, const struct mk_module_link *m);

/* module/ahead.c: add collects the modules of p that LZMA has to unpack; run lets image.runner
 * unpack and hash them all. It spends no work from the limit: the walk does that in its own order,
 * and repeats modules that failed here. */
bool mki_ahead_add(struct verification *v, const struct mk_partition *p, struct mk_error *e);
void mki_ahead_run(struct verification *v);
/* The digest of m's code, or NULL. */
const struct mk_digest *mki_ahead_digest(const struct verification *v,
                                         const struct mk_module_link *m);
/* module/ahead.c, for a module m of p: it has a hash, of that kind; its hash covers code that LZMA
 * has to unpack; it is skipped, since it is not needed to boot and the caller wants only boot code.
 */
bool mki_has_hash(const struct mk_module *m, enum mk_digest_kind *kind);
bool mki_is_hashed_unpacked(const struct mk_partition *p, const struct mk_module *m);
bool mki_is_passed_over(const struct verification *v, const struct mk_module *m);

/* glut.c: reads the table of all pages if a module has no other table: ME 6 NFTP. */
bool mki_glut_read(struct verification *v, struct mk_error *e);
/* A module together with the table that lists its pages. It owns nothing. */
struct located {
    struct mk_partition partition;
    struct mk_module module;
};
struct located mki_located_of(const struct verification *v, const struct mk_module_link *m);

/* book.c: takes the books that may fit the image's firmware. */
void mki_books_choose(struct verification *v, struct mk_codebook *const *books, size_t n);
/* Records that the current codebook (v->book) proved m. */
bool mki_books_prove(struct verification *v, const struct mk_module_link *m, struct mk_error *e);
/* Turns mismatches of Huffman modules into unchecked if nothing shows that the codewords used are
 * right. In generation 2, if the codebook is surely right, an unknown symbol is a mismatch: no
 * intact module has one. */
bool mki_books_conclude(struct verification *v, struct mk_error *e);
/* True if a page of m is coded. Pages that are stored as they are prove no codebook. */
bool mki_needs_book(const struct verification *v, const struct mk_module_link *m);

/* module/microcode.c: false if m is no microcode. */
bool mki_microcode_check(const struct mk_module *m, enum mk_check *result);

/* work.c: limits the bytes that one run may hash and unpack (MK_LIMIT_WORK). work_spend subtracts n
 * bytes from the rest, for the module at this offset. COUNT: the rest is too small, since modules
 * share bytes or unpack to impossible sizes. */
bool mki_work_spend(uint64_t *left, uint64_t n, uint64_t at, struct mk_error *e);
bool mki_work_take(struct verification *v, uint64_t n, struct mk_error *e);
bool mki_work_digest(struct verification *v, enum mk_digest_kind kind, const struct mk_span *parts,
                     size_t n, struct mk_digest *digest, struct mk_error *e);
/* The kind of digest that has n bytes. False: none. */
bool mki_digest_of_size(size_t n, enum mk_digest_kind *kind);
bool mki_note(struct verification *v, enum mk_code code, uint64_t offset, const char *what,
              struct mk_error *e);

/* The size of the hashes in the manifests of p: 32, or 48 in the 3072-bit generation. If p has no
 * readable manifest, the image's other manifests decide. */
size_t mki_hash_size_of(const struct verification *v, const struct mk_partition *p);

#endif
