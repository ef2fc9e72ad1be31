/* SPDX-License-Identifier: MIT */
/* Private to the runner: the sandbox for the options of this run. */
#ifndef MEKIT_TOOLS_CONFINE_H
#define MEKIT_TOOLS_CONFINE_H

#include "sandbox.h"
#include "tool.h"

/* Enters the sandbox, which allows the places that this run still has to write; does nothing with
 * --no-sandbox. True if all parts are active. */
bool confine(const struct tool_run *run, struct sandbox_report *report);

#endif
