/* SPDX-License-Identifier: MIT */
/* Private to ifd-layout: the layout that is asked for, by words and by a file. */
#ifndef MEKIT_TOOLS_WISHES_H
#define MEKIT_TOOLS_WISHES_H

#include "tool.h"

#include <mekit/action/regions.h>

struct layout_options {
    struct tool_list words; /* REGION=START-END */
    const char *layout;     /* a file; the run's second input */
    const char *size_text;
    bool print;
    struct mk_regions_options regions;
};

/* Before run_open: loads the file. False: *status is the exit status. */
bool wishes_load(struct tool_run *run, int *status);
/* Behind it: reads words and file. False: *status is the exit status. */
bool wishes_read(struct tool_run *run, int *status);
/* The new layout to standard output; returns the exit status. */
int wishes_print(struct tool_run *run);

#endif
