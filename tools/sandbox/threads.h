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

/* Runs jobs on these threads and on the calling one. NULL: there are no threads. */
const struct mk_runner *threads_runner(void);

#endif
