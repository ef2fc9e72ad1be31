/* SPDX-License-Identifier: MIT */
/* Private to ifd-set: the values of its options as numbers. */
#ifndef MEKIT_TOOLS_VALUES_H
#define MEKIT_TOOLS_VALUES_H

#include "tool.h"

#include <mekit/action/set.h>

struct value_options {
    const char *density, *chip, *chips, *spi_clock, *top_swap;
    struct tool_list straps; /* N=VALUE */
    struct mk_set_options set;
    struct mk_strap_value *strap_values; /* set.straps, owned */
};

/* Fills set from the texts. */
bool values_read(struct value_options *o, struct mk_error *e);

#endif
