/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "parts.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* A file and its folder for each place: more are never open at the same time. */
#define DESCRIPTORS (2 * SANDBOX_PLACES)

static rlim_t smaller(rlim_t a, rlim_t b) {
    return a < b ? a : b;
}

static void lower(__rlimit_resource_t what, uint64_t value) {
    struct rlimit limit;
    if (getrlimit(what, &limit) != 0 || (rlim_t)value != value)
        return;
    limit.rlim_cur = smaller(limit.rlim_cur, (rlim_t)value);
    limit.rlim_max = smaller(limit.rlim_max, (rlim_t)value);
    setrlimit(what, &limit);
}

/* Count from the present size, since some allocators reserve far more than they use. */
static uint64_t address_space(void) {
    char line[80] = "";
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return 0;
    if (!fgets(line, sizeof line, file))
        *line = '\0';
    fclose(file);
    return strtoull(line, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
}

void limit_memory(const struct sandbox_need *need) {
    uint64_t now = need->memory ? address_space() : 0;
    if (now && need->memory <= UINT64_MAX - now)
        lower(RLIMIT_AS, now + need->memory);
    lower(RLIMIT_CORE, 0);
}

void limit_processes(void) {
    lower(RLIMIT_NPROC, 0);
}

/* The limit applies to the highest number, and the parent may have left any numbers open. */
void limit_descriptors(const struct sandbox_need *need) {
    int fds[DESCRIPTORS], n = 0, last = -1;
    while (need->n_places > 0 && n < DESCRIPTORS &&
           (fds[n] = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)) >= 0)
        last = fds[n++];
    for (int i = 0; i < n; i++)
        close(fds[i]);
    lower(RLIMIT_NOFILE, (uint64_t)(last + 1));
}
