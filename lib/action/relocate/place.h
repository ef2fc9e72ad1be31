/* SPDX-License-Identifier: MIT */
/* Private to lib/action: places for the boot partition in an ME region. */
#ifndef MEKIT_ACTION_PLACE_H
#define MEKIT_ACTION_PLACE_H

#include <mekit/action/relocate.h>
#include <mekit/image/extent.h>

/* The lowest place for the boot partition, region-relative; its present place if there is none
 * below. It uses the length in its entry even if the region is shorter, so a region that was cut to
 * its minimum gives the same answer. False: no memory. */
bool mki_place_find(const struct mk_image *image, uint64_t *place);

/* The lowest place in a region for partition p and the page table in it. */
uint64_t mki_place_lowest(const struct mk_partition *p);

/* Bytes that other entries of the table claim, and the table itself. */
bool mki_place_claimed(const struct mk_firmware *f, struct mk_ranges *claimed);

#endif
