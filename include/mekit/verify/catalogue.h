/* SPDX-License-Identifier: MIT */
/* The catalogue pairs the signed hash of a module with the digest of its stored bytes. The hash of
 * a Huffman module covers its unpacked code, so only a codebook can check it. Whoever has none can
 * still compare the stored bytes with those that a codebook once proved. There are 815 pairs, each
 * proved on real images: the public codebooks decoded the bytes, and these had the hash of the
 * manifest (ME 6-10: 461) or of the metadata (boot modules of ME 11: 354).
 *
 * Stored digest: SHA-256. By pages, for modules whose pages an LLUT lists: it covers for each page
 * in order the chunk's kind (u8), its length (u32, little endian) and its bytes; an empty page has
 * length 0. By bytes, for modules of directories: it covers the bytes as stored. Neither depends on
 * the module's place, so stripped and relocated images have the same digests. */
#ifndef MEKIT_VERIFY_CATALOGUE_H
#define MEKIT_VERIFY_CATALOGUE_H

#include <mekit/base/api.h>
#include <mekit/codec/digest.h>
#include <mekit/image/firmware.h>

MK_BEGIN_DECLS

/* The first 16 bytes of each, as big-endian numbers. signed_hash: as the manifest stores it. */
struct mk_catalogue_row {
    uint64_t signed_hash[2], stored_digest[2];
};

/* Rows in the order of their numbers. A signed hash may have several rows: early 11.0 has three
 * hashes with two stored forms each. */
struct mk_catalogue {
    const struct mk_catalogue_row *rows;
    size_t n;
};
extern const struct mk_catalogue mk_catalogue_built_in;

/* Returns the index of the first row of a signed hash; *n: the number of its rows. A hash that is
 * not SHA-256 has none. */
size_t mk_catalogue_find(const struct mk_catalogue *c, struct mk_span signed_hash, size_t *n);

/* True if one of those rows has this stored digest. */
bool mk_catalogue_knows(const struct mk_catalogue *c, struct mk_span signed_hash,
                        const struct mk_digest *stored);

/* True if m's stored digest is by pages. */
bool mk_stored_by_pages(const struct mk_module *m);

/* The number of bytes that the stored digest of m covers, for callers that limit their work. */
uint64_t mk_stored_size(const struct mk_partition *p, const struct mk_module *m);

/* The stored digest of m, a module of p in region. It leaves out bytes beyond the region's end.
 * MEMORY. */
bool mk_stored_digest(struct mk_span region, const struct mk_partition *p,
                      const struct mk_module *m, struct mk_digest *digest, struct mk_error *e);

MK_END_DECLS

#endif
