/* SPDX-License-Identifier: MIT */
/* Text in XML and HTML. */
#ifndef MEKIT_TOOLS_MARKUP_H
#define MEKIT_TOOLS_MARKUP_H

#include <stdio.h>

/* Writes text so that nothing of it is markup, in elements and in quoted attributes alike; bytes
 * that XML has no place for become '?'. */
void markup_text(FILE *words, const char *text);

#endif
