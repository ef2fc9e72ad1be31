/* SPDX-License-Identifier: MIT */
/* Private to lib/action: the names that -w and -b list. */
#ifndef MEKIT_ACTION_STRIP_NAMES_H
#define MEKIT_ACTION_STRIP_NAMES_H

#include <mekit/action/strip.h>

/* True if every name is a partition of this image or a known one. USAGE, NAME. */
bool mki_names_check(const struct mk_image *image, const struct mk_strip_options *o,
                     struct mk_error *e);

/* Adds remarks on known names that this image does not have. */
void mki_names_remark_absent(const struct mk_image *image, const struct mk_strip_options *o,
                             struct mk_plan *plan);

#endif
