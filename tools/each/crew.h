/* SPDX-License-Identifier: MIT */
/* Private to the runner: workers, each a process that looks at one file and ends. What they say is
 * kept until all that stand before them have spoken. */
#ifndef MEKIT_TOOLS_CREW_H
#define MEKIT_TOOLS_CREW_H

#include "tool.h"

#include <sys/types.h>

#define CREW_JOBS 64
#define CREW_ROOM ((size_t)256) /* three descriptors each; a process may have 1024 */

enum { CREW_OUT, CREW_WORDS, CREW_JSON, CREW_FILES };

/* ended: how is what waitpid told. */
struct worker {
    pid_t pid;
    bool ended;
    int how;
    int files[CREW_FILES]; /* in memory: its standard output, standard error, --json=FILE */
    char name[256];        /* masked */
};

struct crew {
    size_t jobs, running;
    size_t first, n; /* of the ring: those that have not spoken */
    struct worker ring[CREW_ROOM];
};

enum crew_step { CREW_STARTED, CREW_WORKER, CREW_FULL };

/* CREW_WORKER: this process is the worker. Its standard streams lead into memory, and so does
 * json, the name of a file, unless it is NULL. FULL: there are enough, or the system gives no more:
 * crew_wait, then again. */
enum crew_step crew_start(struct crew *c, const char *path, const char *json);

/* Until one of them ends. */
void crew_wait(struct crew *c);

/* The next that has to speak, if it has ended, or NULL. */
struct worker *crew_next(struct crew *c);
void crew_drop(struct crew *c);

/* Ends all that run. */
void crew_end(struct crew *c);

#endif
