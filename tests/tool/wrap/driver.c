/* SPDX-License-Identifier: MIT */
/* driver PLAN COMMAND [ARGUMENT]... [<FILE]
 *     in a folder with `start`: runs the command in a copy of start without a fault, then with each
 *     fault of the plan at each place where it can happen. A line of PLAN is "TRIES FAULT"; TRIES:
 *     the most places to try (the first, the last, and random ones between, spread evenly), 0: all.
 *     Prints "FAULT TRIES HITS PLACES BAD LOST" for each fault, and each run that broke the
 * promise. Exit 0: no run broke it; 2: the command fails even without a fault. FAULT: CALL:WHAT
 * (the k-th), CALL+:WHAT (all from the k-th); WHAT: an errno, SIGNAME, short, EINTR (every second
 * call), nothing. fsize: RLIMIT_FSIZE. Or streams: 0- 1- 2- closed, 1f full, 1| broken. */
#define _GNU_SOURCE
#include "driver.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_TROUBLE 2
#define SHOWN        5

static bool map(struct driver *d) {
    static char path[4096];
    int fd = open("wrap", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || ftruncate(fd, sizeof *d->wrap) != 0 || !realpath("wrap", path))
        return false;
    void *p = mmap(NULL, sizeof *d->wrap, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    d->wrap = p;
    return p != MAP_FAILED && setenv(WRAP_VARIABLE, path, 1) == 0;
}

static void show(const struct driver *d, uint64_t place, const char *why, const struct result *r) {
    if (d->bad > SHOWN)
        return;
    printf("  at %llu: %s: status %#x, %zu bytes, files:", (unsigned long long)place, why,
           (unsigned)r->status, r->n_out);
    for (size_t i = 0; i < r->state.n; i++)
        printf(" %s", r->state.entries[i].path);
    printf(": %.*s\n", (int)strcspn(r->err, "\n"), r->err);
}

static bool try_at(struct driver *d, uint64_t place) {
    struct result r;
    *d->wrap = d->fault;
    d->wrap->first = place;
    if (!d->run.preload && !d->run.streams)
        d->run.file_size = (int64_t)place - 1;
    if (!run_once(&d->run, &d->before, &r))
        return false;
    const char *why = promise_broken(d, &r);
    if (!why && d->run.preload && !d->wrap->loaded)
        why = "the wrapper is not there";
    d->tries++;
    d->hits += d->run.preload ? d->wrap->hits > 0 : d->run.streams || r.status != d->good.status;
    d->bad += why != NULL;
    if (why)
        show(d, place, why, &r);
    result_free(&r);
    return true;
}

/* The first place, the last, and a random one in each part between them. */
static uint64_t choose_place(uint64_t i, uint64_t most, uint64_t places) {
    if (i == 0 || places <= most)
        return i + 1;
    if (i == most - 1)
        return places;
    uint64_t part = (places - 2) / (most - 2), start = 2 + (i - 1) * (places - 2) / (most - 2);
    return start + (uint64_t)random() % (part ? part : 1);
}

/* If all places are tried, try one more after the last: it shows whether the count was wrong. */
static bool try_places(struct driver *d, uint64_t places, uint64_t most) {
    bool all = most == 0 || places <= most;
    if (d->once)
        return try_at(d, 1);
    srandom(1);
    for (uint64_t i = 0; i < (all ? places : most); i++)
        if (!try_at(d, choose_place(i, all ? places : most, places)))
            return false;
    size_t before = d->hits;
    if (!all || (try_at(d, places + 1) && d->hits == before))
        return true;
    printf("  a fault at %llu was met: it was counted wrong\n", (unsigned long long)places + 1);
    return false;
}

static bool run_well(struct driver *d) {
    const char *library = getenv("MEKIT_WRAP_LIBRARY");
    fault_read(d, "fsize");
    d->run.preload = library && access(library, R_OK) == 0;
    *d->wrap = d->fault;
    bool done = state_read("start", &d->before) && run_once(&d->run, &d->before, &d->good) &&
                WIFEXITED(d->good.status) && WEXITSTATUS(d->good.status) < EXIT_TROUBLE;
    memcpy(d->calls, d->wrap->calls, sizeof d->calls);
    return done;
}

static bool meet(struct driver *d, const char *fault, uint64_t most) {
    d->tries = d->hits = d->bad = d->lost = 0;
    if (!fault_read(d, fault) || !try_places(d, fault_places(d), most))
        return false;
    printf("%s %zu %zu %llu %zu %zu\n", fault, d->tries, d->hits,
           (unsigned long long)fault_places(d), d->bad, d->lost);
    return true;
}

static bool meet_all(struct driver *d, const char *plan, size_t *bad) {
    char fault[40];
    unsigned long long most;
    FILE *file = fopen(plan, "re");
    bool done = file;
    while (done && fscanf(file, "%llu %39s", &most, fault) == 2) {
        done = meet(d, fault, most);
        *bad += d->bad;
    }
    if (file)
        fclose(file);
    return done;
}

int main(int argc, char **argv) {
    static struct driver d;
    size_t bad = 0;
    int words = 0;
    if (argc < 3 || !map(&d))
        return EXIT_TROUBLE;
    for (int i = 2; i < argc && words < WORDS; i++)
        if (argv[i][0] == '<')
            d.run.input = argv[i] + 1;
        else
            d.run.argv[words++] = argv[i];
    if (!run_well(&d)) {
        printf("  the command fails by itself: %#x: %s\n", (unsigned)d.good.status, d.good.err);
        return EXIT_TROUBLE;
    }
    if (!meet_all(&d, argv[1], &bad))
        return EXIT_TROUBLE;
    return bad > 0;
}
