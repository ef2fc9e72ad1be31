/* SPDX-License-Identifier: MIT */
/* Private to lib/action: partitions that share bytes. */
#ifndef MEKIT_ACTION_STRIP_SHARE_H
#define MEKIT_ACTION_STRIP_SHARE_H

#include <mekit/action/strip.h>

/* Adds remarks on removed partitions that share bytes with kept ones: which bytes stay, which are
 * removed, and why. */
void mki_share_remark(const struct mk_image *image, const struct mk_strip_options *o,
                      struct mk_plan *plan);

#endif
