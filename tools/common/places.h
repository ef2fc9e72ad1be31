/* SPDX-License-Identifier: MIT */
/* Private to the runner: where the outputs of a run go, all of them together. */
#ifndef MEKIT_TOOLS_PLACES_H
#define MEKIT_TOOLS_PLACES_H

#include "tool.h"

/* False: USAGE. An output would replace an input, or two outputs would be one file. */
bool places_check(const struct tool_run *run, struct mk_error *e);

/* False: USAGE. path, where one more file will go, is the place of another output. */
bool places_leave(const struct tool_run *run, const char *path, struct mk_error *e);

/* False: USAGE. The inputs, now unpacked, are none that --in-place could replace. */
bool places_suit_inputs(const struct tool_run *run, struct mk_error *e);

/* Opens those that are written into, not replaced. IO. */
bool places_open(const struct tool_run *run, struct mk_error *e);

#endif
