/* SPDX-License-Identifier: MIT */
/* Text in XML and HTML. */
#ifndef MEKIT_TOOLS_MARKUP_H
#define MEKIT_TOOLS_MARKUP_H

#include <stdio.h>

/* Writes text with all markup escaped, for elements and quoted attributes; bytes that XML does not
 * allow become '?'. */
void markup_text(FILE *words, const char *text);

#endif
