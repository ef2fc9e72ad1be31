/* SPDX-License-Identifier: MIT */
/* Private to the runner: memory for a whole image, directly from the kernel if it is large. It
 * grows and shrinks without a copy. Once it is freed, nothing ever writes into its pages, since a
 * pipe may still hold them. */
#ifndef MEKIT_TOOLS_ROOM_H
#define MEKIT_TOOLS_ROOM_H

#include <mekit/base/span.h>

/* Allocates n bytes of any content; they cost nothing until they are touched. False: no memory. */
bool room_take(size_t n, struct mk_buffer *b);

/* Resizes to n bytes and keeps the content. False: no memory, and b is unchanged. */
bool room_resize(struct mk_buffer *b, size_t n);

/* Also frees memory from malloc; NULL is ignored. */
void room_free(void *p);

/* True if all of s is memory directly from the kernel: a pipe may then take its pages. */
bool room_holds(struct mk_span s);

#endif
