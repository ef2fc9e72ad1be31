/* SPDX-License-Identifier: MIT */
/* Private to lib/action/set: FLCOMP and the number of chips. */
#ifndef MEKIT_ACTION_COMPONENT_H
#define MEKIT_ACTION_COMPONENT_H

#include <mekit/action/set.h>

bool mki_component_plan(const struct mk_image *image, const struct mk_set_options *o,
                        struct mk_plan *plan, struct mk_error *e);

#endif
