/* SPDX-License-Identifier: MIT */
#include "leak.h"
#include "threads.h"

#include <criterion/criterion.h>
#include <stdatomic.h>

TestSuite(threads, .fini = check_leaks);

#define JOBS   50u
#define ROUNDS 300u

static atomic_uint aside_runs, may_end, runs[JOBS];

static void count_aside(void *of) {
    cr_assert_eq(of, &aside_runs);
    while (!atomic_load(&may_end))
        ;
    atomic_fetch_add(&aside_runs, 1);
}

static void count(void *of, size_t i) {
    atomic_uint *counts = of;
    atomic_fetch_add(&counts[i], 1);
}

Test(threads, finish_runs_a_job_that_no_thread_took) {
    atomic_store(&may_end, 1);
    threads_begin(count_aside, &aside_runs);
    cr_assert_eq(atomic_load(&aside_runs), 0);
    threads_finish();
    cr_assert_eq(atomic_load(&aside_runs), 1);
    threads_finish();
    threads_drop();
    cr_assert_eq(atomic_load(&aside_runs), 1, "it ran twice");
}

Test(threads, drop_runs_no_job) {
    threads_begin(count_aside, &aside_runs);
    threads_drop();
    threads_finish();
    cr_assert_eq(atomic_load(&aside_runs), 0);
}

/* On one processor there is no thread, so that finish runs the job. */
Test(threads, jobs_do_not_wait_for_the_one_aside) {
    threads_start();
    const struct mk_runner *runner = threads_runner();
    threads_begin(count_aside, &aside_runs);
    if (runner)
        runner->run(runner, count, runs, JOBS);
    cr_assert_eq(atomic_load(&aside_runs), 0);
    atomic_store(&may_end, 1);
    threads_finish();
    cr_assert_eq(atomic_load(&aside_runs), 1);
    for (size_t i = 0; runner && i < JOBS; i++)
        cr_assert_eq(atomic_load(&runs[i]), 1, "job %zu", i);
}

Test(threads, each_job_runs_once_in_each_round) {
    atomic_store(&may_end, 1);
    threads_start();
    const struct mk_runner *runner = threads_runner();
    for (unsigned round = 0; round < ROUNDS; round++) {
        threads_begin(count_aside, &aside_runs);
        if (runner)
            runner->run(runner, count, runs, 1 + round % JOBS);
        threads_finish();
    }
    cr_assert_eq(atomic_load(&aside_runs), ROUNDS);
    for (unsigned i = 0; runner && i < JOBS; i++)
        cr_assert_eq(atomic_load(&runs[i]), ROUNDS / JOBS * (JOBS - i), "job %u", i);
}
