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

/* agree.c: checks that the options go together and that the common ones have valid values; fills
 * run->common from their texts. False: USAGE. */
bool options_agree(struct tool_run *run, int n_paths, char **paths, struct mk_error *e);

/* "--name", or "-x" where it has a letter alone. Returns out. */
#define OPTIONS_NAME_ROOM 40
char *options_name(const struct tool_option *row, char out[OPTIONS_NAME_ROOM]);

void options_help(const struct tool *tool); /* to standard output */

/* The value of the tool's own option with this argument (TOOL_OTHER, TOOL_FOLDER), or NULL. */
const char *options_argument(const struct tool_run *run, const char *argument);

void options_free(struct tool_run *run);

#endif
