/* SPDX-License-Identifier: MIT */
/* Runs jobs that don't depend on one another. The caller supplies it, since only the caller knows
 * how many threads there are. */
#ifndef MEKIT_BASE_RUNNER_H
#define MEKIT_BASE_RUNNER_H

#include <mekit/base/api.h>

#include <stddef.h>

MK_BEGIN_DECLS

struct mk_runner {
    /* Calls job(of, i) once for each i below n, in any order and on any thread, and returns when
     * all have returned. A job calls no runner, and needs 64 KiB of stack and MK_LIMIT_JOB bytes of
     * memory; one that gets no memory ends, and its work is done again later. The library calls run
     * from the thread that called it: a runner that several threads use has to keep them apart. */
    void (*run)(const struct mk_runner *runner, void (*job)(void *of, size_t i), void *of,
                size_t n);
    void *self; /* for the caller's use */
};

MK_END_DECLS

#endif
