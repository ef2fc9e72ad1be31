/* SPDX-License-Identifier: MIT */
#include "column.h"
#include "parts.h"

#include <mekit/base/arith.h>
#include <stdio.h>

/* The end of the chips; if their size is unknown, the end of the last region. */
static uint64_t flash_end(const struct mk_image *image) {
    const struct mk_descriptor *d = &image->descriptor;
    uint64_t capacity = mk_descriptor_capacity(d);
    return mk_max(image->bytes.n, capacity ? capacity : mk_descriptor_regions_end(d));
}

static enum map_kind kind_of_region(unsigned number, struct mk_span bytes) {
    if (bytes.n == 0)
        return MAP_ABSENT;
    if (mk_span_is_filled(bytes, 0xFF))
        return MAP_ERASED;
    return number == MK_REGION_FD ? MAP_TABLE : number == MK_REGION_ME ? MAP_FIRMWARE : MAP_REGION;
}

static bool add_piece(struct map_bar *bar, const struct mk_image *image, unsigned number,
                      uint64_t start, uint64_t end) {
    struct mk_span bytes = mk_span_clip(image->bytes, start, end - start);
    struct map_part part = {.start = start, .end = end, .kind = kind_of_region(number, bytes)};
    snprintf(part.label, sizeof part.label, "%s", mk_region_name(number));
    snprintf(part.note, sizeof part.note, "%s", mk_region_title(number));
    return map_part_add(bar, part);
}

/* The part of a region that lies on a chip outside this file becomes its own part. */
static bool add_region(struct map_bar *bar, const struct mk_image *image, unsigned number) {
    const struct mk_region *r = &image->descriptor.regions[number];
    uint64_t border = mk_max(r->start, mk_min(r->end, image->bytes.n));
    if (!r->used)
        return true;
    return (r->start == border || add_piece(bar, image, number, r->start, border)) &&
           (border == r->end || add_piece(bar, image, number, border, r->end));
}

static bool add_chips(struct map_bar *bar, const struct mk_descriptor *d) {
    uint64_t at = 0;
    char size[COLUMN_SIZE_ROOM];
    if (d->chips != 2 || !d->chip_size[0] || !d->chip_size[1])
        return true;
    for (unsigned i = 0; i < 2; i++) {
        struct map_part chip = {.start = at, .end = at + d->chip_size[i], .kind = MAP_FREE};
        snprintf(chip.label, sizeof chip.label, "chip %u, %s", i + 1,
                 column_size(d->chip_size[i], size));
        if (!map_group_add(bar, chip))
            return false;
        at = chip.end;
    }
    return true;
}

static bool add_protected(struct map_bar *bar, const struct mk_descriptor *d) {
    struct mk_gpr0 gpr0;
    if (!mk_gpr0_read(d, &gpr0))
        return true;
    struct map_part part = {.start = gpr0.start, .end = gpr0.end, .kind = MAP_FREE};
    snprintf(part.label, sizeof part.label, "GPR0 %s", mk_gpr0_what(&gpr0));
    return map_group_add(bar, part);
}

bool map_add_flash(struct map *map, const struct map_facts *facts) {
    const struct mk_image *image = facts->image;
    if (!image->has_descriptor)
        return true;
    struct map_bar *bar = map_bar_start(map, "flash", 0, flash_end(image));
    for (unsigned i = 0; i < image->descriptor.n_regions; i++)
        if (!add_region(bar, image, i))
            return false;
    if (!add_chips(bar, &image->descriptor) || !add_protected(bar, &image->descriptor))
        return false;
    map_mark_add(bar, image->bytes.n, "end of this file");
    return map_bar_settle(bar, image);
}
