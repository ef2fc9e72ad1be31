/* Private to the runner: the two kinds of tools. Both get inputs that are loaded but not unpacked.
 */
#ifndef MEKIT_TOOLS_RUN_H
#define MEKIT_TOOLS_RUN_H

#include "tool.h"

/* Prepares the tool, enters the sandbox, then unpacks the inputs: from here on their bytes are
 * parsed. False: *status is the exit status. */
bool run_confined(struct tool_run *run, int *status);

/* Input to output; returns the exit status. */
int run_filter(struct tool_run *run);

/* For a tool that makes its output by itself: to -o FILE or standard output, if it is the expected
 * one; nothing in a dry run. Returns the exit status. */
int run_write(struct tool_run *run, struct mk_span output);

#endif
