/* SPDX-License-Identifier: MIT */
/* A table of who may read and write which region. */
#ifndef MEKIT_TOOLS_ACCESS_H
#define MEKIT_TOOLS_ACCESS_H

#include <mekit/format/descriptor.h>
#include <stdio.h>

struct access_row {
    char label[24];
    uint32_t word; /* an FLMSTR word of that descriptor */
};

/* Prints a column for each region in use. Regions that do not fit into 80 columns follow in a
 * second table. */
void access_text(FILE *words, const struct mk_descriptor *d, const struct access_row *rows,
                 size_t n);

#endif
