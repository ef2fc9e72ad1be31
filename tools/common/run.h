/* Private to the runner: the two kinds of tools. */
#ifndef MEKIT_TOOLS_RUN_H
#define MEKIT_TOOLS_RUN_H

#include "tool.h"

/* Input to output; returns the exit status. */
int run_filter(struct tool_run *run);

#endif
