#include "trial.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define EXIT_TROUBLE 2

static bool spoils_words(const struct trial *t) {
    return t->run.streams && strchr(t->run.streams, '2');
}

/* libseccomp crashes, hangs, or makes a filter that lacks calls, where an allocation fails in it:
 * then a run may die, be silent or leave its temporary, but it gives no answer and no output. */
static bool crashes(const struct trial *t) {
    return t->run.preload && t->fault.call == WRAP_seccomp;
}

static bool is_good(const struct trial *t, const struct result *r) {
    return r->status == t->good.status && r->n_out == t->good.n_out &&
           memcmp(r->out, t->good.out, r->n_out) == 0 && state_is(&r->state, &t->good.state) &&
           (spoils_words(t) || crashes(t) || strcmp(r->err, t->good.err) == 0);
}

/* A partial write to standard output can't be taken back. */
static bool is_own_fault(const struct trial *t) {
    return t->run.file_size >= 0 || (t->run.preload && t->wrap->last_fd == 1);
}

static bool has_no_output(struct trial *t, const struct result *r) {
    bool own = is_own_fault(t);
    t->lost += own ? 0 : r->n_out;
    return r->n_out == 0 ||
           (own && r->n_out <= t->good.n_out && memcmp(r->out, t->good.out, r->n_out) == 0);
}

/* Text on standard output that nobody reads any more: the end is quiet. */
static bool ends_with_pipe(const struct trial *t, int number) {
    bool text = strstr(t->run.argv[0], "fpt-dump") || strstr(t->run.argv[0], "rsa-check");
    for (char *const *word = t->run.argv; *word; word++) {
        text = text || strcmp(*word, "--scan") == 0;
        if (strcmp(*word, "--pass") == 0)
            return false;
    }
    return text && number == SIGPIPE && t->run.streams && strcmp(t->run.streams, "1|") == 0;
}

static bool may_die(const struct trial *t, int number) {
    bool raised = t->fault.action == WRAP_SIGNAL && (int)t->fault.number == number;
    return raised || ends_with_pipe(t, number) ||
           (crashes(t) && (number == SIGSEGV || number == SIGABRT || number == SIGALRM));
}

static const char *judge_end(const struct trial *t, const struct result *r) {
    if (WIFSIGNALED(r->status)) {
        int number = WTERMSIG(r->status);
        return may_die(t, number) ? NULL : number == SIGALRM ? "hangs" : "dies";
    }
    if (r->status == t->good.status)
        return strcmp(r->err, t->good.err) == 0 ? "same exit, other output"
                                                : "same exit, other words";
    if (WEXITSTATUS(r->status) != EXIT_TROUBLE)
        return "wrong exit";
    return r->n_err == 0 && !spoils_words(t) && !crashes(t) ? "no message" : NULL;
}

const char *judge(struct trial *t, struct result *r) {
    bool raised = WIFSIGNALED(r->status) && t->fault.action == WRAP_SIGNAL;
    if (is_good(t, r))
        return NULL;
    const char *why = judge_end(t, r);
    if (why)
        return why;
    if (!raised && !has_no_output(t, r))
        return "output";
    state_excuse_report("try", &t->good.state, &r->state);
    if (crashes(t))
        state_excuse_temporaries(&r->state);
    bool kept = state_is(&r->state, &t->before) || (raised && state_is(&r->state, &t->good.state));
    return kept ? NULL : "files";
}
