/* SPDX-License-Identifier: MIT */
#include "column.h"
#include "parts.h"

#include <mekit/base/arith.h>
#include <mekit/base/text.h>
#include <stdio.h>
#include <string.h>

#define BPDT_HEADER 0x18u
#define BPDT_ENTRY  0x0Cu

/* A strip may remove most of the boot partition, but needs the rest, unless it removes all. */
static enum map_kind kind_of_partition(struct map_facts *facts, const struct mk_partition *p) {
    uint64_t start = p->bytes.at, end = start + p->bytes.n;
    bool boots = facts->strips && p == facts->image->firmware.boot;
    if (p->bytes.n == 0)
        return MAP_ABSENT;
    if (mk_span_is_filled(p->bytes, 0xFF))
        return MAP_ERASED;
    if (boots && map_removed_bytes(facts, start, end) < p->bytes.n)
        return MAP_BOOT;
    return map_is_removed(facts, start, end) ? MAP_REMOVABLE : MAP_FIRMWARE;
}

static bool add_partition(struct map_bar *bar, struct map_facts *facts,
                          const struct mk_partition *p) {
    struct map_part part = {.start = p->bytes.at, .end = p->bytes.at + p->bytes.n};
    mk_text_mask(part.label, sizeof part.label, p->name, sizeof p->name);
    part.kind = kind_of_partition(facts, p);
    facts->partitions += part.kind == MAP_REMOVABLE;
    if (facts->seen->verified && part.kind != MAP_ERASED)
        part.proof = map_proof_of_partition(facts, p);
    if (p->end - p->start < p->size)
        snprintf(part.note, sizeof part.note, "continues past the end of the region");
    return map_part_add(bar, part);
}

static bool add_table(struct map_bar *bar, const char *label, uint64_t start, uint64_t end) {
    struct map_part part = {.start = start, .end = end, .kind = MAP_TABLE};
    snprintf(part.label, sizeof part.label, "%s", label);
    return map_part_add(bar, part);
}

/* The layout table lies before the first part that it lists. */
static bool add_layout(struct map_bar *bar, const struct mk_image *image) {
    const struct mk_layout *layout = &image->firmware.layout;
    uint64_t at = image->region.at, first = image->region.n;
    if (layout->version == MK_IFWI_NONE || layout->version == MK_IFWI_20)
        return true;
    for (unsigned i = 0; i < layout->n_pointers; i++) {
        const struct mk_layout_extent *extent = &layout->pointers[i];
        struct map_part group = {.start = at + extent->offset, .kind = MAP_FREE};
        if (extent->size == 0)
            continue;
        group.end = group.start + extent->size;
        snprintf(group.label, sizeof group.label, "%s", mk_layout_pointer_name(i));
        first = mk_min(first, extent->offset);
        if (!map_group_add(bar, group))
            return false;
    }
    return add_table(bar, "layout", at, at + mk_min(first, 0x1000));
}

static bool add_tables(struct map_bar *bar, const struct mk_image *image) {
    const struct mk_firmware *f = &image->firmware;
    uint64_t at = image->region.at;
    if (f->fpt.n > 0 &&
        !add_table(bar, "$FPT", at + f->fpt_base, at + f->fpt_base + mk_fpt_end(&f->fpt)))
        return false;
    for (size_t i = 0; i < f->n_boots; i++) {
        const struct mk_boot_partition *bp = &f->boots[i];
        uint64_t end = bp->start + BPDT_HEADER + (uint64_t)BPDT_ENTRY * bp->table.n;
        if (bp->has_table && !bp->alias &&
            !add_table(bar, bp->second ? "S-BPDT" : "BPDT", at + bp->start, at + end))
            return false;
    }
    return add_layout(bar, image);
}

static void mark_minimum(struct map_bar *bar, const struct map_facts *facts) {
    char size[COLUMN_SIZE_ROOM], label[MAP_LABEL_ROOM];
    if (facts->minimum == 0)
        return;
    snprintf(label, sizeof label, "minimum%s, %s", facts->removed.n > 0 ? " after me-strip" : "",
             column_size(facts->minimum, size));
    map_mark_add(bar, bar->start + facts->minimum, label);
}

static bool add_unreadable(struct map_bar *bar, const struct mk_image *image) {
    struct map_part part = {.start = bar->start,
                            .end = bar->end,
                            .kind = MAP_GAP,
                            .proof = MAP_DAMAGED,
                            .label = "can't be read"};
    mk_error_text(&image->problem, part.note, sizeof part.note);
    return map_part_add(bar, part);
}

/* GSC and similar firmware uses the ME's structures but is not a flash region. */
static const char *name_region(const struct mk_image *image, char out[MAP_LABEL_ROOM]) {
    const char *family = image->firmware.family;
    bool foreign = image->me == MK_ME_CSE && !image->has_descriptor && *family &&
                   strncmp(family, "CS", 2) != 0;
    if (!foreign)
        return image->in_bios ? "BIOS region with the ME" : "ME region";
    snprintf(out, MAP_LABEL_ROOM, "%s firmware", family);
    return out;
}

bool map_add_region(struct map *map, struct map_facts *facts) {
    const struct mk_image *image = facts->image;
    const struct mk_firmware *f = &image->firmware;
    bool readable = image->me == MK_ME_FIRMWARE || image->me == MK_ME_CSE;
    if (image->kind == MK_IMAGE_PARTITION || image->region.n == 0 ||
        (!readable && image->me != MK_ME_UNKNOWN))
        return true;
    char name[MAP_LABEL_ROOM];
    struct map_bar *bar = map_bar_start(map, name_region(image, name), image->region.at,
                                        image->region.at + image->region.n);
    if (!readable)
        return add_unreadable(bar, image) && map_bar_settle(bar, image);
    for (size_t i = 0; i < f->n_partitions; i++)
        if (!add_partition(bar, facts, &f->partitions[i]))
            return false;
    mark_minimum(bar, facts);
    return add_tables(bar, image) && map_bar_settle(bar, image);
}
