/* SPDX-License-Identifier: MIT */
/* ME 7 update images: the boot partition, then others, without a table. Vendors publish them even
 * where no flash image is available. */
#ifndef MEKIT_ACTION_UPDATE_H
#define MEKIT_ACTION_UPDATE_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/span.h>

MK_BEGIN_DECLS

/* Makes the smallest ME region from an update image: a table that lists only FTPR, and FTPR at the
 * lowest place, stripped and cut. Its bytes equal the region of the same firmware after a strip, a
 * relocation and a cut, except the table's header, which is that of me7_update_parser.py (Heads
 * 91943f2: its output for ME7_5M_UPD_Production.bin runs on the xx20 boards). The caller frees
 * region->p.
 *
 * TAG or RANGE if it is not an update image; NO_OPERATION for another generation than ME 7;
 * SIGNATURE, BLOCKED and others as for a strip. */
bool mk_update_region(struct mk_span update, struct mk_buffer *region, struct mk_error *e);

MK_END_DECLS

#endif
