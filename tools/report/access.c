/* SPDX-License-Identifier: MIT */
#include "access.h"

#include "column.h"

#include <mekit/format/platform.h>
#include <string.h>

static unsigned width_of(unsigned region) {
    return (unsigned)strlen(mk_region_name(region)) + 2;
}

/* The first region that does not fit next to the regions from first on. */
static unsigned find_end(const struct mk_descriptor *d, unsigned first, unsigned room) {
    unsigned used = 0, i = first;
    for (; i < d->n_regions; i++) {
        used += d->regions[i].used ? width_of(i) : 0;
        if (used > room && i > first)
            break;
    }
    return i;
}

static void text_names(FILE *words, const struct mk_descriptor *d, unsigned first, unsigned end) {
    fprintf(words, "%24s", "");
    for (unsigned i = first; i < end; i++)
        if (d->regions[i].used)
            fprintf(words, "%s  ", mk_region_name(i));
    fputc('\n', words);
}

static void text_row(FILE *words, const struct mk_descriptor *d, const struct access_row *row,
                     unsigned first, unsigned end) {
    struct mk_master master = {.raw = row->word};
    mk_master_decode(d, &master);
    fprintf(words, "  %-22s", row->label);
    for (unsigned i = first; i < end; i++)
        if (d->regions[i].used)
            fprintf(words, "%c%-*c", master.read >> i & 1 ? 'r' : '-', (int)width_of(i) - 1,
                    master.write >> i & 1 ? 'w' : '-');
    fputc('\n', words);
}

void access_text(FILE *words, const struct mk_descriptor *d, const struct access_row *rows,
                 size_t n) {
    for (unsigned first = 0, end; first < d->n_regions; first = end) {
        end = find_end(d, first, COLUMN_WIDTH - 24);
        text_names(words, d, first, end);
        for (size_t i = 0; i < n; i++)
            text_row(words, d, &rows[i], first, end);
    }
}
