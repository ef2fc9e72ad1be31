#include "check.h"

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
    if (c->error.code)
        return (int)mk_code_exit(c->error.code);
    if (f->problems.n > 0 && (f->n_manifests == 0 || is_cut(f)))
        return (int)mk_code_exit(f->problems.list[0].code);
    bool doubted = (o->require_known_key && has_unknown_key(f)) ||
                   (o->require_proof && proof->proven < proof->boot_modules);
    return doubted && verdict == MK_VERDICT_VALID ? MK_EXIT_NEGATIVE : statuses[verdict];
}

static void look(const struct tool_run *run, const struct tool_input *input, struct check *c) {
    struct mk_error why = {0};
    *c = (struct check){.input = input};
    c->recognised = look_recognise(run, input, &c->image, &c->seen.findings, &c->error);
    if (c->recognised && mk_inspect(&c->image, MK_LOOK_READ | MK_LOOK_CHAIN, run->books.list,
                                    run->books.n, &c->seen, &c->error))
        c->error = mk_findings_allow(&c->seen.findings, MK_TO_TAKE, 0, &why) ||
                           mk_code_exit(why.code) != MK_EXIT_UNRECOGNISED
                       ? c->seen.unverified
                       : why;
    c->status = status_of(c, run->options);
}

/* What could not be checked for want of memory is no answer, whatever was found in another file. */
static int worse(int a, int b) {
    if (a == MK_EXIT_TROUBLE || b == MK_EXIT_TROUBLE)
        return MK_EXIT_TROUBLE;
    return a > b ? a : b;
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

static int tell(const struct tool_run *run, const struct check *checks, size_t n) {
    const struct tool_common *common = &run->common;
    bool json_alone = common->json.given && !common->json.text;
    for (size_t i = 0; i < n; i++) {
        if (!json_alone && !(common->quiet && checks[i].status == MK_EXIT_DONE))
            check_text(run, &checks[i], &checks[0]);
        if (checks[i].error.code)
            text_error(run->tool, checks[i].input->name, &checks[i].error);
    }
    if (!common->json.given)
        return MK_EXIT_DONE;
    if (n == 1)
        return report_write(run, check_json(run, &checks[0], &checks[0]));
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(array, check_json(run, &checks[i], &checks[0]));
    return report_write(run, array);
}

int check_report(struct tool_run *run) {
    size_t n = run->n_inputs;
    struct check *checks = calloc(n, sizeof *checks);
    int status = MK_EXIT_DONE;
    struct mk_error e;
    if (!checks) {
        mk_fail_memory(&e);
        return text_error(run->tool, "", &e);
    }
    for (size_t i = 0; i < n; i++) {
        look(run, &run->inputs[i], &checks[i]);
        status = worse(status, checks[i].status);
    }
    status = worse(status, compare(run, checks, n));
    status = worse(status, tell(run, checks, n));
    for (size_t i = 0; i < n; i++) {
        if (checks[i].recognised)
            mk_image_free(&checks[i].image);
        mk_inspection_free(&checks[i].seen);
        mk_ranges_free(&checks[i].differences);
    }
    free(checks);
    return status;
}
