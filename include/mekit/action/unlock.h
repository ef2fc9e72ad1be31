/* SPDX-License-Identifier: MIT */
/* Opens or locks the masters' access to the regions: FLMSTR words of the descriptor.
 *
 * Bytes are those of ifdtool -u, -l, -lr (coreboot f0f9118) for the detected platform, except: LBG
 * opens masters 1-6 whole, EHL and ICL their low byte too, an unknown v2 with a modern map
 * likewise, since the low byte is live there; MK_UNLOCK like_ifdtool gives ifdtool's. Version 1
 * keeps the requester id in the low half of every FLMSTR, which ifdtool replaces by 0, 0 and 0118:
 * GbE of ICH9 asks as 0218 and fails with another. */
#ifndef MEKIT_ACTION_UNLOCK_H
#define MEKIT_ACTION_UNLOCK_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

struct mk_unlock_options {
    bool lock;         /* restrict instead of open */
    bool host_read_me; /* with lock: the host may read the ME region */
    bool host_only;    /* open the host's (FLMSTR1) alone: other masters keep what they had */
    bool like_ifdtool;
    bool clear_gpr0; /* GPR0 becomes 0, where it protects a range */
};

/* NO_DESCRIPTOR; USAGE for options that contradict each other. */
bool mk_unlock_plan(const struct mk_image *image, const struct mk_unlock_options *options,
                    struct mk_plan *plan, struct mk_error *e);

/* Sets GPR0 to 0 where it protects a range; a remark says so, or says that there is nothing to
 * clear. */
void mk_gpr0_clear(const struct mk_descriptor *d, struct mk_plan *plan);

MK_END_DECLS

#endif
