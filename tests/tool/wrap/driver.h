/* SPDX-License-Identifier: MIT */
/* Runs one command in copies of a folder, once well and then with a fault at each place. */
#ifndef MEKIT_TESTS_DRIVER_H
#define MEKIT_TESTS_DRIVER_H

#include "wrap.h"

#include <stdbool.h>
#include <stddef.h>

#define WORDS   32
#define ENTRIES 64

/* The content of a folder: each file's bytes, each link's target. */
struct state {
    size_t n;
    struct entry {
        char path[200];
        uint64_t size, digest;
    } entries[ENTRIES];
};

bool state_read(const char *folder, struct state *s);
bool state_is(const struct state *a, const struct state *b);
/* Removes from a state a report.json or finding.json with an error, and a correct finding.json: a
 * report tool's findings stay true if it can't write its copy of the input. */
void state_excuse_report(const char *folder, const struct state *good, struct state *s);
void state_excuse_temporaries(struct state *s);
uint64_t state_largest_new(const struct state *before, const struct state *good);

/* The input of one run. */
struct run {
    char *argv[WORDS + 1];
    const char *input,
        *streams;      /* streams: "0-", "1f", "2|": closed, full, broken; many are joined */
    int64_t file_size; /* RLIMIT_FSIZE, or < 0 */
    bool preload;
    unsigned seconds; /* a longer run counts as hanging */
};

struct result {
    int status; /* from waitpid */
    char *out, *err;
    size_t n_out, n_err;
    struct state state;
};

/* Copies the folder start to try again if the last run changed it. */
bool run_once(struct run *run, const struct state *before, struct result *r);
void result_free(struct result *r);

/* A command and its fault. */
struct driver {
    struct run run;
    struct wrap *wrap;          /* shared with the wrapper */
    struct wrap fault;          /* its state at the start of each run */
    uint64_t calls[WRAP_COUNT]; /* number of calls in a run without a fault */
    struct state before;
    struct result good;
    bool once; /* the fault has no places: it exists from the start */
    size_t tries, hits, bad;
    size_t lost; /* bytes on standard output of failed runs, except runs whose output failed */
};

/* Reads "CALL:WHAT", "CALL+:WHAT", "fsize", or streams, as described in driver.c. False: there is
 * no such fault. */
bool fault_read(struct driver *d, const char *text);
/* The number of places where the fault can happen. */
uint64_t fault_places(const struct driver *d);

/* NULL, or the part of the promise that a run broke. */
const char *promise_broken(struct driver *d, struct result *r);

#endif
