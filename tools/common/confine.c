/* SPDX-License-Identifier: MIT */
#include "confine.h"

#include "options.h"
#include "target.h"

/* Limits of address space, in multiples of the size cap: the JSON record of a whole image and its
 * text take ten. */
#define PER_RUN   16
#define PER_INPUT 4
#define SLACK     ((uint64_t)256 << 20) /* xz may use half of it */

static uint64_t memory_of(const struct tool_run *run) {
    uint64_t times = PER_RUN + PER_INPUT * (uint64_t)run->n_inputs;
    return run->common.max_size < (UINT64_MAX - SLACK) / times
               ? times * run->common.max_size + SLACK
               : 0;
}

static void add(struct sandbox_need *need, const char *path, enum sandbox_kind kind) {
    if (path && (kind == SANDBOX_FOLDER || target_stream(path) < 0))
        need->places[need->n_places++] = (struct sandbox_place){path, kind};
}

/* Add at most SANDBOX_PLACES places: each line adds one. */
static struct sandbox_need need_of(const struct tool_run *run) {
    const struct tool_common *c = &run->common;
    struct sandbox_need need = {
        .memory = memory_of(run), .idle = run->common.version, .threads = run->threads};
    add(&need, c->json.text, SANDBOX_FILE);
    if (c->dry_run)
        return need;
    add(&need, c->output, SANDBOX_FILE);
    add(&need, c->undo_record, SANDBOX_FILE);
    if (c->in_place && run->n_inputs > 0)
        add(&need, run->inputs[0].path, SANDBOX_IN_PLACE);
    add(&need, options_argument(run, TOOL_WRITTEN), SANDBOX_FILE);
    add(&need, options_argument(run, TOOL_FOLDER), SANDBOX_FOLDER);
    return need;
}

bool confine(const struct tool_run *run, struct sandbox_report *report) {
    *report = (struct sandbox_report){.none = "--no-sandbox"};
    if (run->common.no_sandbox)
        return false;
    struct sandbox_need need = need_of(run);
    return sandbox_enter(&need, report);
}
