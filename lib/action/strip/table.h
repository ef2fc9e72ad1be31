/* SPDX-License-Identifier: MIT */
/* Private to lib/action: the partition table after a strip. */
#ifndef MEKIT_ACTION_STRIP_TABLE_H
#define MEKIT_ACTION_STRIP_TABLE_H

#include <mekit/action/strip.h>

/* Adds the edits of header and table. */
void mki_strip_table_plan(const struct mk_image *image, const struct mk_strip_options *o,
                          struct mk_plan *plan);

#endif
