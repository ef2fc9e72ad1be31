/* SPDX-License-Identifier: MIT */
/* Private to the runner: the sandbox as the command line needs it. */
#ifndef MEKIT_TOOLS_CONFINE_H
#define MEKIT_TOOLS_CONFINE_H

#include "sandbox.h"
#include "tool.h"

/* Enters the sandbox with what this run will still write by name, or, with --no-sandbox, does not.
 * True if all of it is active. */
bool confine(const struct tool_run *run, struct sandbox_report *report);

#endif
