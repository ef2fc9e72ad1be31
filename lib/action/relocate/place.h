/* SPDX-License-Identifier: MIT */
/* Private to lib/action: the places in an ME region. */
#ifndef MEKIT_ACTION_PLACE_H
#define MEKIT_ACTION_PLACE_H

#include <mekit/action/relocate.h>
#include <mekit/image/extent.h>

/* The lowest place for the boot partition, region-relative; its present one if there is none below.
 * It takes the length from its entry, whether or not the region still has all of it: a region that
 * was cut to its minimum gives the same answer. False: no memory. */
bool mki_place_find(const struct mk_image *image, uint64_t *place);

/* Bytes that other entries of the table claim, and the table itself. */
bool mki_place_claimed(const struct mk_firmware *f, struct mk_ranges *claimed);

#endif
