/* SPDX-License-Identifier: MIT */
#include "dump.h"

#include <inttypes.h>

/* flashrom refuses a layout that reaches beyond its chip. Returns the end of the part of a region
 * that is in the file, or its start if there is no such part. */
static uint64_t end_in_file(const struct mk_image *image, unsigned i, bool quiet) {
    const struct mk_region *r = &image->descriptor.regions[i];
    if (r->end <= image->bytes.n || image->kind == MK_IMAGE_DESCRIPTOR)
        return r->end;
    bool none = r->start >= image->bytes.n;
    if (!quiet)
        fprintf(stderr, "fpt-dump: %s (%08" PRIx64 ":%08" PRIx64 ") %s\n", mk_region_name(i),
                r->start, r->end - 1,
                none ? "is left out: it is past the end of this file"
                     : "is cut at the end of this file");
    return none ? r->start : image->bytes.n;
}

void dump_layout(FILE *words, const struct mk_image *image, bool quiet) {
    const struct mk_descriptor *d = &image->descriptor;
    for (unsigned i = 0; i < d->n_regions; i++) {
        uint64_t start = d->regions[i].start;
        uint64_t end = d->regions[i].used ? end_in_file(image, i, quiet) : start;
        if (end > start)
            fprintf(words, "%08" PRIx64 ":%08" PRIx64 " %s\n", start, end - 1, mk_region_name(i));
    }
}
