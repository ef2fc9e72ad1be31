/* SPDX-License-Identifier: MIT */
#include "filter.h"

#include "column.h"
#include "decision.h"
#include "look.h"
#include "output.h"
#include "report.h"
#include "run.h"
#include "text.h"
#include "undo.h"

#include <mekit/action/seal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The state of one image's way through a filter. */
struct job {
    struct tool_run *run;
    const struct filter *filter;
    bool recognised;
    bool replaces; /* the plan replaces the firmware, so there is no seal */
    struct mk_image image;
    struct mk_inspection inspection;
    struct mk_plan plan;
    struct mk_seal seal;
    struct mk_span output;
    json_t *json, *record;
};

static int fail(const struct job *job, const struct mk_error *e) {
    return report_failure(job->run, &job->run->inputs[0], &job->inspection.findings, e);
}

/* ---- the output ---- */

static bool check_expectation(const struct job *job, struct mk_error *e) {
    struct mk_digest digest;
    char hex[2 * MK_DIGEST_MAX + 1];
    const char *wanted = job->run->common.expect;
    if (!wanted)
        return true;
    if (!mk_digest_take(MK_SHA256, &job->output, 1, &digest, e))
        return false;
    mk_digest_hex(&digest, hex);
    return strcasecmp(hex, wanted) == 0
               ? true
               : mk_fail(e, MK_E_EXPECTATION, MK_NOWHERE, "the output's SHA-256 is %s", hex);
}

enum { RECORD, REPORT, IMAGE, FILES }; /* in the order in which they are committed */

static bool prepare_image(const struct job *job, struct output *o, struct mk_error *e) {
    const struct tool_common *c = &job->run->common;
    o->keep_original = !c->output;
    if (c->output)
        return output_prepare(o, c->output, job->output, e) && output_suits_image(o, e);
    return !c->in_place || !mk_plan_changes(&job->plan) ||
           output_prepare(o, job->run->inputs[0].path, job->output, e);
}

static bool prepare_record(struct job *job, struct output *o, struct mk_error *e) {
    if (!job->run->common.undo_record)
        return true;
    undo_finish(job->record, job->output);
    char *text = json_dumps(job->record, JSON_COMPACT);
    bool done = report_is_whole(e) && (text ? output_prepare(o, job->run->common.undo_record,
                                                             mk_span_of(text, strlen(text)), e)
                                            : mk_fail_memory(e));
    output_own(o, text);
    return done;
}

static bool print_words(const struct job *job, struct mk_error *e) {
    struct words text;
    FILE *words = column_open(&text, e);
    if (!words)
        return false;
    text_head(words, job->run, &job->image);
    look_text(words, &job->inspection.findings, job->run->common.verbose);
    text_plan(words, job->run, &job->image, &job->plan);
    return column_close(&text, job->run, e);
}

static bool prepare_report(struct job *job, struct output *o, struct mk_error *e) {
    const struct tool_common *c = &job->run->common;
    bool in_words = !c->quiet && !(c->json.given && !c->json.text);
    if (in_words && !print_words(job, e))
        return false;
    if (!c->json.given)
        return true;
    json_t *object = job->json;
    job->json = NULL;
    json_object_set_new(object, "decisions", decision_json(&job->image, &job->plan));
    if (!c->dry_run)
        json_object_set_new(object, "output", report_output(job->output));
    return report_prepare(job->run, object, o, e);
}

/* Standard output comes last: written bytes can't be taken back. */
static bool place_files(const struct job *job, struct output *files, struct mk_error *e) {
    const struct tool_common *c = &job->run->common;
    if (c->output || c->in_place || c->dry_run)
        return output_commit(files, FILES, e);
    if (!output_offer(files, FILES, e) || !output_stream(job->output, e))
        return false;
    output_keep(files, FILES);
    return true;
}

static bool write_image(const struct job *job, struct mk_error *e) {
    struct output files[FILES] = {{.fd = -1}, {.fd = -1}, {.fd = -1}};
    bool done = prepare_image(job, &files[IMAGE], e) && place_files(job, files, e);
    output_discard(files, FILES);
    return done;
}

/* ---- the steps of filter_image, in order ---- */

static bool recognise(struct job *job, struct mk_error *e) {
    job->recognised =
        look_recognise(job->run, &job->run->inputs[0], &job->image, &job->inspection.findings, e);
    return job->recognised;
}

static bool check_options(const struct job *job, struct mk_error *e) {
    return !job->filter->check || job->filter->check(&job->image, job->run->options, e);
}

/* Look for findings that block nothing only if the run reports them. */
static unsigned how_closely(const struct tool_run *run, const struct filter *filter) {
    bool tells = !run->common.quiet || run->common.json.given;
    return filter->look | (tells ? 0 : MK_LOOK_BOOT);
}

static bool inspect(struct job *job, struct mk_error *e) {
    const struct tool_run *run = job->run;
    return mk_inspect(&job->image, how_closely(run, job->filter), run->books.list, run->books.n,
                      &job->inspection, e) &&
           mk_findings_readable(&job->inspection.findings, e);
}

static bool make_plan(struct job *job, struct mk_error *e) {
    mk_plan_start(&job->plan, job->image.bytes);
    return job->filter->plan(&job->image, job->run->options, &job->plan, e) &&
           mk_plan_close(&job->plan, e);
}

/* First refuse an operation that does not exist for this firmware, or wrong options; then an
 * operation that a finding blocks. */
static bool plan_heeding_findings(struct job *job, struct mk_error *e) {
    const struct tool_run *run = job->run;
    struct mk_error blocked;
    bool planned = check_options(job, e) && make_plan(job, e);
    enum mk_exit status = planned ? MK_EXIT_DONE : mk_code_exit(e->code);
    if (status == MK_EXIT_UNSUPPORTED || status == MK_EXIT_TROUBLE)
        return false;
    if (mk_findings_allow(&job->inspection.findings,
                          job->filter->operations(&job->image, run->options), run->common.accepted,
                          &blocked))
        return planned;
    *e = blocked;
    return false;
}

/* The record and the JSON contain old bytes: make both before the plan overwrites these. */
static bool note_old_bytes(struct job *job, struct mk_error *e) {
    const struct tool_common *c = &job->run->common;
    if (c->json.given) {
        job->json = report_plan(job->run, &job->image, &job->plan);
        json_object_set_new(job->json, "findings", look_json(&job->inspection.findings));
    }
    if (c->undo_record && !c->dry_run)
        job->record = undo_start(job->run, &job->plan);
    const struct filter *f = job->filter;
    job->replaces = f->replaces && f->replaces(&job->image, job->run->options);
    bool sealed = f->cuts || job->replaces || mk_seal_take(&job->image, &job->seal, e);
    if (f->spoils && f->spoils(job->run->options))
        job->seal.n_volumes = 0;
    return sealed;
}

static bool apply_plan(struct job *job, struct mk_error *e) {
    return mk_plan_apply(&job->plan, job->run->inputs[0].bytes, &job->output, e);
}

static bool second_run_is_idle(const struct job *job, const struct mk_image *again,
                               struct mk_error *e) {
    struct mk_plan second;
    mk_plan_start(&second, job->output);
    bool idle =
        job->filter->plan(again, job->run->options, &second, e) && mk_plan_close(&second, e);
    if (idle && mk_plan_changes(&second))
        idle = mk_fail(e, MK_E_SELFCHECK, second.edits[0].offset, "a second run would change %s",
                       second.edits[0].why);
    mk_plan_free(&second);
    return idle;
}

static bool recognise_output(const struct job *job, struct mk_image *again, struct mk_error *e) {
    char why[sizeof e->what];
    if (mk_image_recognise(job->output, job->run->common.platform, again, e))
        return true;
    memcpy(why, e->what, sizeof why);
    return e->code == MK_E_MEMORY
               ? false
               : mk_fail(e, MK_E_SELFCHECK, e->offset, "the output is not recognised: %.120s", why);
}

/* The output must be recognised as the same kind of image, and the same run must not change it
 * again. */
static bool check_output(struct job *job, struct mk_error *e) {
    struct mk_image again;
    if (job->filter->cuts)
        return true;
    if (!recognise_output(job, &again, e))
        return false;
    bool vanished = again.me == MK_ME_ERASED;
    bool holds = (job->replaces || mk_seal_check(&job->seal, &again, e)) &&
                 (vanished || second_run_is_idle(job, &again, e));
    if (!holds && e->code != MK_E_MEMORY)
        e->code = MK_E_SELFCHECK;
    if (holds && job->filter->tell)
        holds = job->filter->tell(&again, job->run->options, &job->plan, e);
    mk_image_free(&again);
    return holds;
}

static bool hand_over(struct job *job, struct mk_error *e) {
    struct output files[FILES] = {{.fd = -1}, {.fd = -1}, {.fd = -1}};
    bool writes = !job->run->common.dry_run;
    bool done = (!writes || (prepare_record(job, &files[RECORD], e) &&
                             prepare_image(job, &files[IMAGE], e))) &&
                prepare_report(job, &files[REPORT], e) && place_files(job, files, e);
    output_discard(files, FILES);
    return done;
}

/* ---- the ways through a filter ---- */

static void close_job(struct job *job) {
    mk_plan_free(&job->plan);
    mk_inspection_free(&job->inspection);
    if (job->recognised)
        mk_image_free(&job->image);
    json_decref(job->json);
    json_decref(job->record);
}

static int undo(struct job *job) {
    struct mk_error e = {0};
    struct mk_buffer original;
    const struct tool_common *c = &job->run->common;
    if (!undo_apply(c->undo, mk_buffer_span(job->run->inputs[0].bytes), c->max_size, &original, &e))
        return fail(job, &e);
    job->output = mk_buffer_span(original);
    job->plan.window_length = job->output.n + 1; /* counts as a change for all sizes */
    bool written = check_expectation(job, &e) && (c->dry_run || write_image(job, &e));
    free(original.p);
    return written ? MK_EXIT_DONE : fail(job, &e);
}

int run_write(struct tool_run *run, struct mk_span output) {
    struct mk_error e = {0};
    struct job job = {.run = run, .output = output};
    if (run->common.in_place || run->common.undo_record || run->common.undo)
        mk_fail(&e, MK_E_USAGE, MK_NOWHERE, "the output is no image that was changed");
    else if (check_expectation(&job, &e) && (run->common.dry_run || write_image(&job, &e)))
        return MK_EXIT_DONE;
    return fail(&job, &e);
}

int filter_open_image(struct tool_run *run, const struct filter *filter) {
    struct mk_error e = {0};
    struct job job = {.run = run, .filter = filter};
    if (run->common.undo)
        return undo(&job);
    bool dry = run->common.dry_run && !run->common.expect;
    bool done =
        recognise(&job, &e) && inspect(&job, &e) && plan_heeding_findings(&job, &e) &&
        note_old_bytes(&job, &e) &&
        (dry || (apply_plan(&job, &e) && check_output(&job, &e) && check_expectation(&job, &e))) &&
        hand_over(&job, &e);
    if (done)
        report_end();
    int status = done ? MK_EXIT_DONE : fail(&job, &e);
    close_job(&job);
    return status;
}

int filter_image(struct tool_run *run, const struct filter *filter) {
    int status;
    bool chain = filter->look & MK_LOOK_CHAIN;
    run->threads = chain && !(how_closely(run, filter) & MK_LOOK_BOOT);
    return run_open(run, chain, &status) ? filter_open_image(run, filter) : status;
}
