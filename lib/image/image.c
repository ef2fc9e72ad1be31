/* SPDX-License-Identifier: MIT */
#include <mekit/image/image.h>

#include "unknown.h"

#include <mekit/format/strap.h>
#include <mekit/format/structure.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define BLOCK 0x1000u

const char *mk_image_kind_name(enum mk_image_kind kind) {
    static const char *const names[] = {"full", "descriptor", "region", "ifwi", "partition"};
    return names[kind];
}

const char *mk_me_state_name(enum mk_me_state state) {
    static const char *const names[] = {"absent",   "disabled", "erased",
                                        "firmware", "cse",      "unknown"};
    return names[state];
}

/* 4 KiB, or their first 2 KiB, which have all sections; or the 16 KiB of Meteor Lake, if region 0
 * has that size. */
static bool is_lone_descriptor(const struct mk_image *image) {
    return image->bytes.n == MK_DESCRIPTOR_SIZE || image->bytes.n == MK_DESCRIPTOR_SIZE_SMALL ||
           (image->bytes.n == MK_DESCRIPTOR_SIZE_LARGE &&
            image->descriptor.regions[MK_REGION_FD].end == MK_DESCRIPTOR_SIZE_LARGE);
}

static bool has_layout(struct mk_span region) {
    struct mk_layout layout;
    return mk_layout_read(region, &layout);
}

static bool has_tables(struct mk_span region) {
    return mk_fpt_find(region) >= 0 || has_layout(region);
}

/* False only if memory runs out. Damage makes the state UNKNOWN and keeps the reason. */
static bool recognise_region(struct mk_image *image, struct mk_error *e) {
    if (!has_tables(image->region)) {
        if (mk_span_is_filled(image->region, 0xFF))
            image->me = MK_ME_ERASED;
        else {
            image->me = MK_ME_UNKNOWN;
            mki_unknown_explain(image->region, !image->has_descriptor, &image->problem);
        }
        return true;
    }
    if (mk_firmware_read(image->region, &image->firmware, &image->problem)) {
        bool modern = image->firmware.generation == MK_GENERATION_CSE;
        image->me = modern ? MK_ME_CSE : MK_ME_FIRMWARE;
        return true;
    }
    image->me = MK_ME_UNKNOWN;
    return image->problem.code != MK_E_MEMORY || mk_fail_as(e, &image->problem);
}

bool mk_image_region(const struct mk_image *image, unsigned n, struct mk_span *out) {
    if (!image->has_descriptor || n >= image->descriptor.n_regions)
        return false;
    const struct mk_region *region = &image->descriptor.regions[n];
    if (!region->used || region->start >= image->bytes.n)
        return false;
    *out = mk_span_clip(image->bytes, region->start, region->end - region->start);
    return true;
}

/* Apollo and Gemini Lake have the engine in the BIOS region and leave FLREG2 unused. */
static bool recognise_without_region(struct mk_image *image, struct mk_error *e) {
    struct mk_span bios;
    if (mk_image_region(image, MK_REGION_BIOS, &bios) && has_layout(bios)) {
        image->in_bios = true;
        image->region = bios;
        image->me_truncated = image->descriptor.regions[MK_REGION_BIOS].end > image->bytes.n;
        return recognise_region(image, e);
    }
    image->me = image->descriptor.platform->engine_in_bios ? MK_ME_CSE : MK_ME_DISABLED;
    return true;
}

static bool recognise_full(struct mk_image *image, struct mk_error *e) {
    const struct mk_region *me = &image->descriptor.regions[MK_REGION_ME];
    image->kind = is_lone_descriptor(image) ? MK_IMAGE_DESCRIPTOR : MK_IMAGE_FULL;
    image->me_truncated = me->used && me->end > image->bytes.n;
    if (!me->used)
        return recognise_without_region(image, e);
    if (!mk_image_region(image, MK_REGION_ME, &image->region)) {
        image->me = MK_ME_ABSENT;
        return true;
    }
    return recognise_region(image, e);
}

/* The size of one chip is a power of two, that of two joined chips the sum of two, each at least
 * 512 KiB. */
static bool is_chip_size(uint64_t n) {
    uint64_t rest = n & (n - 1);
    return rest == 0 || ((rest & (rest - 1)) == 0 && (n ^ rest) >= MK_SMALLEST_CHIP);
}

static bool is_erased_region(struct mk_span bytes) {
    return bytes.n >= BLOCK && mk_span_is_filled(bytes, 0xFF);
}

static bool recognise_bare(struct mk_image *image, struct mk_error *e) {
    image->region = image->bytes;
    if (is_erased_region(image->bytes)) {
        image->kind = MK_IMAGE_REGION;
        image->me = MK_ME_ERASED;
        image->blank_chip = is_chip_size(image->bytes.n);
        return true;
    }
    if (has_tables(image->bytes)) {
        bool table = mk_fpt_find(image->bytes) >= 0;
        image->kind = table ? MK_IMAGE_REGION : MK_IMAGE_IFWI;
        if (!recognise_region(image, e))
            return false;
        return image->me != MK_ME_UNKNOWN || mk_fail_as(e, &image->problem);
    }
    if (!mk_structure_is_at(image->bytes, MK_STRUCTURE_CPD) && !mk_manifest_is_at(image->bytes))
        return mki_unknown_explain(image->bytes, true, e);
    image->kind = MK_IMAGE_PARTITION;
    if (!mk_firmware_read_partition(image->bytes, &image->firmware, e))
        return false;
    bool modern = image->firmware.generation == MK_GENERATION_CSE;
    image->me = modern ? MK_ME_CSE : MK_ME_FIRMWARE;
    return true;
}

bool mk_image_recognise(struct mk_span bytes, const char *platform, struct mk_image *image,
                        struct mk_error *e) {
    uint32_t at;
    *image = (struct mk_image){.bytes = bytes, .firmware = {.family = "ME"}};
    image->has_descriptor = mk_descriptor_is_at(bytes, &at);
    if (!image->has_descriptor)
        return recognise_bare(image, e);
    return mk_descriptor_read(bytes, platform, &image->descriptor, e) && recognise_full(image, e);
}

void mk_image_free(struct mk_image *image) {
    mk_firmware_free(&image->firmware);
}

static bool has_known_strap(const struct mk_image *image) {
    const struct mk_strap_row *rows[2];
    return image->has_descriptor && mk_strap_match(&image->descriptor, rows) > 0 &&
           !rows[0]->disputed;
}

bool mk_image_has_firmware(const struct mk_image *image, struct mk_error *e) {
    switch (image->me) {
    case MK_ME_FIRMWARE:
        return true;
    case MK_ME_ABSENT:
        if (image->kind == MK_IMAGE_DESCRIPTOR)
            return mk_fail(e, MK_E_NO_OPERATION, MK_NOWHERE, "a lone descriptor has no ME region");
        return mk_fail(e, MK_E_TRUNCATED, image->bytes.n,
                       "the ME region is past the end of the file");
    case MK_ME_DISABLED:
        return mk_fail(e, MK_E_NOT_FOUND, image->descriptor.regions[MK_REGION_ME].at,
                       "the ME region is disabled in the descriptor");
    case MK_ME_ERASED:
        return mk_fail(e, MK_E_ERASED, image->region.at, "the whole ME region is 0xFF");
    case MK_ME_CSE:
        if (image->firmware.n_partitions > 0 && strncmp(image->firmware.family, "CS", 2) != 0)
            return mk_fail(e, MK_E_NO_OPERATION, image->region.at,
                           "this is %s firmware: none of its code can be removed",
                           image->firmware.family);
        mk_fail(e, MK_E_NO_OPERATION, image->region.at,
                "this is CSME 12 or newer, or TXE 3 or newer: none of its code can be removed");
        if (e)
            e->next = has_known_strap(image) ? "Its soft-disable strap can be set, and the "
                                               "firmware can be checked and extracted"
                                             : "It can be checked and extracted";
        return false;
    case MK_ME_UNKNOWN:
        break;
    }
    return mk_fail_as(e, &image->problem);
}

char *mk_image_place(const struct mk_image *image, uint64_t start, uint64_t end,
                     char out[MK_PLACE_ROOM]) {
    uint64_t base = image->region.at;
    snprintf(out, MK_PLACE_ROOM, "0x%06" PRIx64 " - 0x%06" PRIx64, base + start, base + end);
    return out;
}
