/* SPDX-License-Identifier: MIT */
/* Every edit of a descriptor goes through here: one word, in each copy that has to follow it. */
#ifndef MEKIT_ACTION_DESCRIPTOR_EDIT_H
#define MEKIT_ACTION_DESCRIPTOR_EDIT_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/format/descriptor.h>

MK_BEGIN_DECLS

/* The word at offset at of the descriptor becomes value. A second descriptor that is equal (Meteor
 * Lake) is edited too: which one the hardware reads is not known. One that differs stays. The plan
 * notes the decision. */
void mk_descriptor_edit(struct mk_plan *plan, const struct mk_descriptor *d, uint32_t at,
                        uint32_t value, const char *why, ...) __attribute__((format(printf, 5, 6)));

MK_END_DECLS

#endif
