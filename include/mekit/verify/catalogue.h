/* SPDX-License-Identifier: MIT */
/* The catalogue: what is stored for a module whose hash stands in a signed manifest. A Huffman
 * module's hash covers its code, which takes a codebook to see. Somebody who had one has seen which
 * stored bytes have that code; the others compare with those. 815 pairs, each shown true on real
 * images: the bytes were decoded with the public codebooks and had the hash that the manifest holds
 * (ME 6-10: 461) or that the metadata holds (boot modules of ME 11: 354).
 *
 * Stored digest: SHA-256. By pages (modules whose pages stand in an LLUT): over, for each page in
 * order, the chunk's kind (u8), its length (u32, little endian) and its bytes; an empty page has
 * the length 0. By bytes (directories): over the bytes as they are stored. Neither depends on the
 * module's place: stripped and relocated images have the same. */
#ifndef MEKIT_VERIFY_CATALOGUE_H
#define MEKIT_VERIFY_CATALOGUE_H

#include <mekit/base/api.h>
#include <mekit/codec/digest.h>
#include <mekit/image/firmware.h>

MK_BEGIN_DECLS

/* The first 16 bytes of each, as big-endian numbers. Signed: as the manifest stores it. */
struct mk_catalogue_row {
    uint64_t signed_hash[2], stored_digest[2];
};

/* Rows in the order of their numbers. A signed hash may have several: early 11.0 has three hashes
 * with two stored forms each. */
struct mk_catalogue {
    const struct mk_catalogue_row *rows;
    size_t n;
};
extern const struct mk_catalogue mk_catalogue_built_in;

/* The rows of a signed hash: *n of them, from the index that is returned. A hash that is no SHA-256
 * has none. */
size_t mk_catalogue_find(const struct mk_catalogue *c, struct mk_span signed_hash, size_t *n);

/* One of those rows has this stored digest. */
bool mk_catalogue_knows(const struct mk_catalogue *c, struct mk_span signed_hash,
                        const struct mk_digest *stored);

/* True if m's stored digest goes by pages. */
bool mk_stored_by_pages(const struct mk_module *m);

/* The bytes that the stored digest of m covers, for those who bound their work. */
uint64_t mk_stored_size(const struct mk_partition *p, const struct mk_module *m);

/* The stored digest of m, which is a module of p, in the region of both. What the region lacks at
 * its end is left out. MEMORY. */
bool mk_stored_digest(struct mk_span region, const struct mk_partition *p,
                      const struct mk_module *m, struct mk_digest *digest, struct mk_error *e);

MK_END_DECLS

#endif
