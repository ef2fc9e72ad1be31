#include "check.h"

#include "column.h"
#include "each.h"
#include "look.h"
#include "report.h"
#include "text.h"

#include <mekit/action/compare.h>
#include <stdlib.h>

#define GAP 64u /* differences as close as this are one */

static bool has_unknown_key(const struct mk_chain *f) {
    for (size_t i = 0; i < f->n_manifests; i++)
        if (f->manifests[i].signature.verdict == MK_SIGNATURE_VALID &&
            !f->manifests[i].signature.key && !f->manifests[i].binding.trusted)
            return true;
    return false;
}

static bool is_cut(const struct mk_chain *f) {
    for (size_t i = 0; i < f->problems.n; i++)
        if (f->problems.list[i].code == MK_E_TRUNCATED)
            return true;
    return false;
}

/* Cut or damaged so that no manifest could be shown at all: not a negative answer, but none. */
static int status_of(const struct check *c, const struct check_options *o) {
    static const int statuses[] = {
        [MK_VERDICT_VALID] = MK_EXIT_DONE,
        [MK_VERDICT_ALTERED] = MK_EXIT_NEGATIVE,
        [MK_VERDICT_INVALID] = MK_EXIT_NEGATIVE,
        [MK_VERDICT_UNSIGNED] = MK_EXIT_NEGATIVE,
        [MK_VERDICT_UNSUPPORTED] = MK_EXIT_UNSUPPORTED,
    };
    const struct mk_chain *f = &c->seen.chain;
    const struct mk_proof *proof = &c->seen.proof;
    enum mk_verdict verdict = mk_inspection_verdict(&c->seen);
    bool damaged = c->error.code != MK_E_BAD_READ && c->error.code != MK_E_MEMORY &&
                   mk_findings_have(&c->seen.findings, MK_DAMAGE);
    if (c->error.code)
        return damaged ? MK_EXIT_NEGATIVE : (int)mk_code_exit(c->error.code);
    if (f->problems.n > 0 && (f->n_manifests == 0 || is_cut(f)))
        return (int)mk_code_exit(f->problems.list[0].code);
    bool doubted = (o->require_known_key && has_unknown_key(f)) ||
                   (o->require_proof && proof->proven < proof->boot_modules);
    return doubted && verdict == MK_VERDICT_VALID ? MK_EXIT_NEGATIVE : statuses[verdict];
}

/* A read that went wrong as a whole is told before what its firmware lacks. */
static struct mk_error reason_of(const struct check *c) {
    struct mk_error why;
    return mk_findings_readable(&c->seen.findings, &why) ? c->seen.unverified : why;
}

void check_look(const struct tool_run *run, const struct tool_input *input, struct check *c) {
    *c = (struct check){.input = input};
    c->recognised = look_recognise(run, input, &c->image, &c->seen.findings, &c->error);
    if (c->recognised && mk_inspect(&c->image, MK_LOOK_READ | MK_LOOK_CHAIN, run->books.list,
                                    run->books.n, &c->seen, &c->error))
        c->error = reason_of(c);
    c->status = status_of(c, run->options);
}

void check_close(struct check *c) {
    if (c->recognised)
        mk_image_free(&c->image);
    mk_inspection_free(&c->seen);
    mk_ranges_free(&c->differences);
}

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

/* ---- what is told ---- */

/* One file's words, before its error. */
static bool text_one(const struct tool_run *run, const struct check *c, struct mk_error *e) {
    struct words text;
    if (run->common.each) {
        check_line(run->words, c); /* one line a file, however long its name is */
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
        bool wanted = !json_alone && !(common->quiet && c->status == MK_EXIT_DONE);
        if (wanted && !text_one(run, c, e))
            return false;
        if (c->error.code && !(run->common.each && wanted) && !text_is_json())
            text_error(run->tool, c->input->name, &c->error);
    }
    return n < 2 || run->common.each || json_alone || common->quiet ||
           text_reads(run, checks, n, e);
}

/* A stream: one object a file, then the comparison. */
static int json_all(const struct tool_run *run, const struct check *checks, size_t n,
                    json_t *vote) {
    json_t *stream = report_list();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(stream,
                              check_json(run, &checks[i], &checks[run->common.each ? i : 0]));
    if (n > 1 && !run->common.each)
        json_array_append_new(stream, check_reads_json(run, checks, n, vote));
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
        status = check_vote(run, checks, n, &vote);
    return run->common.json.given ? each_worse(status, json_all(run, checks, n, vote)) : status;
}

static bool options_fit(const struct tool_run *run, struct mk_error *e) {
    const struct check_options *o = run->options;
    if (o->vote && run->n_inputs < 3)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "--vote needs three reads or more");
    if (o->vote && run->common.pass)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "--vote does not go with --pass");
    return true;
}

int check_report(struct tool_run *run) {
    size_t n = run->n_inputs;
    struct mk_error e;
    if (!options_fit(run, &e))
        return text_error(run->tool, "", &e);
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
