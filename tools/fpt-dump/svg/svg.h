/* SPDX-License-Identifier: MIT */
/* The map of an image as a picture: bars under each other, each a closer look at a part of the one
 * above it. */
#ifndef MEKIT_TOOLS_SVG_H
#define MEKIT_TOOLS_SVG_H

#include "../map/map.h"
#include "tool.h"

#include <stdio.h>

struct svg_sheet {
    const struct tool_input *input;
    const char *role; /* "before", "after", or NULL */
    const struct map *map;
};

/* The style of the classes in a picture. */
extern const char svg_css[];

/* Writes one picture of n sheets, the first on top. embedded: for a page, which itself has svg_css
 * and the sentences on a single image; the keyboard can reach every part. False: MEMORY. */
bool svg_write(FILE *words, const struct svg_sheet *sheets, size_t n, bool embedded,
               struct mk_error *e);

#endif
