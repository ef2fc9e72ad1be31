/* SPDX-License-Identifier: MIT */
/* How small an ME region can become, and the descriptor's regions for that size. */
#ifndef MEKIT_ACTION_MINIMUM_H
#define MEKIT_ACTION_MINIMUM_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

/* The size that the ME region can be reduced to: (end / 0x1000 + 5) * 0x1000, at most the region;
 * end is the end of the last byte that kept content uses. TAG, ERASED, NO_OPERATION if there is no
 * FTPR; TRUNCATED if FTPR or a part that it needs to boot is cut off; MEMORY. */
bool mk_minimum_size(const struct mk_image *image, uint64_t *size, struct mk_error *e);

/* The same once the boot partition has moved down by that many bytes. */
bool mk_minimum_size_moved(const struct mk_image *image, uint64_t down, uint64_t *size,
                           struct mk_error *e);

/* Adds remarks on an output: the minimum size, and flashrom's layout line for it. Adds none if the
 * output has no minimum size. False: MEMORY. */
bool mk_minimum_remark(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e);

/* Sets FLREG2 to an ME region of that size, and FLREG1 so that BIOS gets the rest; no edit if the
 * region has that size. REGIONS, and no edit, if BIOS does not begin where the ME ends, or if
 * another region lies in the rest. */
bool mk_resize_regions(const struct mk_image *image, uint64_t size, struct mk_plan *plan,
                       struct mk_error *e);

MK_END_DECLS

#endif
