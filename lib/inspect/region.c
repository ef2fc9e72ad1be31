/* SPDX-License-Identifier: MIT */
#include "inspect.h"

#include <inttypes.h>
#include <mekit/base/arith.h>

#define NEXT_WHERE_DENIED                                                                          \
    "Read it with a programmer, or open the ME region in FLMSTR1 and read again."

/* ---- blank ---- */

static struct mk_finding *last(struct mk_findings *f) {
    return &f->list[f->n - 1];
}

static bool host_may_read(const struct mk_descriptor *d, unsigned region) {
    return !d->masters[0].present || (d->masters[0].read >> region & 1);
}

static bool me_blank_add(const struct mk_descriptor *d, struct mk_span region,
                         struct mk_findings *f, struct mk_error *e) {
    size_t before = f->n;
    bool denied = !host_may_read(d, MK_REGION_ME);
    if (!mk_finding_add(f, MK_FINDING_REGION_BLANK, region.at, region.n, e,
                        "every byte of the ME region is %02X%s", mk_span_u8(region, 0),
                        denied ? ": FLMSTR1 denies it to the host, so that internal flashing "
                                 "can't read it"
                               : ""))
        return false;
    if (f->n > before) {
        last(f)->severity = MK_WARNING;
        last(f)->next = denied ? NEXT_WHERE_DENIED : last(f)->next;
    }
    return true;
}

static bool is_blank(const struct mk_image *image, unsigned number, struct mk_span *region) {
    return mk_image_region(image, number, region) && region->n > 0 &&
           mk_span_is_filled(*region, mk_span_u8(*region, 0));
}

/* If the file holds only a part of the BIOS region, that part may be blank in a good dump. */
static bool find_blank(const struct mk_image *image, bool whole, struct mk_findings *f,
                       struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    struct mk_span region;
    if (is_blank(image, MK_REGION_ME, &region) && !me_blank_add(d, region, f, e))
        return false;
    return !whole || d->regions[MK_REGION_BIOS].end > image->bytes.n ||
           !is_blank(image, MK_REGION_BIOS, &region) ||
           mk_finding_add(f, MK_FINDING_REGION_BLANK, region.at, region.n, e,
                          "every byte of the BIOS region is %02X", mk_span_u8(region, 0));
}

/* ---- overlaps ---- */

bool mki_bios_is_everything(const struct mk_descriptor *d) {
    const struct mk_region *bios = &d->regions[MK_REGION_BIOS];
    return bios->used && bios->start == 0 && bios->end == mk_descriptor_regions_end(d);
}

static bool overlap(const struct mk_region *a, const struct mk_region *b) {
    return a->used && b->used && a->start < b->end && b->start < a->end;
}

/* mekit wipes and moves bytes only in the ME region. Other regions that share bytes are merely odd.
 */
static bool overlap_add(const struct mk_descriptor *d, unsigned i, unsigned k,
                        struct mk_findings *f, struct mk_error *e) {
    const struct mk_region *a = &d->regions[i], *b = &d->regions[k];
    uint64_t start = mk_max(a->start, b->start), end = mk_min(a->end, b->end);
    size_t before = f->n;
    if (!mk_finding_add(f, MK_FINDING_REGIONS_OVERLAP, start, end - start, e,
                        "regions %s and %s overlap from 0x%" PRIx64 " to 0x%" PRIx64,
                        mk_region_name(i), mk_region_name(k), start, end))
        return false;
    if (f->n > before && i != MK_REGION_ME && k != MK_REGION_ME) {
        last(f)->severity = MK_WARNING;
        last(f)->blocks = 0;
    }
    return true;
}

static bool everything_add(const struct mk_descriptor *d, struct mk_findings *f,
                           struct mk_error *e) {
    const struct mk_region *bios = &d->regions[MK_REGION_BIOS];
    size_t before = f->n;
    if (!mk_finding_add(f, MK_FINDING_REGIONS_OVERLAP, bios->at, 4, e,
                        "the BIOS region is the whole flash (FLREG1 is %08" PRIx32 ")", bios->raw))
        return false;
    if (f->n > before) {
        last(f)->severity = MK_NOTE;
        last(f)->blocks = 0;
        last(f)->next = "";
    }
    return true;
}

static bool find_overlaps(const struct mk_descriptor *d, struct mk_findings *f,
                          struct mk_error *e) {
    bool everything = mki_bios_is_everything(d);
    if (everything && !everything_add(d, f, e))
        return false;
    for (unsigned i = 0; i < d->n_regions; i++)
        for (unsigned k = i + 1; k < d->n_regions; k++) {
            bool told = everything && (i == MK_REGION_BIOS || k == MK_REGION_BIOS);
            if (!told && overlap(&d->regions[i], &d->regions[k]) && !overlap_add(d, i, k, f, e))
                return false;
        }
    return true;
}

bool mki_regions_inspect(const struct mk_image *image, bool whole, struct mk_findings *f,
                         struct mk_error *e) {
    return find_blank(image, whole, f, e) && find_overlaps(&image->descriptor, f, e);
}
