/* SPDX-License-Identifier: MIT */
/* The steps of a tool's run. */
#ifndef MEKIT_TOOLS_RUN_H
#define MEKIT_TOOLS_RUN_H

#include "tool.h"

/* Loads one more file that the tool needs besides the image, and appends it to run->inputs. Call it
 * before run_open. No output may replace it. Keep its number, not its address. False: *status is
 * the exit status. */
bool run_add_input(struct tool_run *run, const char *path, int *status);

/* Loads the codebooks if wanted, enters the sandbox, reads standard input, unpacks the inputs. From
 * here on the tool may parse their bytes, but can open nothing. False: *status is the exit status.
 */
bool run_open(struct tool_run *run, bool codebooks, int *status);

/* A report tool: report prints to run->words and returns the exit status. The output appears only
 * if it is complete; with --pass the input then goes to standard output if the status is 0. */
int run_report(struct tool_run *run, bool codebooks, int (*report)(struct tool_run *run));

/* For a tool that makes its output itself: writes it to -o FILE or standard output if it is the
 * expected one; writes nothing in a dry run. Returns the exit status. */
int run_write(struct tool_run *run, struct mk_span output);

#endif
