/* SPDX-License-Identifier: MIT */
/* Private to ifd-layout: the wanted layout, from words and a file. */
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

/* Loads the file; call it before run_open. False: *status is the exit status. */
bool wishes_load(struct tool_run *run, int *status);
/* Reads words and file; call it after run_open. False: *status is the exit status. */
bool wishes_read(struct tool_run *run, int *status);
/* Prints the new layout to standard output; returns the exit status. */
int wishes_print(struct tool_run *run);

#endif
