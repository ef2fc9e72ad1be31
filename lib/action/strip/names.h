/* SPDX-License-Identifier: MIT */
/* Private to lib/action: the names that -w and -b list. */
#ifndef MEKIT_ACTION_STRIP_NAMES_H
#define MEKIT_ACTION_STRIP_NAMES_H

#include <mekit/action/strip.h>

/* Every name is a partition's: of this image, or one that is known. USAGE, NAME. */
bool mki_names_check(const struct mk_image *image, const struct mk_strip_options *o,
                     struct mk_error *e);

/* Remarks on known names that this image does not have. */
void mki_names_remark_absent(const struct mk_image *image, const struct mk_strip_options *o,
                             struct mk_plan *plan);

#endif
