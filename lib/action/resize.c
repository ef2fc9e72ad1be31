/* SPDX-License-Identifier: MIT */
#include <mekit/action/descriptor_edit.h>
#include <mekit/action/minimum.h>

#include <inttypes.h>

/* Refuses if GbE, platform data or another region lies in the part that would become BIOS. */
static bool check_tail(const struct mk_descriptor *d, uint64_t start, uint64_t end,
                       struct mk_error *e) {
    for (unsigned i = 0; i < d->n_regions; i++) {
        const struct mk_region *r = &d->regions[i];
        if (i != MK_REGION_ME && i != MK_REGION_BIOS && r->used && r->start < end && r->end > start)
            return mk_fail(e, MK_E_REGIONS, r->at,
                           "the region %s lies in the part of the ME region that would become BIOS",
                           mk_region_name(i));
    }
    return true;
}

static bool check_resize(const struct mk_descriptor *d, uint64_t end, struct mk_error *e) {
    const struct mk_region *me = &d->regions[MK_REGION_ME], *bios = &d->regions[MK_REGION_BIOS];
    if (!bios->used)
        return mk_fail(e, MK_E_REGIONS, bios->at, "there is no BIOS region to give the rest to");
    if (bios->start != me->end)
        return mk_fail(e, MK_E_REGIONS, bios->at,
                       "the BIOS region begins at 0x%" PRIx64
                       ", not where the ME region ends (0x%" PRIx64 ")",
                       bios->start, me->end);
    return check_tail(d, end, me->end, e);
}

bool mk_resize_regions(const struct mk_image *image, uint64_t size, struct mk_plan *plan,
                       struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    const struct mk_region *me = &d->regions[MK_REGION_ME], *bios = &d->regions[MK_REGION_BIOS];
    uint64_t end = me->start + size;
    if (size == me->end - me->start) {
        mk_plan_remark(plan, MK_REMARK_FACT,
                       "nothing to reclaim: the ME region is as small as it can be");
        return true;
    }
    if (!check_resize(d, end, e))
        return false;
    mk_descriptor_edit(plan, d, me->at, mk_region_encode(me->start, end),
                       "FLREG2: the ME region shrinks");
    mk_descriptor_edit(plan, d, bios->at, mk_region_encode(end, bios->end),
                       "FLREG1: BIOS gets the rest");
    mk_plan_remark(plan, MK_REMARK_DETAIL,
                   "regions: ME %08" PRIx64 ":%08" PRIx64 ", BIOS %08" PRIx64 ":%08" PRIx64,
                   me->start, end - 1, end, bios->end - 1);
    return true;
}
