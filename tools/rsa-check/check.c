/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "column.h"
#include "each.h"
#include "report.h"
#include "text.h"

#include <mekit/action/compare.h>
#include <stdlib.h>

#define GAP 64u /* differences that are this close count as one */

static int compare(const struct tool_run *run, struct check *checks, size_t n) {
    struct mk_error e;
    int status = MK_EXIT_DONE;
    for (size_t i = 1; i < n; i++) {
        if (!mk_compare(mk_buffer_span(checks[0].input->bytes),
                        mk_buffer_span(checks[i].input->bytes), GAP, &checks[i].differences)) {
            mk_fail_memory(&e);
            return text_error(run->tool, checks[i].input->name, &e);
        }
        if (checks[i].differences.n > 0)
            status = MK_EXIT_NEGATIVE;
    }
    return status;
}

/* ---- output ---- */

/* The text of an earlier equal read covers this one; the last line names both. */
static bool is_told(const struct tool_run *run, const struct check *checks, size_t i) {
    return !run->common.each && !run->common.verbose && !checks[i].error.code &&
           check_first_like(checks, i) < i;
}

/* Prints one file's text, before its error. */
static bool text_one(const struct tool_run *run, const struct check *c, struct mk_error *e) {
    struct words text;
    if (run->common.each) {
        check_line(run->words, c); /* one line per file, however long its name is */
        return true;
    }
    FILE *words = column_open(&text, e);
    if (!words)
        return false;
    check_text(words, c, run->common.verbose);
    return column_close(&text, run, e);
}

static bool text_reads(const struct tool_run *run, const struct check *checks, size_t n,
                       struct mk_error *e) {
    struct words text;
    FILE *words = column_open(&text, e);
    if (!words)
        return false;
    check_reads_text(words, checks, n);
    return column_close(&text, run, e);
}

static bool text_all(const struct tool_run *run, const struct check *checks, size_t n,
                     struct mk_error *e) {
    const struct tool_common *common = &run->common;
    bool json_alone = common->json.given && !common->json.text;
    for (size_t i = 0; i < n; i++) {
        const struct check *c = &checks[i];
        /* Trouble leaves no report, so its line would be lost. */
        bool lost = common->each && c->status == MK_EXIT_TROUBLE;
        bool wanted = !json_alone && !lost && !(common->quiet && c->status == MK_EXIT_DONE);
        if (wanted && !is_told(run, checks, i) && !text_one(run, c, e))
            return false;
        if (c->error.code && !(common->each && wanted) && !report_says_errors())
            text_error(run->tool, c->input->name, &c->error);
    }
    return n < 2 || run->common.each || json_alone || common->quiet ||
           text_reads(run, checks, n, e);
}

/* Writes a stream: one object per file, then the comparison. */
static int json_all(const struct tool_run *run, const struct check *checks, size_t n, json_t *vote,
                    const struct mk_error *e) {
    json_t *stream = report_list();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(stream,
                              check_json(run, &checks[i], &checks[run->common.each ? i : 0]));
    if (n > 1 && !run->common.each)
        json_array_append_new(stream, check_reads_json(run, checks, n, vote, e));
    return report_write(run, stream);
}

/* ---- the whole ---- */

static int report_all(struct tool_run *run, struct check *checks, size_t n) {
    const struct check_options *o = run->options;
    int status = MK_EXIT_DONE;
    json_t *vote = NULL;
    struct mk_error e = {0};
    for (size_t i = 0; i < n; i++) {
        check_look(run, &run->inputs[i], &checks[i]);
        status = each_worse(status, checks[i].status);
    }
    if (!run->common.each)
        status = each_worse(status, compare(run, checks, n));
    if (!text_all(run, checks, n, &e))
        return text_error(run->tool, "", &e);
    if (o->vote)
        status = check_vote(run, checks, n, &vote, &e);
    return run->common.json.given ? each_worse(status, json_all(run, checks, n, vote, &e)) : status;
}

bool check_options_fit(const struct tool_run *run, struct mk_error *e) {
    const struct check_options *o = run->options;
    if (o->vote && run->n_inputs < 3)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "--vote needs three reads or more");
    if (o->vote && run->common.pass)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "--vote can't be combined with --pass");
    return true;
}

int check_report(struct tool_run *run) {
    size_t n = run->n_inputs;
    struct mk_error e;
    struct check *checks = calloc(n, sizeof *checks);
    if (!checks) {
        mk_fail_memory(&e);
        return text_error(run->tool, "", &e);
    }
    int status = report_all(run, checks, n);
    for (size_t i = 0; i < n; i++)
        check_close(&checks[i]);
    free(checks);
    return status;
}
