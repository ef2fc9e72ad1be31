/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <limits.h>
#include <mekit/base/text.h>
#include <stdlib.h>
#include <string.h>

#define SHA256_DIGITS 64u
#define SIZE_MOST     (SIZE_MAX / 4) /* an undo record has three characters for a byte */

static bool read_jobs(struct tool_common *c) {
    char *end;
    if (!c->jobs_text)
        return true;
    unsigned long n = strtoul(c->jobs_text, &end, 10);
    c->jobs = n <= UINT_MAX ? (unsigned)n : UINT_MAX;
    return *c->jobs_text >= '0' && *c->jobs_text <= '9' && *end == '\0' && n > 0;
}

/* Returns an error if options do not work with many files, or NULL. */
static const char *check_each(struct tool_run *run, int n_paths) {
    struct tool_common *c = &run->common;
    if (c->files0_from && n_paths > 0)
        return "--files0-from can't be combined with FILEs";
    c->each = c->each || c->files0_from;
    if (c->each && (options_argument(run, TOOL_OTHER) || options_argument(run, TOOL_WRITTEN)))
        return "--each can't be combined with options that read or write another file";
    if (c->pass && c->files0_from)
        return "--pass needs exactly one FILE";
    if (!read_jobs(c))
        return "-j needs a number, at least 1";
    return c->jobs_text && !c->each ? "-j needs --each or --files0-from" : NULL;
}

static const char *check_inputs(const struct tool_run *run, int n_paths, char **paths) {
    const struct tool_common *c = &run->common;
    if (c->in_place && c->output)
        return "--in-place can't be combined with -o";
    if (c->in_place && (n_paths != 1 || strcmp(paths[0], "-") == 0))
        return "--in-place needs a FILE";
    if (n_paths > 1 && !run->tool->many_inputs && !c->each)
        return run->tool->reports ? "several FILEs need --each" : "only one FILE can be given";
    return c->pass && n_paths > 1 ? "--pass needs exactly one FILE" : NULL;
}

static bool is_digest(const char *text) {
    size_t digits = strspn(text, "0123456789abcdefABCDEF");
    return digits == SHA256_DIGITS && text[digits] == '\0';
}

static bool is_set(const struct tool_option *row, const void *target) {
    const void *at = (const char *)target + row->at;
    switch (row->value) {
    case TOOL_FLAG:
        return *(const bool *)at;
    case TOOL_TEXT:
        return *(const char *const *)at;
    case TOOL_TEXT_OPTIONAL:
        return ((const struct tool_optional *)at)->given;
    case TOOL_LIST:
        break;
    }
    return ((const struct tool_list *)at)->n > 0;
}

static bool fail_beside_undo(const char *option, struct mk_error *e) {
    mk_fail(e, MK_E_USAGE, MK_NOWHERE, "%s can't be combined with --undo", option);
    e->next = "Undo the edit first, then run the tool again";
    return false;
}

/* Undo edits nothing, so an option that asks for an edit would be ignored. */
static bool check_undo(const struct tool_run *run, struct mk_error *e) {
    const struct tool *tool = run->tool;
    char option[OPTIONS_NAME_ROOM];
    for (size_t i = 0; i < tool->n_options; i++)
        if (is_set(&tool->options[i], run->options))
            return fail_beside_undo(options_name(&tool->options[i], option), e);
    if (tool->words && is_set(tool->words, run->options))
        return fail_beside_undo(tool->words->argument, e);
    return !run->common.undo_record || fail_beside_undo("--undo-record", e);
}

static bool check_values(struct tool_common *c, struct mk_error *e) {
    char masked[120];
    if (c->max_size_text &&
        (!tool_read_size(c->max_size_text, &c->max_size) || c->max_size > SIZE_MOST))
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "not a size: %s",
                       mk_text_mask_string(masked, sizeof masked, c->max_size_text));
    if (c->expect && !is_digest(c->expect))
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "--expect needs the %u hex digits of a SHA-256",
                       SHA256_DIGITS);
    return !c->accept_text || mk_accepted_read(c->accept_text, &c->accepted, e);
}

bool options_agree(struct tool_run *run, int n_paths, char **paths, struct mk_error *e) {
    const char *wrong = check_each(run, n_paths);
    if (!wrong)
        wrong = check_inputs(run, n_paths, paths);
    if (wrong)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "%s", wrong);
    return (!run->common.undo || check_undo(run, e)) && check_values(&run->common, e);
}
