#include "dump.h"

#include <inttypes.h>

/* flashrom refuses a layout that reaches beyond its chip. */
void dump_layout(FILE *words, const struct mk_image *image) {
    const struct mk_descriptor *d = &image->descriptor;
    bool lone = image->kind == MK_IMAGE_DESCRIPTOR;
    for (unsigned i = 0; i < d->n_regions; i++) {
        const struct mk_region *r = &d->regions[i];
        uint64_t end = r->end;
        if (!r->used || (!lone && r->start >= image->bytes.n))
            continue;
        if (!lone && end > image->bytes.n) {
            fprintf(stderr, "fpt-dump: %s is cut at the end of this file\n", mk_region_name(i));
            end = image->bytes.n;
        }
        fprintf(words, "%08" PRIx64 ":%08" PRIx64 " %s\n", r->start, end - 1, mk_region_name(i));
    }
}
