/* SPDX-License-Identifier: MIT */
/* What a tool's run is made of. */
#ifndef MEKIT_TOOLS_RUN_H
#define MEKIT_TOOLS_RUN_H

#include "tool.h"

/* Before run_open: loads one more file, behind run->inputs, that the tool needs beside the image.
 * No output may replace it. Keep its number, not its address. False: *status is the exit status. */
bool run_add_input(struct tool_run *run, const char *path, int *status);

/* Loads the codebooks if they are wanted, enters the sandbox, unpacks the inputs: from here on
 * their bytes may be parsed, and nothing can be opened. False: *status is the exit status. */
bool run_open(struct tool_run *run, bool codebooks, int *status);

/* A report tool: report prints to run->words and returns the exit status. What it printed is shown
 * only if it is whole; with --pass the input then goes to standard output if that status is 0. */
int run_report(struct tool_run *run, bool codebooks, int (*report)(struct tool_run *run));

/* For a tool that makes its output by itself: to -o FILE or standard output, if it is the expected
 * one; nothing in a dry run. Returns the exit status. */
int run_write(struct tool_run *run, struct mk_span output);

#endif
