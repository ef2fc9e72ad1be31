/* SPDX-License-Identifier: MIT */
/* Private to lib/action/insert: checks whether a file belongs into a region. */
#ifndef MEKIT_ACTION_PART_H
#define MEKIT_ACTION_PART_H

#include <mekit/action/insert.h>

/* True for an ME region, and for bytes that mekit does not recognise as something else. */
bool mki_part_check_me(const struct mk_insert_part *part, struct mk_plan *plan, struct mk_error *e);

/* True for a descriptor. alone: no other region is replaced, so its map may have other regions. */
bool mki_part_check_descriptor(const struct mk_image *image, const struct mk_insert_part *part,
                               bool alone, struct mk_plan *plan, struct mk_error *e);

#endif
