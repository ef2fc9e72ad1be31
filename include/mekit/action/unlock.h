/* SPDX-License-Identifier: MIT */
/* Opens or locks the masters' access to the regions: FLMSTR words of the descriptor.
 *
 * The bytes are those of ifdtool -u, -l, -lr (coreboot f0f9118) for the detected platform, except:
 * on LBG it opens masters 1-6 completely; on EHL, ICL and an unknown v2 with a modern map it also
 * opens the low byte, since that byte is in use there. The option like_ifdtool gives ifdtool's
 * bytes. Version 1 keeps the requester id in the low half of every FLMSTR, which ifdtool replaces
 * by 0, 0 and 0118: the GbE of ICH9 uses 0218 and fails with another id. */
#ifndef MEKIT_ACTION_UNLOCK_H
#define MEKIT_ACTION_UNLOCK_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

struct mk_unlock_options {
    bool lock;         /* restrict instead of open */
    bool host_read_me; /* with lock: the host may read the ME region */
    bool host_only;    /* open only the host (FLMSTR1): other masters keep their access */
    bool like_ifdtool;
    bool clear_gpr0; /* set GPR0 to 0 if it protects a range */
};

/* NO_DESCRIPTOR; USAGE for options that contradict each other. */
bool mk_unlock_plan(const struct mk_image *image, const struct mk_unlock_options *options,
                    struct mk_plan *plan, struct mk_error *e);

/* Sets GPR0 to 0 if it protects a range. A remark says so, or says that there is nothing to clear.
 */
void mk_gpr0_clear(const struct mk_descriptor *d, struct mk_plan *plan);

MK_END_DECLS

#endif
