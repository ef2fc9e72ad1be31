/* SPDX-License-Identifier: MIT */
/* Who may read and write which region, as a table. */
#ifndef MEKIT_TOOLS_ACCESS_H
#define MEKIT_TOOLS_ACCESS_H

#include <mekit/format/descriptor.h>
#include <stdio.h>

struct access_row {
    char label[24];
    uint32_t word; /* an FLMSTR of that descriptor */
};

/* A column for each region in use; more than fit into 80 columns go on in a second table. */
void access_text(FILE *words, const struct mk_descriptor *d, const struct access_row *rows,
                 size_t n);

#endif
