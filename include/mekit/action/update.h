/* SPDX-License-Identifier: MIT */
/* ME 7 update images: the boot partition, then others, without a table. Vendors publish them where
 * no flash image is to be had. */
#ifndef MEKIT_ACTION_UPDATE_H
#define MEKIT_ACTION_UPDATE_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/span.h>

MK_BEGIN_DECLS

/* Makes the smallest ME region of an update image: a table with FTPR alone, FTPR at the lowest
 * place, stripped, cut. Its bytes are those that a strip, a relocation and a cut make of the region
 * of the same firmware, but for the table's header, which is that of me7_update_parser.py (Heads
 * 91943f2: what it makes of ME7_5M_UPD_Production.bin runs on the xx20 boards). The caller frees
 * region->p.
 *
 * TAG or RANGE for what is no update image; NO_OPERATION for another generation than ME 7;
 * SIGNATURE, BLOCKED and the like as a strip. */
bool mk_update_region(struct mk_span update, struct mk_buffer *region, struct mk_error *e);

MK_END_DECLS

#endif
