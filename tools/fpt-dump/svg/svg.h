/* The map of an image as a picture: bars under each other, each a closer look at a part of the one
 * above it. */
#ifndef MEKIT_TOOLS_SVG_H
#define MEKIT_TOOLS_SVG_H

#include "../map/map.h"

#include <stdio.h>

struct svg_sheet {
    const char *name; /* of the file, masked */
    const char *role; /* "before", "after", or NULL */
    const struct map *map;
};

/* One picture of n sheets, the first on top. keys: every part can be reached by keyboard. False:
 * MEMORY. */
bool svg_write(FILE *words, const struct svg_sheet *sheets, size_t n, bool keys,
               struct mk_error *e);

#endif
