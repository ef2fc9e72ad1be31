/* SPDX-License-Identifier: MIT */
#include <mekit/image/fmap.h>

#include <mekit/base/limit.h>
#include <mekit/format/descriptor.h>

#define HEAD_SIZE 56u
#define AREA_SIZE 42u
#define AREAS_MAX 1024u
#define SIGNATURE "__FMAP__"
#define MAJOR_AT  8u
#define NUMBER_AT 54u
#define SIZE_AT   4u
#define NAME_AT   8u

static bool is_fmap(struct mk_span image, uint64_t at, struct mk_fmap *fmap) {
    struct mk_span head;
    if (!mk_span_has(image, at, SIGNATURE, sizeof SIGNATURE - 1) ||
        !mk_span_cut(image, at, HEAD_SIZE, &head) || mk_span_u8(head, MAJOR_AT) != 1)
        return false;
    fmap->n = mk_span_u16(head, NUMBER_AT);
    return fmap->n > 0 && fmap->n <= AREAS_MAX &&
           mk_span_cut(image, at, HEAD_SIZE + (uint64_t)fmap->n * AREA_SIZE, &fmap->bytes);
}

bool mk_fmap_find(struct mk_span image, struct mk_fmap *fmap) {
    for (uint64_t at = 0; at < image.n; at++)
        if (mk_span_u8(image, at) == SIGNATURE[0] && is_fmap(image, at, fmap))
            return true;
    return false;
}

void mk_fmap_area(const struct mk_fmap *fmap, unsigned i, struct mk_fmap_area *area) {
    struct mk_span bytes =
        mk_span_clip(fmap->bytes, HEAD_SIZE + (uint64_t)i * AREA_SIZE, AREA_SIZE);
    area->offset = mk_span_u32(bytes, 0);
    area->size = mk_span_u32(bytes, SIZE_AT);
    mk_span_copy(bytes, NAME_AT, area->name, sizeof area->name);
}

const char *mk_fmap_region(unsigned number) {
    static const char *const names[MK_LIMIT_REGIONS] = {
        [MK_REGION_FD] = "SI_DESC",
        [MK_REGION_BIOS] = "SI_BIOS",
        [MK_REGION_ME] = "SI_ME",
        [MK_REGION_GBE] = "SI_GBE",
        [MK_REGION_PD] = "SI_PDR",
        [MK_REGION_DEVEXP] = "SI_DEVICEEXT",
        [MK_REGION_BIOS2] = "SI_BIOS2",
        [MK_REGION_EC] = "SI_EC",
        [MK_REGION_DEVEXP2] = "SI_DEVICEEXT2",
        [MK_REGION_IE] = "SI_IE",
        [MK_REGION_10GBE0] = "SI_10GBE0",
        [MK_REGION_10GBE1] = "SI_10GBE1",
        [MK_REGION_PTT] = "SI_PTT",
    };
    return names[number];
}
