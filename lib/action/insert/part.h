/* SPDX-License-Identifier: MIT */
/* Private to lib/action/insert: is this file what belongs into that region? */
#ifndef MEKIT_ACTION_PART_H
#define MEKIT_ACTION_PART_H

#include <mekit/action/insert.h>

/* An ME region, or at least nothing that is known to be something else. */
bool mki_part_check_me(const struct mk_insert_part *part, struct mk_plan *plan, struct mk_error *e);

/* A descriptor. alone: no other region is replaced, so that other regions may be in its map. */
bool mki_part_check_descriptor(const struct mk_image *image, const struct mk_insert_part *part,
                               bool alone, struct mk_plan *plan, struct mk_error *e);

#endif
