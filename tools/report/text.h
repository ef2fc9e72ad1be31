/* SPDX-License-Identifier: MIT */
/* Private to the runner: what it says, and how it stops. */
#ifndef MEKIT_TOOLS_TEXT_H
#define MEKIT_TOOLS_TEXT_H

#include "tool.h"

#include <mekit/action/plan.h>
#include <mekit/image/image.h>

/* The one printer of errors: "tool: FILE: offset 0x10: ...". Returns the exit status. file: masked,
 * or "". */
int text_error(const struct tool *tool, const char *file, const struct mk_error *e);

/* What a filter works on: tool, file, firmware. */
void text_head(FILE *words, const struct tool_run *run, const struct mk_image *image);

/* What a plan does: a summary, remarks, edits (with -v and in a dry run), how much changes. */
void text_plan(FILE *words, const struct tool_run *run, const struct mk_image *image,
               const struct mk_plan *plan);

#endif
