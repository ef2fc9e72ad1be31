/* SPDX-License-Identifier: MIT */
#include "inspect.h"

#include <inttypes.h>

#define BLOCK 0x1000u

/* 0: the size of at least one chip is unknown. */
static uint64_t chips_size(const struct mk_descriptor *d) {
    bool known = d->chip_size[0] > 0 && (d->chips < 2 || d->chip_size[1] > 0);
    return known ? d->chip_size[0] + d->chip_size[1] : 0;
}

static const struct mk_region *region_ending(const struct mk_descriptor *d, uint64_t end,
                                             unsigned *number) {
    for (*number = 0; *number < d->n_regions; (*number)++)
        if (d->regions[*number].used && d->regions[*number].end == end)
            return &d->regions[*number];
    return NULL;
}

static bool add_short(const struct mk_image *image, uint64_t chips, struct mk_findings *f,
                      struct mk_error *e) {
    uint64_t n = image->bytes.n;
    unsigned number;
    if (region_ending(&image->descriptor, n, &number))
        return mk_finding_add(f, MK_FINDING_PARTIAL_FILE, n, chips - n, e,
                              "the file ends where region %s ends, 0x%" PRIx64
                              "; the chips have 0x%" PRIx64 " bytes",
                              mk_region_name(number), n, chips);
    if (n != image->descriptor.chip_size[0])
        return mk_finding_add(f, MK_FINDING_SHORT_READ, n, chips - n, e,
                              "the file ends at 0x%" PRIx64 ", the chips have 0x%" PRIx64
                              " bytes%s",
                              n, chips, image->me_truncated ? ": a part of the ME is missing" : "");
    return !image->me_truncated ||
           mk_finding_add(f, MK_FINDING_PARTIAL_FILE, n, chips - n, e,
                          "this is the first chip only: the ME region continues on the second");
}

static bool add_odd(const struct mk_image *image, uint64_t chips, struct mk_findings *f,
                    struct mk_error *e) {
    uint64_t n = image->bytes.n;
    if (chips > 0 && n > chips)
        return mk_finding_add(f, MK_FINDING_ODD_SIZE, chips, n - chips, e,
                              "the file has %" PRIu64 " bytes more than the chips", n - chips);
    return n % BLOCK == 0 ||
           mk_finding_add(f, MK_FINDING_ODD_SIZE, n, 0, e,
                          "the file has %" PRIu64 " bytes, which is not a multiple of 4 KiB", n);
}

/* A lone descriptor or an update may have any size. */
bool mki_size_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e) {
    bool full = image->kind == MK_IMAGE_FULL;
    if (!full && image->kind != MK_IMAGE_REGION)
        return true;
    uint64_t chips = full ? chips_size(&image->descriptor) : 0;
    return (image->bytes.n >= chips || add_short(image, chips, f, e)) &&
           add_odd(image, chips, f, e);
}
