/* SPDX-License-Identifier: MIT */
/* Private to the runner: reads the command line; prints only --help. */
#ifndef MEKIT_TOOLS_OPTIONS_H
#define MEKIT_TOOLS_OPTIONS_H

#include "tool.h"

enum options_result { OPTIONS_RUN, OPTIONS_HELP, OPTIONS_VERSION, OPTIONS_WRONG };

/* The parts of the common options: those of every tool, those of its kind (editing filter, report),
 * those of tools that verify. *n: number of rows. */
#define OPTIONS_PARTS 3
const struct tool_option *options_common(const struct tool *tool, size_t part, size_t *n);

/* Fills run->common and run->options; *paths: where the FILE arguments begin in argv. WRONG: *e
 * says why; it may not have read --json yet. */
enum options_result options_read(struct tool_run *run, int argc, char **argv, int *paths,
                                 struct mk_error *e);

void options_help(const struct tool *tool); /* to standard output */

/* The value of the tool's own option with this argument (TOOL_OTHER, TOOL_FOLDER), or NULL. */
const char *options_argument(const struct tool_run *run, const char *argument);

void options_free(struct tool_run *run);

#endif
