/* SPDX-License-Identifier: MIT */
/* How small an ME region can become, and the descriptor's regions for that size. */
#ifndef MEKIT_ACTION_MINIMUM_H
#define MEKIT_ACTION_MINIMUM_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

/* The size that the ME region can be reduced to: (end / 0x1000 + 5) * 0x1000, at most the region,
 * where end is that of the last byte that something kept uses. TAG, ERASED, NO_OPERATION where
 * there is no FTPR; TRUNCATED where it or something it needs to boot is cut off, MEMORY. */
bool mk_minimum_size(const struct mk_image *image, uint64_t *size, struct mk_error *e);

/* The same once the boot partition has moved down by that many bytes. */
bool mk_minimum_size_moved(const struct mk_image *image, uint64_t down, uint64_t *size,
                           struct mk_error *e);

/* Remarks on an output: the minimum size, and flashrom's layout line for it; none where it has
 * none. False: MEMORY. */
bool mk_minimum_remark(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e);

/* FLREG2 for an ME region of that size, and FLREG1 so that BIOS gets the rest; no edit where the
 * region has that size. REGIONS, and no edit, where BIOS does not begin where the ME ends, or where
 * another region lies in the rest. */
bool mk_resize_regions(const struct mk_image *image, uint64_t size, struct mk_plan *plan,
                       struct mk_error *e);

MK_END_DECLS

#endif
