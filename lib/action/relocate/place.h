/* Private to lib/action: the places in an ME region, and how far it is used. */
#ifndef MEKIT_ACTION_PLACE_H
#define MEKIT_ACTION_PLACE_H

#include <mekit/action/relocate.h>
#include <mekit/image/extent.h>

/* Where the last byte in use ends, region-relative, once the boot partition has moved down by that
 * many bytes. A boot partition that was stripped is in use up to its last essential byte. False: no
 * memory. */
bool place_used_end(const struct mk_image *image, uint64_t down, uint64_t *end);

/* That end as a region's size: whole pages and four to spare, at most what the region has. */
uint64_t place_size_for(uint64_t end, uint64_t region);

/* The lowest place for the boot partition, region-relative; its present one if there is none below.
 */
bool place_find(const struct mk_image *image, uint64_t *place);

/* What other entries of the table claim, and the table itself. */
bool place_claimed(const struct mk_firmware *f, struct mk_ranges *claimed);

#endif
