/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "crew.h"

#include "target.h"
#include "words.h"

#include <errno.h>
#include <mekit/base/arith.h>
#include <mekit/base/text.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE 30          /* seconds, for an input that may never end */
#define AHEAD    ((size_t)8) /* files per job, so that a slow file does not stop the others */

static struct worker *at(struct crew *c, size_t i) {
    return &c->ring[(c->first + i) % CREW_ROOM];
}

static void close_files(struct worker *w) {
    for (size_t i = 0; i < CREW_FILES; i++)
        if (w->files[i] >= 0)
            close(w->files[i]);
}

static bool open_files(struct worker *w) {
    bool open = true;
    for (size_t i = 0; i < CREW_FILES; i++) {
        w->files[i] = memfd_create("report", MFD_CLOEXEC);
        open = open && w->files[i] >= 0;
    }
    if (!open)
        close_files(w);
    return open;
}

static bool may_have_no_end(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

/* A worker must not reach the output of others, nor outlive its parent. */
static void become_worker(struct crew *c, struct worker *w, pid_t parent, const char *path,
                          const char *json) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || dup2(w->files[CREW_OUT], STDOUT_FILENO) < 0 ||
        dup2(w->files[CREW_WORDS], STDERR_FILENO) < 0)
        _exit(MK_EXIT_TROUBLE);
    words_survive_pipe();
    for (size_t i = 0; i < c->n; i++)
        close_files(at(c, i));
    close(w->files[CREW_OUT]);
    close(w->files[CREW_WORDS]);
    target_give(json, w->files[CREW_JSON]);
    if (may_have_no_end(path))
        alarm(PATIENCE);
}

enum crew_step crew_start(struct crew *c, const char *path, const char *json) {
    pid_t parent = getpid();
    struct worker *w = at(c, c->n);
    if (c->running == c->jobs || c->n == mk_min(AHEAD * c->jobs, CREW_ROOM) || !open_files(w))
        return CREW_FULL;
    mk_text_mask_string(w->name, sizeof w->name, path);
    w->ended = false;
    w->pid = fork();
    if (w->pid == 0) {
        become_worker(c, w, parent, path, json);
        return CREW_WORKER;
    }
    if (w->pid < 0) {
        close_files(w);
        return CREW_FULL;
    }
    c->n++;
    c->running++;
    return CREW_STARTED;
}

void crew_wait(struct crew *c) {
    int how;
    pid_t pid;
    do
        pid = waitpid(-1, &how, 0);
    while (pid < 0 && errno == EINTR);
    for (size_t i = 0; i < c->n; i++) {
        struct worker *w = at(c, i);
        if (w->ended || (pid >= 0 && w->pid != pid))
            continue;
        w->ended = true; /* pid < 0: no worker is left */
        w->how = pid >= 0 ? how : SIGKILL;
        c->running--;
    }
}

struct worker *crew_next(struct crew *c) {
    return c->n > 0 && at(c, 0)->ended ? at(c, 0) : NULL;
}

void crew_drop(struct crew *c) {
    close_files(at(c, 0));
    c->first = (c->first + 1) % CREW_ROOM;
    c->n--;
}

void crew_end(struct crew *c) {
    for (size_t i = 0; i < c->n; i++)
        if (!at(c, i)->ended)
            kill(at(c, i)->pid, SIGKILL);
    while (c->running > 0)
        crew_wait(c);
    while (c->n > 0)
        crew_drop(c);
}
