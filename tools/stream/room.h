/* SPDX-License-Identifier: MIT */
/* Private to the runner: memory for a whole image, from the kernel itself where it is large. It
 * grows and shrinks without a copy, and once it is freed nothing is ever written into its pages: a
 * pipe may still hold them. */
#ifndef MEKIT_TOOLS_ROOM_H
#define MEKIT_TOOLS_ROOM_H

#include <mekit/base/span.h>

/* n bytes of any content; they cost nothing until they are touched. False: no memory. */
bool room_take(size_t n, struct mk_buffer *b);

/* To n bytes, more or fewer; what was in them stays. False: no memory, and b is as it was. */
bool room_resize(struct mk_buffer *b, size_t n);

/* Also what malloc gave; NULL is nothing. */
void room_free(void *p);

/* True if all of s is the kernel's memory: then its pages may be given away to a pipe. */
bool room_holds(struct mk_span s);

#endif
