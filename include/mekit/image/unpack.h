/* SPDX-License-Identifier: MIT */
/* The code of a module as its hash covers it: unpacked, without the API pages that are not stored.
 */
#ifndef MEKIT_IMAGE_UNPACK_H
#define MEKIT_IMAGE_UNPACK_H

#include <mekit/base/api.h>
#include <mekit/codec/huffman.h>
#include <mekit/image/firmware.h>

MK_BEGIN_DECLS

/* size bytes of a chunk from its start, as far as the region has them. */
struct mk_span mk_chunk_bytes(struct mk_span region, const struct mk_llut *llut,
                              const struct mk_chunk *chunk, uint64_t size);

/* The bytes that mk_module_unpack will give; 0: nothing can be unpacked (e says why). */
uint64_t mk_module_code_size(const struct mk_module *m, struct mk_error *e);

/* Unpacks m of partition p into *out, which the caller frees. region: the one that p is of. book:
 * NULL where none is at hand: Huffman pages that are stored as they are need none. CODEBOOK: one is
 * needed; STREAM: damaged (or another codebook is needed); NO_OPERATION: encrypted, of a
 * compression that is not known, or its pages have no table; RANGE: a size above MK_LIMIT_CODE;
 * MEMORY. */
bool mk_module_unpack(struct mk_span region, const struct mk_partition *p,
                      const struct mk_module *m, const struct mk_codebook *book,
                      struct mk_buffer *out, struct mk_error *e);

/* The same without the code: adds to met the codewords that the pages have; where the stream of a
 * page is wrong (STREAM), those of that page alone: it is wrong whatever the others are. */
bool mk_module_codewords(struct mk_span region, const struct mk_partition *p,
                         const struct mk_module *m, const struct mk_codebook *book,
                         struct mk_codewords *met, struct mk_error *e);

MK_END_DECLS

#endif
