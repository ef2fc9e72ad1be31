/* SPDX-License-Identifier: MIT */
#include "driver.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define EXIT_TROUBLE 2

static bool spoils_words(const struct driver *d) {
    return d->run.streams && strchr(d->run.streams, '2');
}

/* If an allocation fails in libseccomp, it crashes, hangs, or makes a filter that lacks calls. Then
 * a run may die, be silent or leave its temporary file, but it must give no answer and no output.
 */
static bool crashes(const struct driver *d) {
    return d->run.preload && d->fault.call == WRAP_seccomp;
}

static bool is_good(const struct driver *d, const struct result *r) {
    return r->status == d->good.status && r->n_out == d->good.n_out &&
           memcmp(r->out, d->good.out, r->n_out) == 0 && state_is(&r->state, &d->good.state) &&
           (spoils_words(d) || crashes(d) || strcmp(r->err, d->good.err) == 0);
}

/* A partial write to standard output can't be taken back. */
static bool is_own_fault(const struct driver *d) {
    return d->run.file_size >= 0 || (d->run.preload && d->wrap->last_fd == 1);
}

static bool has_option(const struct driver *d, const char *option) {
    for (char *const *word = d->run.argv; *word; word++)
        if (strcmp(*word, option) == 0)
            return true;
    return false;
}

/* With --each, what was found in the other files stays: the output lacks at most some whole lines
 * at one place. */
static bool lacks_lines(const struct driver *d, const struct result *r) {
    const char *out = r->out, *good = d->good.out;
    if (!has_option(d, "--each") || r->n_out > d->good.n_out)
        return false;
    size_t lacking = d->good.n_out - r->n_out;
    for (size_t at = 0; at <= r->n_out; at++) {
        bool whole = at == 0 || out[at - 1] == '\n';
        if (whole && memcmp(out + at, good + at + lacking, r->n_out - at) == 0)
            return true;
        if (at < r->n_out && out[at] != good[at])
            return false;
    }
    return false;
}

static bool has_no_output(struct driver *d, const struct result *r) {
    bool own = is_own_fault(d);
    if (lacks_lines(d, r))
        return true;
    d->lost += own ? 0 : r->n_out;
    return r->n_out == 0 ||
           (own && r->n_out <= d->good.n_out && memcmp(r->out, d->good.out, r->n_out) == 0);
}

/* A tool whose text on standard output has no reader any more ends quietly. */
static bool ends_with_pipe(const struct driver *d, int number) {
    bool text = strstr(d->run.argv[0], "fpt-dump") || strstr(d->run.argv[0], "rsa-check");
    text = text || has_option(d, "--scan");
    return text && !has_option(d, "--pass") && number == SIGPIPE && d->run.streams &&
           strcmp(d->run.streams, "1|") == 0;
}

static bool may_die(const struct driver *d, int number) {
    bool raised = d->fault.action == WRAP_SIGNAL && (int)d->fault.number == number;
    return raised || ends_with_pipe(d, number) ||
           (crashes(d) && (number == SIGSEGV || number == SIGABRT || number == SIGALRM));
}

static const char *end_broken(const struct driver *d, const struct result *r) {
    if (WIFSIGNALED(r->status)) {
        int number = WTERMSIG(r->status);
        return may_die(d, number) ? NULL : number == SIGALRM ? "hangs" : "dies";
    }
    if (r->status == d->good.status)
        return strcmp(r->err, d->good.err) == 0 ? "same exit, other output"
                                                : "same exit, other words";
    if (WEXITSTATUS(r->status) != EXIT_TROUBLE)
        return "wrong exit";
    return r->n_err == 0 && !spoils_words(d) && !crashes(d) ? "no message" : NULL;
}

const char *promise_broken(struct driver *d, struct result *r) {
    bool raised = WIFSIGNALED(r->status) && d->fault.action == WRAP_SIGNAL;
    if (is_good(d, r))
        return NULL;
    const char *why = end_broken(d, r);
    if (why)
        return why;
    if (!raised && !has_no_output(d, r))
        return "output";
    state_excuse_report("try", &d->good.state, &r->state);
    if (crashes(d))
        state_excuse_temporaries(&r->state);
    bool kept = state_is(&r->state, &d->before) || (raised && state_is(&r->state, &d->good.state));
    return kept ? NULL : "files";
}
