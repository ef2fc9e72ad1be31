/* Sets or clears the strap that tells the ME to halt after bring-up: MeDisable, AltMeDisable, HAP.
 *
 * Written only where exactly one row of the strap table matches the descriptor. */
#ifndef MEKIT_ACTION_SOFT_DISABLE_H
#define MEKIT_ACTION_SOFT_DISABLE_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

/* Adds the edit and a remark (strap, offset, old and new value). NO_DESCRIPTOR; PLATFORM where no
 * row, or a disputed one, matches. Whether firmware and descriptor belong together, and whether a
 * signature covers the strap, is what mk_inspect finds: ask mk_findings_allow for MK_TO_STRAP
 * first. A stray bit in another strap stays as it is. */
bool mk_soft_disable_plan(const struct mk_image *image, bool set, struct mk_plan *plan,
                          struct mk_error *e);

enum mk_disable_state { MK_DISABLE_UNKNOWN, MK_DISABLE_CLEAR, MK_DISABLE_SET };
/* What the straps say now; *row (may be NULL): the row that matched. UNKNOWN, too, where that is
 * disputed: nobody has shown what the bit does there. */
enum mk_disable_state mk_soft_disable_state(const struct mk_descriptor *d,
                                            const struct mk_strap_row **row);

MK_END_DECLS

#endif
