/* SPDX-License-Identifier: MIT */
/* Private to the runner: the undo record. A JSON object {schema, tool, version, input{size,
 * sha256}, output{size, sha256}, window{offset, length}, old: [{offset, fill, length | bytes
 * (hex)}]}: the old bytes of every edit and of everything outside the window, at offsets of the
 * input. */
#ifndef MEKIT_TOOLS_UNDO_H
#define MEKIT_TOOLS_UNDO_H

#include "tool.h"

#include <mekit/action/plan.h>

#include <jansson.h>

/* Makes the record of a closed plan that is not yet applied; undo_finish adds the output. NULL: no
 * memory. */
json_t *undo_start(const struct tool_run *run, const struct mk_plan *plan);
void undo_finish(json_t *record, struct mk_span output);

/* Restores the input from an output: *original (the caller frees p) is the input of the record,
 * checked by its digest. CONTRADICTION if output is not the output of the record. */
bool undo_apply(const char *path, struct mk_span output, uint64_t max_size,
                struct mk_buffer *original, struct mk_error *e);

#endif
