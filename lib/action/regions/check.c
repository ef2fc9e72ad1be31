/* SPDX-License-Identifier: MIT */
#include "change.h"

#include <mekit/base/arith.h>

#include <inttypes.h>

#define BLOCK_BITS_OLD 13u /* width of FLREG's fields up to Panther Point, Bay Trail, Braswell */
#define BLOCK_BITS     15u
#define BLOCK_SHIFT    12u

bool mki_change_is_used(struct mk_range place) {
    return place.end > place.start;
}

bool mki_change_differs(const struct change *c, unsigned i) {
    return c->old[i].start != c->now[i].start || c->old[i].end != c->now[i].end;
}

struct content mki_change_content(const struct change *c, unsigned i) {
    struct mk_range old = c->old[i], now = c->now[i];
    uint64_t length = mk_min(old.end - old.start, now.end - now.start);
    if (i == MK_REGION_BIOS)
        return (struct content){old.end - length, now.end - length, length};
    return (struct content){old.start, now.start, length};
}

static bool fail_two(struct mk_error *e, const struct change *c, unsigned i, const char *what,
                     uint64_t limit) {
    return mk_fail(e, MK_E_UNFIT, c->image->descriptor.regions[i].at,
                   "the region %s would be 0x%" PRIx64 " - 0x%" PRIx64 ": %s 0x%" PRIx64,
                   mk_region_name(i), c->now[i].start, c->now[i].end, what, limit);
}

static bool check_slot(const struct change *c, unsigned i, struct mk_error *e) {
    const struct mk_descriptor *d = &c->image->descriptor;
    unsigned bits = d->platform->old_density ? BLOCK_BITS_OLD : BLOCK_BITS;
    uint64_t most = ((uint64_t)1 << bits << BLOCK_SHIFT) - 1;
    if (i >= d->n_regions)
        return mk_fail(e, MK_E_UNFIT, d->frba,
                       "this descriptor has %u regions, but %s is number %u", d->n_regions,
                       mk_region_name(i), i);
    if (mki_change_is_used(c->now[i]) && c->now[i].end > mk_min(c->flash_size, most))
        return fail_two(e, c, i, "the flash ends at", mk_min(c->flash_size, most));
    return true;
}

static bool check_descriptor(const struct change *c, struct mk_error *e) {
    struct mk_range fd = c->now[MK_REGION_FD];
    if (fd.start != 0 || fd.end < MK_DESCRIPTOR_SIZE)
        return fail_two(e, c, MK_REGION_FD, "the descriptor is at 0 and needs", MK_DESCRIPTOR_SIZE);
    return true;
}

/* The processor's first instruction is in the last 16 bytes of the flash. An engine inside the BIOS
 * region counts from the region's start. */
static bool check_bios(const struct change *c, struct mk_error *e) {
    struct mk_range old = c->old[MK_REGION_BIOS], now = c->now[MK_REGION_BIOS];
    if (!mki_change_differs(c, MK_REGION_BIOS) || !mki_change_is_used(old))
        return true;
    if (c->image->in_bios)
        return fail_two(e, c, MK_REGION_BIOS,
                        "the engine's firmware lies in it, counted from its start at", old.start);
    if (now.end != old.end && old.end >= mk_min(c->flash_size, c->image->bytes.n))
        return fail_two(e, c, MK_REGION_BIOS, "the machine starts from its end at", old.end);
    return true;
}

static bool check_overlap(const struct change *c, unsigned i, struct mk_error *e) {
    for (unsigned k = 0; k < i; k++)
        if (mki_change_is_used(c->now[k]) && c->now[k].start < c->now[i].end &&
            c->now[k].end > c->now[i].start)
            return mk_fail(e, MK_E_UNFIT, c->image->descriptor.regions[i].at,
                           "the regions %s (0x%" PRIx64 " - 0x%" PRIx64 ") and %s (0x%" PRIx64
                           " - 0x%" PRIx64 ") would overlap",
                           mk_region_name(k), c->now[k].start, c->now[k].end, mk_region_name(i),
                           c->now[i].start, c->now[i].end);
    return true;
}

bool mki_change_check_map(const struct change *c, struct mk_error *e) {
    for (unsigned i = 0; i < MK_LIMIT_REGIONS; i++)
        if ((mki_change_differs(c, i) && !check_slot(c, i, e)) ||
            (mki_change_is_used(c->now[i]) && !check_overlap(c, i, e)))
            return false;
    return check_descriptor(c, e) && check_bios(c, e);
}
