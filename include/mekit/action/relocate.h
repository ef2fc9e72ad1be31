/* SPDX-License-Identifier: MIT */
/* Moves the boot partition to the lowest possible place, around everything else that is kept;
 * optionally gives the freed space to the BIOS region. */
#ifndef MEKIT_ACTION_RELOCATE_H
#define MEKIT_ACTION_RELOCATE_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

struct mk_relocate_options {
    bool reclaim; /* shrink the ME region in the descriptor to its used part: REGIONS if impossible
                   */
    bool force;   /* move SPS that was not stripped */
};

/* If it can't move lower, the plan stays empty and gets a remark. SIGNATURE, SPS, NO_OPERATION,
 * TRUNCATED. */
bool mk_relocate_plan(const struct mk_image *image, const struct mk_relocate_options *options,
                      struct mk_plan *plan, struct mk_error *e);

MK_END_DECLS

#endif
