/* SPDX-License-Identifier: MIT */
/* A module's code as its hash covers it: unpacked, without the API pages, which are not stored. */
#ifndef MEKIT_IMAGE_UNPACK_H
#define MEKIT_IMAGE_UNPACK_H

#include <mekit/base/api.h>
#include <mekit/codec/huffman.h>
#include <mekit/image/firmware.h>

MK_BEGIN_DECLS

/* The first size bytes of a chunk, cut to the region. */
struct mk_span mk_chunk_bytes(struct mk_span region, const struct mk_llut *llut,
                              const struct mk_chunk *chunk, uint64_t size);

/* The number of bytes that mk_module_unpack will return; 0: it can't unpack m (e says why). */
uint64_t mk_module_code_size(const struct mk_module *m, struct mk_error *e);

/* Unpacks module m of partition p into *out; the caller frees out->p. region: the region of p.
 * book: may be NULL, since Huffman modules whose pages are all stored as they are need none.
 * CODEBOOK: it needs one; STREAM: damaged, or it needs another codebook; NO_OPERATION: encrypted,
 * of unknown compression, or its pages have no table; RANGE: a size above MK_LIMIT_CODE; MEMORY. */
bool mk_module_unpack(struct mk_span region, const struct mk_partition *p,
                      const struct mk_module *m, const struct mk_codebook *book,
                      struct mk_buffer *out, struct mk_error *e);

/* The same, but returns no code: it adds the codewords of the pages to met. If the stream of a page
 * is wrong (STREAM), it adds only the codewords of that page, which is wrong whatever the others
 * are. */
bool mk_module_codewords(struct mk_span region, const struct mk_partition *p,
                         const struct mk_module *m, const struct mk_codebook *book,
                         struct mk_codewords *met, struct mk_error *e);

MK_END_DECLS

#endif
