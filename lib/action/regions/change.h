/* SPDX-License-Identifier: MIT */
/* Private to lib/action/regions: a change of the region map. */
#ifndef MEKIT_ACTION_CHANGE_H
#define MEKIT_ACTION_CHANGE_H

#include <mekit/action/regions.h>

struct change {
    const struct mk_image *image;
    struct mk_range old[MK_LIMIT_REGIONS], now[MK_LIMIT_REGIONS]; /* start = end: unused */
    uint64_t flash_size;
};

/* The bytes of a region that it keeps. */
struct content {
    uint64_t from, to, length;
};
struct content mki_change_content(const struct change *c, unsigned i);

bool mki_change_is_used(struct mk_range place);
bool mki_change_differs(const struct change *c, unsigned i);

/* Checks the map alone: slots, flash size, overlaps. */
bool mki_change_check_map(const struct change *c, struct mk_error *e);
/* Checks the contents: no bytes are lost, and the file has all bytes that move. */
bool mki_change_check_bytes(const struct change *c, struct mk_error *e);

/* Both add [start, end) of every region that is used. False: no memory. */
bool mki_change_join_old(const struct change *c, struct mk_ranges *set);
bool mki_change_join_now(const struct change *c, struct mk_ranges *set);

#endif
