/* trial [-p] FAULT TRIES COMMAND [ARGUMENT]... [<FILE]
 *     in a folder with `start`: runs the command in a copy of it well, then with the fault at each
 *     place where it can happen (at most TRIES: the first, the last, a sample of the others).
 *     Prints "TRIES HITS PLACES BAD" and each run that broke the promise. Exit 0: none did; 2: the
 *     command does not even succeed.
 * FAULT: CALL:WHAT (the k-th), CALL+:WHAT (all from the k-th); WHAT: an errno, SIGNAME, short,
 *     EINTR (every second call), nothing. fsize: RLIMIT_FSIZE. Or streams: 0- 1- 2- closed, 1f
 * full, 1| broken. -p: several files are written, each for itself: some may be there. */
#define _GNU_SOURCE
#include "trial.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_TROUBLE 2
#define SHOWN        5

static const char *const calls[] = {
#define X(name) #name,
    WRAP_CALLS(X)
#undef X
};

struct trial {
    struct run run;
    struct wrap *wrap;
    struct wrap fault; /* what each run starts with */
    struct state before;
    struct result good;
    bool pieces, once;
    size_t tries, hits, bad;
};

static uint32_t number_of(const char *name, const char *(*name_of)(int)) {
    for (int i = 1; i < 134; i++)
        if (name_of(i) && strcmp(name_of(i), name) == 0)
            return (uint32_t)i;
    return 0;
}

static bool read_action(struct trial *t, const char *what) {
    struct wrap *f = &t->fault;
    bool is_signal = strncmp(what, "SIG", 3) == 0;
    f->action = strcmp(what, "short") == 0     ? WRAP_SHORT
                : strcmp(what, "EINTR") == 0   ? WRAP_RETRY
                : strcmp(what, "nothing") == 0 ? WRAP_NOTHING
                : is_signal                    ? WRAP_SIGNAL
                                               : WRAP_FAIL;
    t->once = f->action == WRAP_SHORT || f->action == WRAP_RETRY;
    f->on = f->on || t->once;
    f->number = is_signal ? number_of(what + 3, sigabbrev_np) : number_of(what, strerrorname_np);
    return f->number != 0 || f->action == WRAP_SHORT || f->action == WRAP_NOTHING;
}

static bool read_fault(struct trial *t, const char *text) {
    char name[20];
    size_t n = strcspn(text, ":");
    if (*text >= '0' && *text <= '2') {
        t->run.streams = text;
        t->once = true;
        return true;
    }
    if (strcmp(text, "fsize") == 0)
        return true;
    if (text[n] == '\0' || n >= sizeof name)
        return false;
    t->fault.on = n > 0 && text[n - 1] == '+';
    snprintf(name, sizeof name, "%.*s", (int)(n - t->fault.on), text);
    for (uint32_t i = 0; i < WRAP_COUNT; i++)
        if (strcmp(calls[i], name) == 0) {
            t->run.preload = true;
            t->fault.call = i;
            return read_action(t, text + n + 1);
        }
    return false;
}

static bool map(struct trial *t) {
    static char path[4096];
    int fd = open("wrap", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || ftruncate(fd, sizeof *t->wrap) != 0 || !realpath("wrap", path))
        return false;
    void *p = mmap(NULL, sizeof *t->wrap, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    t->wrap = p;
    return p != MAP_FAILED && setenv(WRAP_VARIABLE, path, 1) == 0;
}

static bool is_good(const struct trial *t, const struct result *r) {
    bool spoilt = t->run.streams && strchr(t->run.streams, '2');
    return r->status == t->good.status && r->n_out == t->good.n_out &&
           memcmp(r->out, t->good.out, r->n_out) == 0 && state_is(&r->state, &t->good.state) &&
           (spoilt || strcmp(r->err, t->good.err) == 0);
}

/* A partial write to standard output can't be taken back. */
static bool has_no_output(const struct trial *t, const struct result *r) {
    bool own_fault = t->run.file_size >= 0 || (t->run.preload && t->wrap->last_fd == 1);
    return r->n_out == 0 ||
           (own_fault && r->n_out <= t->good.n_out && memcmp(r->out, t->good.out, r->n_out) == 0);
}

/* NULL, or which part of the promise is broken. */
static const char *judge(const struct trial *t, struct result *r) {
    bool died = WIFSIGNALED(r->status);
    if (is_good(t, r))
        return NULL;
    if (died && !(t->fault.action == WRAP_SIGNAL && (int)t->fault.number == WTERMSIG(r->status)))
        return WTERMSIG(r->status) == SIGALRM ? "hangs" : "dies";
    if (!died && r->status == t->good.status)
        return strcmp(r->err, t->good.err) == 0 ? "same exit, other output"
                                                : "same exit, other words";
    if (!died && WEXITSTATUS(r->status) != EXIT_TROUBLE)
        return "wrong exit";
    if (!died && r->n_err == 0 && !(t->run.streams && strchr(t->run.streams, '2')))
        return "no message";
    if (!died && !has_no_output(t, r))
        return "output";
    state_excuse_report("try", &t->good.state, &r->state);
    bool kept = state_is(&r->state, &t->before) || (died && state_is(&r->state, &t->good.state)) ||
                (t->pieces && state_is_between(&r->state, &t->before, &t->good.state));
    return kept ? NULL : "files";
}

static void show(const struct trial *t, uint64_t place, const char *why, const struct result *r) {
    if (t->bad > SHOWN)
        return;
    printf("  at %llu: %s: status %#x, %zu bytes, files:", (unsigned long long)place, why,
           (unsigned)r->status, r->n_out);
    for (size_t i = 0; i < r->state.n; i++)
        printf(" %s", r->state.entries[i].path);
    printf(": %.*s\n", (int)strcspn(r->err, "\n"), r->err);
}

static bool try_at(struct trial *t, uint64_t place) {
    struct result r;
    *t->wrap = t->fault;
    t->wrap->first = place;
    if (!t->run.preload && !t->run.streams)
        t->run.file_size = (int64_t)place - 1;
    if (!run_once(&t->run, &t->before, &r))
        return false;
    const char *why = judge(t, &r);
    if (!why && t->run.preload && !t->wrap->loaded)
        why = "the wrapper is not there";
    t->tries++;
    t->hits += t->run.preload ? t->wrap->hits > 0 : t->run.streams || r.status != t->good.status;
    t->bad += why != NULL;
    if (why)
        show(t, place, why, &r);
    result_free(&r);
    return true;
}

/* Half of them from the first place on, a quarter up to the last, a quarter in between by chance.
 */
static bool try_places(struct trial *t, uint64_t places, uint64_t most) {
    uint64_t head = most / 4 * 3, tail = most / 8;
    bool done = true;
    if (t->once)
        return try_at(t, 1);
    srandom(1);
    if (places <= most)
        head = places, tail = most = 0;
    for (uint64_t i = 1; done && i <= head; i++)
        done = try_at(t, i);
    for (uint64_t i = head + tail; done && i < most; i++)
        done = try_at(t, head + 1 + (uint64_t)random() % (places - head - tail));
    for (uint64_t i = 0; done && i < tail; i++)
        done = try_at(t, places - i);
    size_t before = t->hits;
    if (done && try_at(t, places + 1) && t->hits == before)
        return true;
    printf("  a fault at %llu was met: it was counted wrong\n", (unsigned long long)places + 1);
    return false;
}

static uint64_t count_places(const struct trial *t) {
    uint64_t new = state_largest_new(&t->before, &t->good.state);
    if (t->run.preload)
        return t->wrap->calls[t->fault.call];
    return new > t->good.n_out ? new : t->good.n_out;
}

static bool run_well(struct trial *t) {
    const char *streams = t->run.streams;
    struct wrap fault = t->fault;
    t->run.streams = NULL;
    t->run.file_size = -1;
    *t->wrap = (struct wrap){.call = WRAP_COUNT};
    bool done = state_read("start", &t->before) && run_once(&t->run, &t->before, &t->good) &&
                WIFEXITED(t->good.status) && WEXITSTATUS(t->good.status) < EXIT_TROUBLE;
    t->run.streams = streams;
    t->fault = fault;
    return done;
}

int main(int argc, char **argv) {
    static struct trial t;
    int words = 0, at = 1;
    if (argc > 1 && strcmp(argv[1], "-p") == 0)
        t.pieces = ++at;
    if (argc < at + 3 || !read_fault(&t, argv[at]) || !map(&t))
        return EXIT_TROUBLE;
    for (int i = at + 2; i < argc && words < WORDS; i++)
        if (argv[i][0] == '<')
            t.run.input = argv[i] + 1;
        else
            t.run.argv[words++] = argv[i];
    if (!run_well(&t)) {
        printf("  the command fails by itself: %#x: %s\n", (unsigned)t.good.status, t.good.err);
        return EXIT_TROUBLE;
    }
    uint64_t places = count_places(&t);
    if (!try_places(&t, places, strtoull(argv[at + 1], NULL, 10)))
        return EXIT_TROUBLE;
    printf("%zu %zu %llu %zu\n", t.tries, t.hits, (unsigned long long)places, t.bad);
    return t.bad > 0;
}
