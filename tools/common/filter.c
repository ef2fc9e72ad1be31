#include "run.h"

#include "output.h"
#include "report.h"
#include "text.h"
#include "undo.h"

#include <mekit/action/check.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* All that lives while one image goes through a filter. */
struct job {
    struct tool_run *run;
    struct mk_image image;
    struct mk_plan plan;
    struct mk_seal seal;
    struct mk_span output;
    json_t *json, *record;
};

static int fail(const struct job *job, const struct mk_error *e) {
    return report_failure(job->run, &job->run->inputs[0], e);
}

/* Hostile or not, what the tool made must be read again as what it was, and need no further change.
 */
static bool check_again(struct job *job, struct mk_error *e) {
    const struct tool *tool = job->run->tool;
    struct mk_image again;
    struct mk_plan second;
    char why[200];
    if (!mk_image_recognise(job->output, job->run->common.platform, &again, e)) {
        if (e->code == MK_E_MEMORY)
            return false;
        memcpy(why, e->what, sizeof why);
        return mk_fail(e, MK_E_SELFCHECK, e->offset, "the output is not recognised: %.120s", why);
    }
    mk_plan_start(&second, job->output);
    bool vanished = again.me == MK_ME_ERASED;
    bool holds = mk_seal_check(&job->seal, &again, e) &&
                 (vanished ||
                  (tool->plan(&again, job->run->options, &second, e) && mk_plan_close(&second, e)));
    if (holds && !vanished && mk_plan_changes(&second))
        holds = mk_fail(e, MK_E_SELFCHECK, second.edits[0].offset, "a second run would change %s",
                        second.edits[0].why);
    else if (!holds && e->code != MK_E_SELFCHECK && e->code != MK_E_MEMORY)
        e->code = MK_E_SELFCHECK;
    if (holds && tool->tell)
        holds = tool->tell(&again, job->run->options, &job->plan, e);
    mk_plan_free(&second);
    mk_image_free(&again);
    return holds;
}

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

enum { RECORD, REPORT, IMAGE, FILES }; /* in the order in which they take their places */

static bool prepare_image(const struct job *job, struct output *o, struct mk_error *e) {
    const struct tool_common *c = &job->run->common;
    o->keep_original = !c->output;
    if (c->output)
        return output_prepare(o, c->output, job->output, e) &&
               (!o->is_stream || output_is_for_images(o->fd, e));
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

static bool prepare_report(struct job *job, struct output *o, struct mk_error *e) {
    const struct tool_common *c = &job->run->common;
    if (!c->quiet && !(c->json.given && !c->json.text))
        text_plan(job->run, &job->plan);
    if (!c->json.given)
        return true;
    json_t *object = job->json;
    job->json = NULL;
    if (!c->dry_run)
        json_object_set_new(object, "output", report_output(job->output));
    return report_prepare(job->run, object, o, e);
}

/* Standard output comes last: what it has taken can't be taken back. */
static bool hand_over(const struct job *job, struct output *files, struct mk_error *e) {
    const struct tool_common *c = &job->run->common;
    if (c->output || c->in_place || c->dry_run)
        return output_commit(files, FILES, e);
    if (!output_offer(files, FILES, e) || !output_stream(job->output, e))
        return false;
    output_keep(files, FILES);
    return true;
}

static bool write_all(struct job *job, struct mk_error *e) {
    struct output files[FILES] = {{.fd = -1}, {.fd = -1}, {.fd = -1}};
    bool writes = !job->run->common.dry_run;
    bool done = (!writes || (prepare_record(job, &files[RECORD], e) &&
                             prepare_image(job, &files[IMAGE], e))) &&
                prepare_report(job, &files[REPORT], e) && hand_over(job, files, e);
    output_discard(files, FILES);
    return done;
}

static bool write_image(const struct job *job, struct mk_error *e) {
    struct output files[FILES] = {{.fd = -1}, {.fd = -1}, {.fd = -1}};
    bool done = prepare_image(job, &files[IMAGE], e) && hand_over(job, files, e);
    output_discard(files, FILES);
    return done;
}

/* JSON and record tell of old bytes, which are gone once the plan is carried out. */
static bool carry_out(struct job *job, struct mk_error *e) {
    const struct tool_common *c = &job->run->common;
    if (!job->run->tool->cuts && !mk_seal_take(&job->image, &job->seal, e))
        return false;
    if (c->undo_record)
        job->record = undo_start(job->run, &job->plan);
    return mk_plan_apply(&job->plan, job->run->inputs[0].bytes, &job->output, e) &&
           (job->run->tool->cuts || check_again(job, e)) && check_expectation(job, e);
}

static int finish(struct job *job) {
    struct mk_error e = {0};
    if (job->run->common.json.given)
        job->json = report_plan(job->run, &job->image, &job->plan);
    bool tries = !job->run->common.dry_run || job->run->common.expect;
    bool done = (!tries || carry_out(job, &e)) && write_all(job, &e);
    if (!done)
        return fail(job, &e);
    report_end(NULL);
    return MK_EXIT_DONE;
}

static int undo(struct job *job) {
    struct mk_error e = {0};
    struct mk_buffer original;
    const struct tool_common *c = &job->run->common;
    if (!undo_apply(c->undo, mk_buffer_span(job->run->inputs[0].bytes), c->max_size, &original, &e))
        return fail(job, &e);
    job->output = mk_buffer_span(original);
    job->plan.window_length = job->output.n + 1; /* it changes, whatever the sizes are */
    bool written = check_expectation(job, &e) && (c->dry_run || write_image(job, &e));
    free(original.p);
    return written ? MK_EXIT_DONE : fail(job, &e);
}

static int plan_and_finish(struct job *job) {
    struct mk_error e = {0};
    bool handled = false;
    struct tool_run *run = job->run;
    int status = run->tool->act ? run->tool->act(run, &job->image, &handled) : MK_EXIT_DONE;
    if (handled)
        return status;
    if (!run->tool->plan(&job->image, run->options, &job->plan, &e) ||
        !mk_plan_close(&job->plan, &e))
        return fail(job, &e);
    return finish(job);
}

/* The wrong chip, or a clip that has slipped: whatever was asked for, this is not what was meant.
 */
static int fail_blank(const struct job *job) {
    struct mk_error e = {0};
    mk_fail(&e, MK_E_ERASED, 0, "every byte is 0xFF");
    return fail(job, &e);
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

int run_filter(struct tool_run *run) {
    struct mk_error e = {0};
    struct job job = {.run = run};
    bool handled = false;
    int status;
    if (!run_confined(run, &status))
        return status;
    status = run->tool->look ? run->tool->look(run, &handled) : MK_EXIT_DONE;
    if (handled)
        return status;
    struct mk_span bytes = mk_buffer_span(run->inputs[0].bytes);
    if (run->common.undo)
        return undo(&job);
    if (!mk_image_recognise(bytes, run->common.platform, &job.image, &e))
        return fail(&job, &e);
    mk_plan_start(&job.plan, bytes);
    status = job.image.blank_chip ? fail_blank(&job) : plan_and_finish(&job);
    mk_plan_free(&job.plan);
    mk_image_free(&job.image);
    json_decref(job.json);
    json_decref(job.record);
    return status;
}
