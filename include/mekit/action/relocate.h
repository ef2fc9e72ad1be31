/* Moves the boot partition to the lowest place that it may have, around whatever else is kept;
 * optionally gives what is free then to the BIOS region. */
#ifndef MEKIT_ACTION_RELOCATE_H
#define MEKIT_ACTION_RELOCATE_H

#include <mekit/action/plan.h>
#include <mekit/image/image.h>

struct mk_relocate_options {
    bool reclaim; /* shrink the ME region in the descriptor to what is used */
    bool force;   /* SPS that was not stripped */
};

/* Where it can't be moved lower: an empty plan and a remark. SIGNATURE, SPS, NO_OPERATION,
 * TRUNCATED. */
bool mk_relocate_plan(const struct mk_image *image, const struct mk_relocate_options *options,
                      struct mk_plan *plan, struct mk_error *e);

/* The size that the ME region can be reduced to: (end / 0x1000 + 5) * 0x1000, at most the region,
 * where end is that of the last byte that something kept uses. TAG, ERASED, NO_OPERATION where
 * there is no FTPR; TRUNCATED where it is cut off, MEMORY. */
bool mk_minimum_size(const struct mk_image *image, uint64_t *size, struct mk_error *e);

/* Remarks on an output: the minimum size, and flashrom's layout line for it; none where it has
 * none. False: MEMORY. */
bool mk_minimum_remark(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e);

/* FLREG1 and FLREG2 for an ME region of that size, if BIOS begins where the ME ends; else a
 * warning. True if it was adjusted. */
bool mk_resize_regions(const struct mk_image *image, uint64_t size, struct mk_plan *plan);

#endif
