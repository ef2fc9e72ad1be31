/* Private to the runner: the command line. */
#ifndef MEKIT_TOOLS_OPTIONS_H
#define MEKIT_TOOLS_OPTIONS_H

#include "tool.h"

enum options_result { OPTIONS_RUN, OPTIONS_STOP };

/* Options that every tool has, those of its kind (editing filter, report), those of tools that
 * verify. n: how many. */
#define OPTIONS_PARTS 3
const struct tool_option *options_common(const struct tool *tool, size_t part, size_t *n);

/* Fills run->common and run->options; *paths: where the FILE arguments begin in argv. STOP: --help,
 * --version or an error was dealt with, *status is the exit status. */
enum options_result options_read(struct tool_run *run, int argc, char **argv, int *paths,
                                 int *status);

/* What was given for the tool's own option with this argument (TOOL_OTHER, TOOL_FOLDER), or NULL.
 */
const char *options_argument(const struct tool_run *run, const char *argument);

void options_free(struct tool_run *run);

#endif
