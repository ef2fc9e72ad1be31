/* SPDX-License-Identifier: MIT */
/* Private to the runner: --each, for many independent files. */
#ifndef MEKIT_TOOLS_EACH_H
#define MEKIT_TOOLS_EACH_H

#include "tool.h"

/* Runs `one` for each file in its own process, some at a time; their output comes in the order of
 * the names. A failure does not stop the others. Returns the worst exit status; in such a process,
 * it returns the result of `one`. */
int each_run(struct tool_run *run, int n, char **paths,
             int (*one)(struct tool_run *run, int n, char **paths));

/* The worse of two exit statuses. */
int each_worse(int a, int b);

#endif
