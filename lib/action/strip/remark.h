/* SPDX-License-Identifier: MIT */
/* Private to lib/action: the remarks of a strip. */
#ifndef MEKIT_ACTION_STRIP_REMARK_H
#define MEKIT_ACTION_STRIP_REMARK_H

#include <mekit/action/strip.h>

/* Adds remarks on family, version, key owner, region and table. */
void mki_strip_remark_firmware(const struct mk_image *image, struct mk_plan *plan);

/* Adds a remark for each partition and each module of the boot partition: range, kept or removed,
 * and why. */
void mki_strip_remark_partitions(const struct mk_image *image, const struct mk_strip_options *o,
                                 struct mk_plan *plan);

/* Decides that each entry of $FPT is removed with the whole region. */
void mki_strip_decide_none_kept(const struct mk_image *image, const char *why,
                                struct mk_plan *plan);

#endif
