/* SPDX-License-Identifier: MIT */
/* Verifies an image link by link: signatures and their keys, the hashes of metadata, modules and
 * partitions, the sums of tables. Edits nothing. */
#ifndef MEKIT_VERIFY_VERIFY_H
#define MEKIT_VERIFY_VERIFY_H

#include <mekit/base/api.h>
#include <mekit/codec/huffman.h>
#include <mekit/image/image.h>
#include <mekit/image/signature.h>
#include <mekit/verify/catalogue.h>

MK_BEGIN_DECLS

enum mk_verdict {
    MK_VERDICT_VALID,
    MK_VERDICT_ALTERED, /* signatures and modules hold, a partition's hash does not */
    MK_VERDICT_INVALID,
    MK_VERDICT_UNSIGNED,    /* there are manifests, and none of them is signed */
    MK_VERDICT_UNSUPPORTED, /* mekit can verify nothing, or a signature has an unknown scheme */
};
const char *mk_verdict_name(enum mk_verdict v);

/* Room for a masked name of 16 bytes. */
#define MK_NAME_ROOM 65

/* Where a key manifest of the image lists a manifest's key. */
struct mk_key_binding {
    bool listed;
    bool trusted;              /* the list is signed with a key of the table (key.h) */
    int usage;                 /* from the list: one that names the partition, or the lowest */
    char by[2 * MK_NAME_ROOM]; /* "FTPR/rot.key" */
};

struct mk_manifest_link {
    char partition[MK_NAME_ROOM];
    char name[MK_NAME_ROOM]; /* "FTPR.man", "rot.key"; generation 1 and 2: the partition's */
    struct mk_manifest manifest;
    struct mk_signature signature;
    struct mk_key_binding binding;
};

enum mk_check {
    MK_CHECK_MATCH,
    MK_CHECK_MISMATCH,
    MK_CHECK_REMOVED,  /* erased, or beyond the end of a region that was cut on purpose */
    MK_CHECK_UNCHECKED /* see the reason */
};
const char *mk_check_name(enum mk_check c); /* "match", ... */

/* How a module was shown to be whole. */
enum mk_means {
    MK_MEANS_NONE,           /* it was not; or only by a plain sum (microcode) */
    MK_MEANS_HASH,           /* its own hash or signature, over bytes that need no codebook */
    MK_MEANS_PARTITION_HASH, /* its partition's hash covers it; its own check was impossible */
    MK_MEANS_CATALOGUE,
    MK_MEANS_CODEBOOK
};
const char *mk_means_name(enum mk_means m); /* "none", "hash", "partition hash", ... */

struct mk_module_link {
    const struct mk_partition *partition;
    const struct mk_module *module;
    bool is_key;     /* a manifest without directory: rot.key, oem.key */
    bool has_digest; /* of this kind, over the bytes as stored or unpacked */
    enum mk_digest_kind digest;
    bool unpacked;
    enum mk_check result;
    enum mk_means means;
    bool has_stored;         /* a codebook proved it: stored is set */
    struct mk_digest stored; /* with module->hash a row for the catalogue */
    bool unknown_symbol;     /* it has a codeword whose symbol the codebook does not know */
    char reason[120];        /* why it is no match; empty for a match */
};
/* "met", "key", or the compression: "raw", "huffman", "lzma", "unknown". */
const char *mk_module_link_kind(const struct mk_module_link *m);

struct mk_partition_link {
    const struct mk_partition *partition;
    bool has_hash;
    uint32_t covered;   /* bytes from its start, without the manifest */
    enum mk_check hash; /* MATCH or MISMATCH */
    /* A mismatch that is not damage: SPS has it even in stock images; or no module of the partition
     * mismatches, and modules were removed, or the part that another $FPT entry also claims was
     * rewritten (11.8 Slim) or removed with that entry. */
    bool explained;
};

/* Bytes of the region (image.region). */
struct mk_coverage {
    uint64_t is_signed, hashed, erased, unhashed; /* each byte counts in one */
    struct mk_ranges unhashed_ranges;             /* region-relative */
};

struct mk_chain {
    enum mk_verdict verdict;
    struct mk_manifest_link *manifests; /* owned, by offset */
    size_t n_manifests;
    struct mk_module_link *modules; /* owned, in the tree's order */
    size_t n_modules;
    struct mk_partition_link *partitions; /* owned, in the tree's order */
    size_t n_partitions;
    struct mk_coverage coverage;
    struct mk_errors problems; /* parts that can't be verified: damaged or cut off */
    struct mk_errors remarks;  /* oddities that whole images have too */
};

/* books: the codebooks for Huffman modules, tried in turn; there may be none. If no codebook proves
 * a module, the built-in catalogue may. A range that two entries share is checked once, under the
 * later name. The chain points into image. False: nothing to verify (the image's problem), or no
 * memory. */
bool mk_verify(const struct mk_image *image, struct mk_codebook *const *books, size_t n_books,
               struct mk_chain *chain, struct mk_error *e);
/* The same, but leaves a module unchecked if it is not needed to boot and its hash covers code that
 * LZMA has to unpack: such modules take most of the time. The coverage is not counted. */
bool mk_verify_boot(const struct mk_image *image, struct mk_codebook *const *books, size_t n_books,
                    struct mk_chain *chain, struct mk_error *e);
/* As mk_verify, with another catalogue. */
bool mk_verify_with(const struct mk_image *image, struct mk_codebook *const *books, size_t n_books,
                    const struct mk_catalogue *catalogue, struct mk_chain *chain,
                    struct mk_error *e);
void mk_chain_free(struct mk_chain *chain);

MK_END_DECLS

#endif
