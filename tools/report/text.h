/* SPDX-License-Identifier: MIT */
/* Private to the runner: the messages of a run. */
#ifndef MEKIT_TOOLS_TEXT_H
#define MEKIT_TOOLS_TEXT_H

#include "tool.h"

#include <mekit/action/plan.h>
#include <mekit/image/image.h>

/* The only function that prints errors: "tool: FILE: offset 0x10: ...". Returns the exit status.
 * file: masked, or "". */
int text_error(const struct tool *tool, const char *file, const struct mk_error *e);

/* Prints the tool, file and firmware of a filter's run. */
void text_head(FILE *words, const struct tool_run *run, const struct mk_image *image);

/* Prints the effect of a plan: a summary, remarks, edits (with -v and in a dry run), how much
 * changes. */
void text_plan(FILE *words, const struct tool_run *run, const struct mk_image *image,
               const struct mk_plan *plan);

#endif
