/* SPDX-License-Identifier: MIT */
/* LZMA as Intel stores it: a ".lzma" stream that gives its size; liblzma decodes it. TXE 1-2 and
 * everything from ME 11 on have three more zero bytes after the range coder's first one. */
#ifndef MEKIT_CODEC_LZMA_H
#define MEKIT_CODEC_LZMA_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/span.h>

MK_BEGIN_DECLS

/* True if s begins like such a stream: properties 36 or 5D, dictionary 0x4000. */
bool mk_lzma_is_at(struct mk_span s);

/* The size of the content, as the stream gives it. */
uint64_t mk_lzma_size(struct mk_span s);

/* Unpacks all of stored to exactly n bytes at out. STREAM: damaged, longer or shorter than n, bytes
 * left over, or a dictionary above 16 MiB; MEMORY. */
bool mk_lzma_unpack(struct mk_span stored, uint8_t *out, size_t n, struct mk_error *e);

MK_END_DECLS

#endif
