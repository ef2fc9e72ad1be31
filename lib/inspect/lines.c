/* SPDX-License-Identifier: MIT */
#include "inspect.h"

#include "read/read.h"

#include <inttypes.h>

/* The second chip's part of the file. If it is smaller than any chip, it is stray bytes after the
 * first. */
static struct mk_span second_chip(const struct mk_image *image) {
    const struct mk_descriptor *d = &image->descriptor;
    bool two = image->has_descriptor && d->chips > 1 && d->chip_size[0] > 0;
    return mk_span_clip(image->bytes, two ? d->chip_size[0] : image->bytes.n, image->bytes.n);
}

/* A programmer that is set to the larger chip reads the smaller one again and again. */
static bool is_first_again(const struct mk_image *image, struct mk_span second) {
    return mk_span_equal(second, mk_span_clip(image->bytes, 0, second.n));
}

static bool is_used(const struct mk_descriptor *d, uint64_t from) {
    for (unsigned i = 0; i < d->n_regions; i++)
        if (d->regions[i].used && d->regions[i].end > from)
            return true;
    return false;
}

static bool chips_compare(const struct mk_image *image, struct mk_findings *f, struct mk_error *e) {
    struct mk_span second = second_chip(image);
    if (second.n < MK_SMALLEST_CHIP)
        return true;
    uint8_t value = mk_span_u8(second, 0);
    if ((value == 0xFF || value == 0x00) && mk_span_is_filled(second, value))
        return !is_used(&image->descriptor, second.at) ||
               mk_finding_add(f, MK_FINDING_CHIP_BLANK, second.at, second.n, e,
                              "every byte of the second chip is %02X", value);
    return !is_first_again(image, second) ||
           mk_finding_add(f, MK_FINDING_CHIP_REPEATED, second.at, second.n, e,
                          "the second chip, from 0x%" PRIx64 " on, repeats the first one",
                          second.at);
}

/* Each chip has its own lines. Report a fault of the whole file only once. */
static bool chips_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e) {
    struct mk_span second = second_chip(image);
    bool told = mk_finding_find(f, MK_FINDING_STUCK_ADDRESS) ||
                mk_finding_find(f, MK_FINDING_STUCK_DATA) || second.n < MK_SMALLEST_CHIP;
    return told || (mki_stuck_inspect(mk_span_clip(image->bytes, 0, second.at), f, e) &&
                    mki_stuck_inspect(second, f, e));
}

bool mki_lines_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e) {
    return mki_stuck_inspect(image->bytes, f, e) && chips_inspect(image, f, e) &&
           chips_compare(image, f, e);
}
