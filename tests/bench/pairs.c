/* SPDX-License-Identifier: MIT */
/* pairs ROUNDS JSON: reads lines "name TAB goal TAB command TAB command" (shell commands) and runs
 * both commands in turn, ROUNDS times. Prints the medians of wall time, processor time and peak
 * memory, and the median of the ratios of each pair, since other load affects both. JSON gets all
 * numbers, and the ratio of the least processor times, which noise can only raise. */
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS_MAX 201

enum { WALL, CPU, PEAK, KINDS };

struct series {
    double of[KINDS][ROUNDS_MAX];
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double milliseconds(struct timeval t) {
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

/* The shell becomes the command: else a shell for a single command would cost as much as the tool.
 */
static bool run(const char *command, struct series *s, int round) {
    struct rusage used;
    int how = 0;
    double start = now();
    pid_t pid = vfork();
    if (pid == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &how, 0, &used) != pid || !WIFEXITED(how) || WEXITSTATUS(how) > 1) {
        fprintf(stderr, "pairs: it failed: %s\n", command);
        return false;
    }
    s->of[WALL][round] = now() - start;
    s->of[CPU][round] = milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
    s->of[PEAK][round] = (double)used.ru_maxrss / 1024;
    return true;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(const double *values, int n) {
    double sorted[ROUNDS_MAX];
    memcpy(sorted, values, (size_t)n * sizeof *sorted);
    qsort(sorted, (size_t)n, sizeof *sorted, by_size);
    return sorted[n / 2];
}

static double ratio(const struct series *a, const struct series *b, int kind, int n) {
    double ratios[ROUNDS_MAX];
    for (int i = 0; i < n; i++)
        ratios[i] = a->of[kind][i] / (b->of[kind][i] > 0 ? b->of[kind][i] : 1);
    return median(ratios, n);
}

static double least(const double *values, int n) {
    double found = values[0];
    for (int i = 1; i < n; i++)
        found = values[i] < found ? values[i] : found;
    return found > 0 ? found : 1;
}

static void tell(FILE *json, char *fields[4], const struct series *a, const struct series *b,
                 int n) {
    double wall = ratio(a, b, WALL, n), cpu = ratio(a, b, CPU, n);
    printf("%-44s %8.2f %8.2f  %6.2f %6.2f %8s %8.1f\n", fields[0], median(a->of[WALL], n),
           median(b->of[WALL], n), wall, cpu, fields[1], median(a->of[PEAK], n));
    fflush(stdout);
    fprintf(json,
            "{\"name\": \"%s\", \"goal\": \"%s\", \"rounds\": %d, \"wall_ms\": [%.3f, %.3f], "
            "\"cpu_ms\": [%.3f, %.3f], \"peak_mib\": [%.2f, %.2f], \"wall_ratio\": %.4f, "
            "\"cpu_ratio\": %.4f, \"cpu_least_ratio\": %.4f}\n",
            fields[0], fields[1], n, median(a->of[WALL], n), median(b->of[WALL], n),
            median(a->of[CPU], n), median(b->of[CPU], n), median(a->of[PEAK], n),
            median(b->of[PEAK], n), wall, cpu, least(a->of[CPU], n) / least(b->of[CPU], n));
}

static int split(char *line, char *fields[4]) {
    int n = 0;
    for (char *field = strtok(line, "\t\n"); field && n < 4; field = strtok(NULL, "\t\n"))
        fields[n++] = field;
    return n;
}

/* Reports and skips a row that fails: an older build may lack an option. */
static bool compare(char *fields[4], int rounds, FILE *json) {
    static struct series a, b;
    bool done = true;
    for (int i = -1; done && i < rounds; i++) /* the first pair warms the cache */
        done = run(fields[2], &a, i < 0 ? 0 : i) && run(fields[3], &b, i < 0 ? 0 : i);
    if (done)
        tell(json, fields, &a, &b, rounds);
    return done;
}

int main(int argc, char **argv) {
    static char line[8192];
    char *fields[4];
    bool good = true;
    int rounds = argc == 3 ? (int)strtol(argv[1], NULL, 10) : 0;
    FILE *json = rounds > 0 && rounds <= ROUNDS_MAX ? fopen(argv[2], "w") : NULL;
    if (!json)
        return 2;
    printf("%-44s %8s %8s  %6s %6s %8s %8s\n", "what", "ms", "against", "ratio", "cpu", "goal",
           "MiB");
    while (fgets(line, sizeof line, stdin)) {
        if (split(line, fields) != 4)
            continue;
        good = compare(fields, rounds, json) && good;
    }
    return fclose(json) == 0 && good ? 0 : 1;
}
