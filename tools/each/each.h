/* SPDX-License-Identifier: MIT */
/* Private to the runner: --each, many files that have nothing to do with each other. */
#ifndef MEKIT_TOOLS_EACH_H
#define MEKIT_TOOLS_EACH_H

#include "tool.h"

/* Each file goes through `one` in a process of its own, some at a time; what they say comes in the
 * order of the names. One that fails does not stop the others. Returns the worst exit status; in
 * such a process, what `one` returned. */
int each_run(struct tool_run *run, int n, char **paths,
             int (*one)(struct tool_run *run, int n, char **paths));

/* The worse of two exit statuses. */
int each_worse(int a, int b);

#endif
