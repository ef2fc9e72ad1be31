/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "each.h"

#include "codebook.h"
#include "crew.h"
#include "list.h"
#include "output.h"
#include "sandbox.h"
#include "target.h"
#include "text.h"
#include "threads.h"
#include "words.h"

#include <errno.h>
#include <mekit/base/arith.h>
#include <mekit/base/text.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PART 65536u

struct each {
    struct tool_run *run;
    struct crew crew;
    struct list list;
    bool pending; /* list.name still waits for a worker */
    bool over;
    int status, json; /* json: content for --json=FILE, in memory; -1: none */
    size_t told;
};

/* TROUBLE is the worst: a file that could not be checked gives no answer, whatever the other files
 * show. */
int each_worse(int a, int b) {
    if (a == MK_EXIT_TROUBLE || b == MK_EXIT_TROUBLE)
        return MK_EXIT_TROUBLE;
    return a > b ? a : b;
}

static void fail(struct each *x, const char *name, const struct mk_error *e) {
    x->status = each_worse(x->status, text_error(x->run->tool, name, e));
}

/* ---- the output of a worker ---- */

static bool copy(int from, int to) {
    static uint8_t part[PART];
    ssize_t n;
    if (lseek(from, 0, SEEK_SET) != 0)
        return false;
    while ((n = read(from, part, sizeof part)) > 0)
        if (!output_write_all(to, part, (size_t)n))
            return false;
    return n == 0;
}

static void tell_death(struct each *x, const struct worker *w) {
    struct mk_error e = {0};
    int number = WTERMSIG(w->how);
    if (number == SIGALRM)
        mk_fail(&e, MK_E_IO, MK_NOWHERE,
                "it is not a regular file, and did not end for a long time");
    else
        mk_fail(&e, MK_E_IO, MK_NOWHERE, "the process that checked it was killed by signal %d (%s)",
                number, strsignal(number));
    fail(x, w->name, &e);
}

static bool is_silent(const struct worker *w) {
    return lseek(w->files[CREW_OUT], 0, SEEK_END) == 0 &&
           lseek(w->files[CREW_WORDS], 0, SEEK_END) == 0;
}

/* A limit on the size of files stops a worker's message too. */
static void tell_silence(struct each *x, const struct worker *w) {
    struct mk_error e = {0};
    if (WEXITSTATUS(w->how) != MK_EXIT_TROUBLE || !is_silent(w))
        return;
    mk_fail(&e, MK_E_IO, MK_NOWHERE, "the process that checked it failed without a message");
    fail(x, w->name, &e);
}

/* False: the worker's output can't be printed, so the run ends. */
static bool tell(struct each *x, const struct worker *w) {
    struct mk_error e = {0};
    if (!WIFEXITED(w->how)) {
        tell_death(x, w);
        return true;
    }
    x->status = each_worse(x->status, WEXITSTATUS(w->how));
    tell_silence(x, w);
    if (copy(w->files[CREW_OUT], STDOUT_FILENO) && copy(w->files[CREW_WORDS], STDERR_FILENO) &&
        (x->json < 0 || copy(w->files[CREW_JSON], x->json)))
        return true;
    output_fail(&e, "the report", "can't write");
    fail(x, "", &e);
    return false;
}

static void tell_progress(const struct each *x) {
    if (x->run->common.quiet || isatty(STDOUT_FILENO) || !isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\r%zu", x->told);
    if (x->over && x->crew.n == 0)
        fprintf(stderr, "\n");
}

static bool tell_all(struct each *x) {
    const struct worker *w;
    while ((w = crew_next(&x->crew))) {
        bool told = tell(x, w);
        crew_drop(&x->crew);
        x->told++;
        if (!told)
            return false;
        tell_progress(x);
    }
    return true;
}

/* ---- the next file ---- */

static void next_name(struct each *x) {
    struct mk_error e = {0};
    if (x->pending || x->over)
        return;
    enum list_step step = list_next(&x->list, x->crew.running == 0, &e);
    x->pending = step == LIST_NAME;
    x->over = step == LIST_END;
    if (e.code)
        fail(x, "", &e);
}

static bool is_apart(struct each *x) {
    struct mk_error e = {0};
    const char *json = x->run->common.json.text;
    if (!json || !target_is_same(json, x->list.name))
        return true;
    mk_fail(&e, MK_E_USAGE, MK_NOWHERE, "the output would replace the input");
    fail(x, "", &e);
    return false;
}

/* The system refuses a process although no worker runs. */
static void give_up(struct each *x) {
    struct mk_error e = {0};
    char masked[256];
    output_fail(&e, "a process for it", "can't start");
    fail(x, mk_text_mask_string(masked, sizeof masked, x->list.name), &e);
    x->pending = false;
}

/* ---- the whole ---- */

/* True: this process is a worker. */
static bool work(struct each *x) {
    bool good = true;
    while (good && (!x->over || x->crew.n > 0)) {
        next_name(x);
        if (x->pending && !is_apart(x))
            break;
        enum crew_step step =
            x->pending ? crew_start(&x->crew, x->list.name, x->run->common.json.text) : CREW_FULL;
        if (step == CREW_WORKER)
            return true;
        if (step == CREW_STARTED)
            x->pending = false;
        else if (x->crew.running > 0)
            crew_wait(&x->crew);
        else if (x->pending)
            give_up(x);
        good = tell_all(x);
    }
    good = good && x->over;
    crew_end(&x->crew);
    if (!good && x->json >= 0) {
        close(x->json);
        x->json = -1;
    }
    return false;
}

/* The file gets the whole output or nothing. */
static bool write_json(const struct each *x, struct mk_error *e) {
    const char *path = x->run->common.json.text;
    struct output file = {.fd = -1};
    struct stat status;
    if (fstat(x->json, &status) != 0)
        return output_fail(e, path, "can't write");
    size_t n = (size_t)status.st_size;
    void *text = n ? mmap(NULL, n, PROT_READ, MAP_PRIVATE, x->json, 0) : NULL;
    if (text == MAP_FAILED)
        return mk_fail_memory(e);
    bool done = output_prepare(&file, path, mk_span_of(text, n), e) && output_commit(&file, 1, e);
    output_discard(&file, 1);
    if (text)
        munmap(text, n);
    return done;
}

static bool open_each(struct each *x, size_t n, char **paths, struct mk_error *e) {
    const struct tool_common *c = &x->run->common;
    x->json = -1;
    if (!list_open(&x->list, c->files0_from, paths, n, e) || !target_open(c->json.text, e))
        return false;
    if (c->json.text && (x->json = memfd_create("json", MFD_CLOEXEC)) < 0)
        return output_fail(e, c->json.text, "can't be kept");
    x->crew.jobs = (size_t)mk_min(c->jobs ? c->jobs : threads_processors(), CREW_JOBS);
    return true;
}

/* Load the things that every worker needs once, before the workers start. */
static bool prepare(struct tool_run *run, int *status) {
    sandbox_settle();
    if (run->tool->proves && !codebooks_prepare(run, &run->common.codebooks, &run->books, status))
        return false;
    run->books_loaded = true;
    if (!run->common.no_sandbox)
        sandbox_warm_up();
    fflush(stdout);
    return true;
}

int each_run(struct tool_run *run, int n, char **paths,
             int (*one)(struct tool_run *run, int n, char **paths)) {
    static struct each x;
    struct mk_error e = {0};
    x.run = run;
    if (!open_each(&x, (size_t)n, paths, &e))
        return text_error(run->tool, "", &e);
    if (!prepare(run, &x.status))
        return x.status;
    words_end_with_pipe();
    if (work(&x)) {
        char *path = x.list.name;
        if (x.json >= 0)
            close(x.json);
        if (strcmp(path, "-") != 0)
            list_close(&x.list);
        return one(run, 1, &path);
    }
    if (x.json >= 0 && !write_json(&x, &e))
        fail(&x, "", &e);
    list_close(&x.list);
    return x.status;
}
