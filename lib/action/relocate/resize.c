#include <mekit/action/descriptor_edit.h>
#include <mekit/action/relocate.h>

#include <inttypes.h>

bool mk_resize_regions(const struct mk_image *image, uint64_t size, struct mk_plan *plan) {
    const struct mk_descriptor *d = &image->descriptor;
    const struct mk_region *me = &d->regions[MK_REGION_ME], *bios = &d->regions[MK_REGION_BIOS];
    if (size == me->end - me->start)
        return false;
    if (!bios->used || bios->start != me->end) {
        mk_plan_remark(plan, MK_REMARK_WARNING,
                       "the BIOS region does not begin where the ME region ends: regions are left "
                       "as they are");
        return false;
    }
    uint64_t end = me->start + size;
    mk_descriptor_edit(plan, d, me->at, mk_region_encode(me->start, end),
                       "FLREG2: the ME region shrinks");
    mk_descriptor_edit(plan, d, bios->at, mk_region_encode(end, bios->end),
                       "FLREG1: BIOS gets the rest");
    mk_plan_remark(plan, MK_REMARK_FACT,
                   "regions: ME %08" PRIx64 ":%08" PRIx64 ", BIOS %08" PRIx64 ":%08" PRIx64,
                   me->start, end - 1, end, bios->end - 1);
    return true;
}
