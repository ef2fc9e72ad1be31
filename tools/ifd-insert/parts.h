/* SPDX-License-Identifier: MIT */
/* Private to ifd-insert: the words of its command line and the files that these name. */
#ifndef MEKIT_TOOLS_PARTS_H
#define MEKIT_TOOLS_PARTS_H

#include "tool.h"

#include <mekit/action/insert.h>

struct insert_options {
    struct tool_list words; /* REGION=FILE */
    struct tool_list blank; /* REGION */
    bool align_end;
    const struct tool_run *run; /* its further inputs are the files, in the order of the words */
    struct mk_insert_part parts[MK_LIMIT_REGIONS];
    size_t n;
};

/* Call it before run_open. False: *status is the exit status. */
bool parts_load(struct tool_run *run, int *status);

/* The action's options; valid as long as o. */
struct mk_insert_options parts_of(const struct insert_options *o, struct mk_insert_part *parts);

#endif
