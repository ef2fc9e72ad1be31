/* SPDX-License-Identifier: MIT */
/* Private to the runner: checks where all outputs of a run go. */
#ifndef MEKIT_TOOLS_PLACES_H
#define MEKIT_TOOLS_PLACES_H

#include "tool.h"

/* False: USAGE, if an output would replace an input, or two outputs would be one file. */
bool places_check(const struct tool_run *run, struct mk_error *e);

/* False: USAGE, if path, the place of one more file, is the place of another output. */
bool places_leave(const struct tool_run *run, const char *path, struct mk_error *e);

/* False: USAGE, if --in-place would replace a packed input. Call it once the inputs are unpacked.
 */
bool places_suit_inputs(const struct tool_run *run, struct mk_error *e);

/* Opens the outputs that are written into, not replaced. IO. */
bool places_open(const struct tool_run *run, struct mk_error *e);

#endif
