/* SPDX-License-Identifier: MIT */
/* Sets or clears the strap that makes the ME halt after bring-up: MeDisable, AltMeDisable, HAP.
 *
 * It writes the strap only if exactly one flavour of the strap table matches the descriptor. */
#ifndef MEKIT_ACTION_SOFT_DISABLE_H
#define MEKIT_ACTION_SOFT_DISABLE_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

/* Adds the edit and a remark (strap, offset, old and new value). NO_DESCRIPTOR; PLATFORM if no row,
 * or a disputed one, matches. mk_inspect finds out whether firmware and descriptor belong together,
 * and whether a signature covers the strap: call mk_findings_allow for MK_TO_STRAP first. A stray
 * bit in another strap stays as it is. */
bool mk_soft_disable_plan(const struct mk_image *image, bool set, struct mk_plan *plan,
                          struct mk_error *e);

MK_END_DECLS

#endif
