/* SPDX-License-Identifier: MIT */
#include "fpt-dump/dump.h"

#include <inttypes.h>
#include <mekit/image/fmap.h>
#include <string.h>

static bool find_area(const struct mk_fmap *fmap, const char *name, struct mk_fmap_area *area) {
    size_t n = strlen(name) + 1;
    for (unsigned i = 0; i < fmap->n; i++) {
        mk_fmap_area(fmap, i, area);
        if (memcmp(area->name, name, n) == 0)
            return true;
    }
    return false;
}

/* True if the area of that name has the region's place. */
static bool agrees(FILE *words, const struct mk_region *r, const char *region, const char *name,
                   const struct mk_fmap_area *area) {
    uint64_t size = r->end - r->start;
    if (area->offset == r->start && area->size == size)
        return true;
    fprintf(words,
            "Region mismatch between %s and %s\n"
            " Descriptor region %s:\n  offset: 0x%08" PRIx64 "\n  length: 0x%08" PRIx64 "\n"
            " FMAP area %s:\n  offset: 0x%08x\n  length: 0x%08x\n",
            region, name, region, r->start, size, name, area->offset, area->size);
    return false;
}

bool dump_check_fmap(FILE *words, const struct mk_image *image) {
    const struct mk_descriptor *d = &image->descriptor;
    struct mk_fmap fmap;
    struct mk_fmap_area area;
    bool equal = true;
    unsigned found = 0;
    if (!mk_fmap_find(image->bytes, &fmap)) {
        fprintf(words, "Could not find FMAP\n");
        return false;
    }
    for (unsigned i = 0; i < d->n_regions; i++) {
        const char *name = mk_fmap_region(i);
        if (!d->regions[i].used || !name || !find_area(&fmap, name, &area))
            continue;
        found++;
        equal = agrees(words, &d->regions[i], mk_region_name(i), name, &area) && equal;
    }
    if (found == 0)
        fprintf(words, "Warning: Not a single IFD region found in FMAP\n");
    return equal;
}
