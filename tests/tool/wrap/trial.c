/* trial PLAN COMMAND [ARGUMENT]... [<FILE]
 *     in a folder with `start`: runs the command in a copy of it well, then with each fault of the
 *     plan at each place where it can happen. A line of PLAN is "TRIES FAULT"; TRIES: the most
 *     places to try (the first, the last, and others by chance, spread evenly), 0 for all.
 *     Prints "FAULT TRIES HITS PLACES BAD LOST" for each, and each run that broke the promise.
 *     Exit 0: none did; 2: the command does not even succeed.
 * FAULT: CALL:WHAT (the k-th), CALL+:WHAT (all from the k-th); WHAT: an errno, SIGNAME, short,
 *     EINTR (every second call), nothing. fsize: RLIMIT_FSIZE. Or streams: 0- 1- 2- closed, 1f
 *     full, 1| broken. */
#define _GNU_SOURCE
#include "trial.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_TROUBLE 2
#define SHOWN        5

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

/* The first, the last, and one by chance in each of so many parts between them. */
static uint64_t choose_place(uint64_t i, uint64_t most, uint64_t places) {
    if (i == 0 || places <= most)
        return i + 1;
    if (i == most - 1)
        return places;
    uint64_t part = (places - 2) / (most - 2), start = 2 + (i - 1) * (places - 2) / (most - 2);
    return start + (uint64_t)random() % (part ? part : 1);
}

/* A last try behind the last place, with all of them: it would tell that they were counted wrong.
 */
static bool try_places(struct trial *t, uint64_t places, uint64_t most) {
    bool all = most == 0 || places <= most;
    if (t->once)
        return try_at(t, 1);
    srandom(1);
    for (uint64_t i = 0; i < (all ? places : most); i++)
        if (!try_at(t, choose_place(i, all ? places : most, places)))
            return false;
    size_t before = t->hits;
    if (!all || (try_at(t, places + 1) && t->hits == before))
        return true;
    printf("  a fault at %llu was met: it was counted wrong\n", (unsigned long long)places + 1);
    return false;
}

static bool run_well(struct trial *t) {
    const char *library = getenv("MEKIT_WRAP_LIBRARY");
    fault_read(t, "fsize");
    t->run.preload = library && access(library, R_OK) == 0;
    *t->wrap = t->fault;
    bool done = state_read("start", &t->before) && run_once(&t->run, &t->before, &t->good) &&
                WIFEXITED(t->good.status) && WEXITSTATUS(t->good.status) < EXIT_TROUBLE;
    memcpy(t->calls, t->wrap->calls, sizeof t->calls);
    return done;
}

static bool meet(struct trial *t, const char *fault, uint64_t most) {
    t->tries = t->hits = t->bad = t->lost = 0;
    if (!fault_read(t, fault) || !try_places(t, fault_places(t), most))
        return false;
    printf("%s %zu %zu %llu %zu %zu\n", fault, t->tries, t->hits,
           (unsigned long long)fault_places(t), t->bad, t->lost);
    return true;
}

static bool meet_all(struct trial *t, const char *plan, size_t *bad) {
    char fault[40];
    unsigned long long most;
    FILE *file = fopen(plan, "re");
    bool done = file;
    while (done && fscanf(file, "%llu %39s", &most, fault) == 2) {
        done = meet(t, fault, most);
        *bad += t->bad;
    }
    if (file)
        fclose(file);
    return done;
}

int main(int argc, char **argv) {
    static struct trial t;
    size_t bad = 0;
    int words = 0;
    if (argc < 3 || !map(&t))
        return EXIT_TROUBLE;
    for (int i = 2; i < argc && words < WORDS; i++)
        if (argv[i][0] == '<')
            t.run.input = argv[i] + 1;
        else
            t.run.argv[words++] = argv[i];
    if (!run_well(&t)) {
        printf("  the command fails by itself: %#x: %s\n", (unsigned)t.good.status, t.good.err);
        return EXIT_TROUBLE;
    }
    if (!meet_all(&t, argv[1], &bad))
        return EXIT_TROUBLE;
    return bad > 0;
}
