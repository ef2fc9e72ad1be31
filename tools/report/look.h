/* SPDX-License-Identifier: MIT */
/* The first look at an input: recognises it, or says why it can't. */
#ifndef MEKIT_TOOLS_LOOK_H
#define MEKIT_TOOLS_LOOK_H

#include "tool.h"

#include <jansson.h>
#include <mekit/inspect/inspect.h>

/* Recognises an input. If that fails, findings (started by the caller) say why it is not a dump,
 * and e is the first such finding. */
bool look_recognise(const struct tool_run *run, const struct tool_input *input,
                    struct mk_image *image, struct mk_findings *findings, struct mk_error *e);

/* [{id, severity, offset, length, blocks, text, next}] */
json_t *look_json(const struct mk_findings *findings);

/* Prints a finding, "  damage: short-read: offset 0x10: ...", and the next step below it. */
void look_row(FILE *words, const struct mk_finding *f);

/* Prints the findings for a filter: damage and warnings, notes with verbose, and always the few
 * notes that an owner has to know. */
void look_text(FILE *words, const struct mk_findings *findings, bool verbose);

#endif
