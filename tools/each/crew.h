/* SPDX-License-Identifier: MIT */
/* Private to the runner: workers, each a process that handles one file and ends. Their output waits
 * until all earlier workers have printed theirs. */
#ifndef MEKIT_TOOLS_CREW_H
#define MEKIT_TOOLS_CREW_H

#include "tool.h"

#include <sys/types.h>

#define CREW_JOBS 64
#define CREW_ROOM ((size_t)256) /* three descriptors each; a process may have 1024 */

enum { CREW_OUT, CREW_WORDS, CREW_JSON, CREW_FILES };

/* ended: then how is the status from waitpid. */
struct worker {
    pid_t pid;
    bool ended;
    int how;
    int files[CREW_FILES]; /* in memory: its standard output, standard error, --json=FILE */
    char name[256];        /* masked */
};

struct crew {
    size_t jobs, running;
    size_t first, n; /* of the ring: workers that have not printed yet */
    struct worker ring[CREW_ROOM];
};

enum crew_step { CREW_STARTED, CREW_WORKER, CREW_FULL };

/* CREW_WORKER: this process is the worker. Its standard streams, and the file named json unless
 * that is NULL, lead into memory. FULL: there are enough workers, or the system allows no more:
 * call crew_wait, then try again. */
enum crew_step crew_start(struct crew *c, const char *path, const char *json);

/* Waits until a worker ends. */
void crew_wait(struct crew *c);

/* The worker whose output is next, if it has ended; else NULL. */
struct worker *crew_next(struct crew *c);
void crew_drop(struct crew *c);

/* Ends all running workers. */
void crew_end(struct crew *c);

#endif
