/* SPDX-License-Identifier: MIT */
/* The threads that help with one image. They live until the process ends; nothing can be started
 * once the sandbox is closed, and all of it holds for them too. */
#ifndef MEKIT_TOOLS_THREADS_H
#define MEKIT_TOOLS_THREADS_H

#include <mekit/base/runner.h>

/* How many processors this process may use. */
unsigned threads_processors(void);

/* Starts one for each further processor, at most 3: a tool's memory is bounded. Where one can't be
 * started there are fewer, or none. Call it once. */
void threads_start(void);

/* Runs jobs on them and on the thread that asks. NULL: there are none. */
const struct mk_runner *threads_runner(void);

#endif
