/* SPDX-License-Identifier: MIT */
#include "place.h"

#include <mekit/base/arith.h>

#define LOWEST 0x400u /* the partition table must end before this */
#define ALIGN  0x20u

bool mki_place_claimed(const struct mk_firmware *f, struct mk_ranges *claimed) {
    for (size_t i = 0; i < f->n_partitions; i++)
        if (&f->partitions[i] != f->boot &&
            !mk_ranges_add(claimed, f->partitions[i].start, f->partitions[i].end))
            return false;
    return mk_ranges_add(claimed, 0, mk_max(mk_fpt_end(&f->fpt), LOWEST));
}

/* SpiBase is unsigned: the new place of the page table must not need a negative one. */
uint64_t mki_place_lowest(const struct mk_partition *p) {
    const struct mk_llut *llut = &p->llut;
    if (!p->has_llut)
        return LOWEST;
    uint64_t pages_below = llut->table_address - llut->spi_base;
    uint64_t table = mk_span_offset(p->bytes, llut->bytes) + MK_LLUT_HEADER_SIZE;
    return mk_align(mk_max(LOWEST, pages_below > table ? pages_below - table : 0), ALIGN);
}

static uint64_t length_of_boot(const struct mk_firmware *f) {
    return f->fpt.entries[f->boot->entry].open_ended ? UINT32_MAX : f->boot->size;
}

bool mki_place_find(const struct mk_image *image, uint64_t *place) {
    const struct mk_partition *boot = image->firmware.boot;
    struct mk_ranges claimed = {0};
    uint64_t length = length_of_boot(&image->firmware), at = mki_place_lowest(boot);
    bool found = mki_place_claimed(&image->firmware, &claimed);
    mk_ranges_settle(&claimed);
    for (size_t i = 0; found && i < claimed.n; i++)
        if (claimed.r[i].end > at && claimed.r[i].start < at + length)
            at = mk_align(claimed.r[i].end, ALIGN);
    mk_ranges_free(&claimed);
    *place = mk_min(at, boot->start);
    return found;
}
