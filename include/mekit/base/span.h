/* SPDX-License-Identifier: MIT */
/* A span: bytes of an image together with their place in the file.
 *
 * lib/base/span.c is the only file that dereferences image memory. To read an image, first cut a
 * span from it (mk_span_cut, which may refuse), then read fields of that span, which can't fail.
 *
 * A span owns nothing: it is valid as long as the buffer that it was cut from. */
#ifndef MEKIT_BASE_SPAN_H
#define MEKIT_BASE_SPAN_H

#include <mekit/base/api.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

MK_BEGIN_DECLS

struct mk_span {
    const uint8_t *p;
    size_t n;    /* bytes */
    uint64_t at; /* offset of p[0] in the file, for messages and edits */
};

/* A whole file as one span (at = 0). */
struct mk_span mk_span_of(const void *bytes, size_t n);

/* [off, off + len) of s. False, with *out untouched, if that reaches beyond s. */
bool mk_span_cut(struct mk_span s, uint64_t off, uint64_t len, struct mk_span *out);

/* The part of [off, off + len) that s has; empty if off is beyond s. */
struct mk_span mk_span_clip(struct mk_span s, uint64_t off, uint64_t len);

/* Read little-endian numbers at a byte offset of any alignment. Outside s they return 0 and touch
 * no memory. Such a read is a bug of the caller, who has to cut first; builds with MEKIT_STRICT
 * abort on it. */
uint8_t mk_span_u8(struct mk_span s, uint64_t off);
uint16_t mk_span_u16(struct mk_span s, uint64_t off);
uint32_t mk_span_u32(struct mk_span s, uint64_t off);
uint64_t mk_span_u64(struct mk_span s, uint64_t off);

/* width: 1, 2, 4 or 8 bytes. */
uint64_t mk_span_uint(struct mk_span s, uint64_t off, unsigned width);

/* Copies len bytes to out, or returns false and copies nothing. */
bool mk_span_copy(struct mk_span s, uint64_t off, void *out, size_t len);

/* True if the n bytes at off equal those of text (false if s is too short). */
bool mk_span_has(struct mk_span s, uint64_t off, const void *text, size_t n);

/* True if every byte of s is value, and for an empty span. */
bool mk_span_is_filled(struct mk_span s, uint8_t value);

/* Equal length and equal bytes. */
bool mk_span_equal(struct mk_span a, struct mk_span b);

/* Offset in s of the n bytes of text (n > 0), searched from offset from on; MK_SPAN_NONE: nowhere.
 */
#define MK_SPAN_NONE SIZE_MAX
size_t mk_span_find(struct mk_span s, size_t from, const void *text, size_t n);

/* Offset of part in whole. Both must come from one file, and part must not begin before whole. */
uint64_t mk_span_offset(struct mk_span whole, struct mk_span part);

/* Offset in s of the first place that has one of these n pairs of bytes, searched from offset from
 * on; MK_SPAN_NONE: nowhere. */
size_t mk_span_find_pair(struct mk_span s, size_t from, const uint8_t (*pairs)[2], size_t n);

/* The bits that no byte of s sets (low) or that every byte sets (high); all bits in both if s is
 * empty. Stops reading once it has seen each bit both set and clear. */
struct mk_span_lines {
    uint8_t low, high;
};
struct mk_span_lines mk_span_constant_bits(struct mk_span s);

/* Sum of all bytes modulo 2^32. */
uint32_t mk_span_sum(struct mk_span s);

/* Memory that may be written: a tool's private copy of the image, or the forge's. Each call returns
 * false and writes nothing if the range does not lie in [0, n). */
struct mk_buffer {
    uint8_t *p;
    size_t n;
};

struct mk_span mk_buffer_span(struct mk_buffer b);
bool mk_buffer_put(struct mk_buffer b, uint64_t off, const void *bytes, size_t n);
bool mk_buffer_fill(struct mk_buffer b, uint64_t off, uint64_t n, uint8_t value);
/* Source and target may overlap. */
bool mk_buffer_move(struct mk_buffer b, uint64_t to, uint64_t from, uint64_t n);
/* width: 1, 2, 4 or 8 bytes, little endian. */
bool mk_buffer_uint(struct mk_buffer b, uint64_t off, unsigned width, uint64_t value);

MK_END_DECLS

#endif
