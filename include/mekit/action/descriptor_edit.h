/* SPDX-License-Identifier: MIT */
/* Every edit of a descriptor goes through here: it changes one word in each copy that has to match.
 */
#ifndef MEKIT_ACTION_DESCRIPTOR_EDIT_H
#define MEKIT_ACTION_DESCRIPTOR_EDIT_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/format/descriptor.h>

MK_BEGIN_DECLS

/* Sets the word at offset at of the descriptor to value. It also edits an equal second descriptor
 * (Meteor Lake), since it is unknown which one the hardware reads. A different second one stays.
 * The plan records the decision. */
void mk_descriptor_edit(struct mk_plan *plan, const struct mk_descriptor *d, uint32_t at,
                        uint32_t value, const char *why, ...) __attribute__((format(printf, 5, 6)));

MK_END_DECLS

#endif
