/* SPDX-License-Identifier: MIT */
/* Moves the boot partition to the lowest place that it may have, around whatever else is kept;
 * optionally gives what is free then to the BIOS region. */
#ifndef MEKIT_ACTION_RELOCATE_H
#define MEKIT_ACTION_RELOCATE_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

struct mk_relocate_options {
    bool reclaim; /* shrink the ME region in the descriptor to what is used: REGIONS if it can't be
                   */
    bool force;   /* SPS that was not stripped */
};

/* Where it can't be moved lower: an empty plan and a remark. SIGNATURE, SPS, NO_OPERATION,
 * TRUNCATED. */
bool mk_relocate_plan(const struct mk_image *image, const struct mk_relocate_options *options,
                      struct mk_plan *plan, struct mk_error *e);

MK_END_DECLS

#endif
