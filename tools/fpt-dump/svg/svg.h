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

/* What the classes of a picture look like. */
extern const char svg_css[];

/* One picture of n sheets, the first on top. embedded: in a page, which has svg_css and the
 * sentences on a single image itself; and every part can be reached by keyboard. False: MEMORY. */
bool svg_write(FILE *words, const struct svg_sheet *sheets, size_t n, bool embedded,
               struct mk_error *e);

#endif
