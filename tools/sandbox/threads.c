/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "threads.h"

#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#define THREADS_MAX 3u
#define STACK       ((size_t)256 << 10) /* unpacking and hashing take a few KiB */

static struct {
    pthread_mutex_t lock;
    pthread_cond_t turn, done;
    unsigned threads, ready, working; /* started; able to work; at work on the jobs of run */
    void (*job)(void *of, size_t i);
    void *of;
    size_t n; /* 0: no jobs */
    atomic_size_t next;
    void (*aside)(void *of); /* NULL: none, or a thread has taken it */
    void *aside_of;
    bool aside_runs;
} crew = {.lock = PTHREAD_MUTEX_INITIALIZER,
          .turn = PTHREAD_COND_INITIALIZER,
          .done = PTHREAD_COND_INITIALIZER};

static void take_jobs(void) {
    size_t i;
    while ((i = atomic_fetch_add(&crew.next, 1)) < crew.n)
        crew.job(crew.of, i);
}

/* The caller holds the lock of the crew, here and below. */
static void take_aside(void) {
    void (*job)(void *of) = crew.aside;
    crew.aside = NULL;
    crew.aside_runs = true;
    pthread_mutex_unlock(&crew.lock);
    job(crew.aside_of);
    pthread_mutex_lock(&crew.lock);
    crew.aside_runs = false;
}

static void take_share(void) {
    crew.working++;
    pthread_mutex_unlock(&crew.lock);
    take_jobs();
    pthread_mutex_lock(&crew.lock);
    crew.working--;
}

static void *help(void *unused) {
    pthread_mutex_lock(&crew.lock);
    crew.ready++;
    for (;;) {
        pthread_cond_broadcast(&crew.done);
        while (!crew.aside && atomic_load(&crew.next) >= crew.n)
            pthread_cond_wait(&crew.turn, &crew.lock);
        if (crew.aside)
            take_aside();
        else
            take_share();
    }
    return unused;
}

static void run(const struct mk_runner *unused, void (*job)(void *of, size_t i), void *of,
                size_t n) {
    (void)unused;
    pthread_mutex_lock(&crew.lock);
    crew.job = job;
    crew.of = of;
    crew.n = n;
    atomic_store(&crew.next, 0);
    pthread_cond_broadcast(&crew.turn);
    take_share();
    while (crew.working > 0)
        pthread_cond_wait(&crew.done, &crew.lock);
    crew.n = 0;
    pthread_mutex_unlock(&crew.lock);
}

void threads_begin(void (*job)(void *of), void *of) {
    pthread_mutex_lock(&crew.lock);
    crew.aside = job;
    crew.aside_of = of;
    pthread_cond_signal(&crew.turn);
    pthread_mutex_unlock(&crew.lock);
}

void threads_finish(void) {
    pthread_mutex_lock(&crew.lock);
    if (crew.aside)
        take_aside();
    while (crew.aside_runs)
        pthread_cond_wait(&crew.done, &crew.lock);
    pthread_mutex_unlock(&crew.lock);
}

void threads_drop(void) {
    pthread_mutex_lock(&crew.lock);
    crew.aside = NULL;
    pthread_mutex_unlock(&crew.lock);
    threads_finish();
}

unsigned threads_processors(void) {
    cpu_set_t set; /* of 1024 */
    long all = sysconf(_SC_NPROCESSORS_ONLN);
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return (unsigned)CPU_COUNT(&set);
    return all > 0 ? (unsigned)all : 1;
}

static bool start_one(const pthread_attr_t *attributes) {
    pthread_t thread;
    return pthread_create(&thread, attributes, help, NULL) == 0 && pthread_detach(thread) == 0;
}

static void start(unsigned wanted, const pthread_attr_t *attributes) {
    while (crew.threads < wanted && crew.threads < THREADS_MAX && start_one(attributes))
        crew.threads++;
    /* A thread that still starts makes system calls that the sandbox forbids, so wait for all. */
    pthread_mutex_lock(&crew.lock);
    while (crew.ready < crew.threads)
        pthread_cond_wait(&crew.done, &crew.lock);
    pthread_mutex_unlock(&crew.lock);
}

void threads_start(void) {
    pthread_attr_t attributes;
    sigset_t all, before;
    unsigned wanted = threads_processors() - 1;
    if (wanted == 0 || pthread_attr_init(&attributes) != 0)
        return;
#ifdef M_ARENA_MAX
    /* A heap for each thread would reserve 128 MiB of the limited address space. */
    mallopt(M_ARENA_MAX, 1);
#endif
    pthread_attr_setstacksize(&attributes, STACK);
    sigfillset(&all); /* only the main thread, which can block them, gets signals */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    start(wanted, &attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
}

const struct mk_runner *threads_runner(void) {
    static const struct mk_runner runner = {.run = run};
    return crew.threads > 0 ? &runner : NULL;
}
