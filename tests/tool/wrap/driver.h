/* SPDX-License-Identifier: MIT */
/* Runs one command in copies of a folder, once well and then with a fault at each place. */
#ifndef MEKIT_TESTS_DRIVER_H
#define MEKIT_TESTS_DRIVER_H

#include "wrap.h"

#include <stdbool.h>
#include <stddef.h>

#define WORDS   32
#define ENTRIES 64

/* What is in a folder: each file's bytes, each link's target. */
struct state {
    size_t n;
    struct entry {
        char path[200];
        uint64_t size, digest;
    } entries[ENTRIES];
};

bool state_read(const char *folder, struct state *s);
bool state_is(const struct state *a, const struct state *b);
/* Removes from a state a report.json or finding.json that tells of an error, and a finding.json as
 * it should be: what a report tool has found stays true when its copy of the input can't be
 * written. */
void state_excuse_report(const char *folder, const struct state *good, struct state *s);
void state_excuse_temporaries(struct state *s);
uint64_t state_largest_new(const struct state *before, const struct state *good);

/* One run: what it was given, what came out. */
struct run {
    char *argv[WORDS + 1];
    const char *input,
        *streams;      /* streams: "0-", "1f", "2|": closed, full, broken; many are joined */
    int64_t file_size; /* RLIMIT_FSIZE, or < 0 */
    bool preload;
    unsigned seconds; /* what runs for longer hangs */
};

struct result {
    int status; /* of waitpid */
    char *out, *err;
    size_t n_out, n_err;
    struct state state;
};

/* The folder try is made anew from start if the last run changed it. */
bool run_once(struct run *run, const struct state *before, struct result *r);
void result_free(struct result *r);

/* A command and the fault that it meets. */
struct driver {
    struct run run;
    struct wrap *wrap;          /* what the wrapper sees */
    struct wrap fault;          /* what each run starts with */
    uint64_t calls[WRAP_COUNT]; /* that it makes where all is well */
    struct state before;
    struct result good;
    bool once; /* the fault has no places: it is there from the start */
    size_t tries, hits, bad;
    size_t lost; /* bytes on standard output of runs that failed, but for those that it failed
                    itself */
};

/* "CALL:WHAT", "CALL+:WHAT", "fsize", or streams, as driver.c tells. False: there is no such fault.
 */
bool fault_read(struct driver *d, const char *text);
/* The places where it can happen. */
uint64_t fault_places(const struct driver *d);

/* NULL, or which part of the promise a run has broken. */
const char *promise_broken(struct driver *d, struct result *r);

#endif
