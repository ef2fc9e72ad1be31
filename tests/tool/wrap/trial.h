/* Runs one command in copies of a folder, once well and then with a fault at each place. */
#ifndef MEKIT_TESTS_TRIAL_H
#define MEKIT_TESTS_TRIAL_H

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
/* Each file is as it was or as it should become, and none is lost. */
bool state_is_between(const struct state *now, const struct state *before,
                      const struct state *good);
/* Removes from a state a report.json or finding.json that tells of an error, and a finding.json as
 * it should be: what a report tool has found stays true when its copy of the input can't be
 * written. */
void state_excuse_report(const char *folder, const struct state *good, struct state *s);
uint64_t state_largest_new(const struct state *before, const struct state *good);

/* One run: what it was given, what came out. */
struct run {
    char *argv[WORDS + 1];
    const char *input,
        *streams;      /* streams: "0-", "1f", "2|": closed, full, broken; many are joined */
    int64_t file_size; /* RLIMIT_FSIZE, or < 0 */
    bool preload;
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

#endif
