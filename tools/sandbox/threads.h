/* SPDX-License-Identifier: MIT */
/* The threads that help with one image. They live until the process ends. The sandbox forbids new
 * threads, and it applies to these threads too. */
#ifndef MEKIT_TOOLS_THREADS_H
#define MEKIT_TOOLS_THREADS_H

#include <mekit/base/runner.h>

/* The number of processors that this process may use. */
unsigned threads_processors(void);

/* Starts one thread for each further processor, at most 3 to bound the memory. If the system can't
 * start one, there are fewer, or none. Call it once. */
void threads_start(void);

/* Begins job(of) on one of these threads, beside everything else; only one at a time. finish waits
 * for its end, and runs it if no thread has taken it; drop waits too, but does not run it. */
void threads_begin(void (*job)(void *of), void *of);
void threads_finish(void);
void threads_drop(void);

/* Runs jobs on these threads and on the calling one. NULL: there are no threads. */
const struct mk_runner *threads_runner(void);

#endif
