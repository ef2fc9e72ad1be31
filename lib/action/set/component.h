/* SPDX-License-Identifier: MIT */
/* Private to lib/action/set: FLCOMP and the number of chips. */
#ifndef MEKIT_ACTION_COMPONENT_H
#define MEKIT_ACTION_COMPONENT_H

#include <mekit/action/set.h>

bool mki_component_plan(const struct mk_image *image, const struct mk_set_options *o,
                        struct mk_plan *plan, struct mk_error *e);

/* The word of d with a field of the structure at offset at, once the field has this value. */
uint32_t mki_word_with(const struct mk_descriptor *d, uint32_t at, const struct mk_field *field,
                       uint64_t value);

#endif
