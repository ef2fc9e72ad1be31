/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "driver.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char *slurp(int fd, size_t *n) {
    size_t room = 1 << 16;
    char *text = malloc(room);
    ssize_t done;
    *n = 0;
    while (text && (done = read(fd, text + *n, room - *n - 1)) > 0) {
        *n += (size_t)done;
        if (room - *n < 2)
            text = realloc(text, room *= 2);
    }
    if (text)
        text[*n] = '\0';
    return text;
}

static void put(int fd, int place) {
    if (fd < 0)
        _exit(126);
    if (fd != place) {
        dup2(fd, place);
        close(fd);
    }
}

static int broken_pipe(void) {
    int ends[2];
    if (pipe(ends) != 0)
        return -1;
    close(ends[0]);
    return ends[1];
}

static void spoil_streams(const char *streams) {
    for (; streams && *streams; streams += 2) {
        int place = *streams - '0';
        if (streams[1] == '-')
            close(place);
        else
            put(streams[1] == '|' ? broken_pipe() : open("/dev/full", O_RDWR), place);
    }
}

static void run_child(const struct run *run, int out, int err) {
    put(err, 2);
    put(out, 1);
    put(open(run->input ? run->input : "/dev/null", O_RDONLY), 0);
    spoil_streams(run->streams);
    if (run->preload)
        setenv("LD_PRELOAD", getenv("MEKIT_WRAP_LIBRARY"), 1);
    if (run->file_size >= 0) {
        struct rlimit limit = {(rlim_t)run->file_size, (rlim_t)run->file_size};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    alarm(run->seconds);
    execvp(run->argv[0], run->argv);
    _exit(127);
}

static bool start_anew(void) {
    return system("chmod -R u+w try 2>/dev/null; rm -rf try && cp -a start try") == 0;
}

bool run_once(struct run *run, const struct state *before, struct result *r) {
    static bool clean;
    int ends[2];
    *r = (struct result){.status = -1};
    if (!clean && !start_anew())
        return false;
    int out = open("out", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (out < 0 || pipe2(ends, O_CLOEXEC) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        if (chdir("try") == 0)
            run_child(run, out, ends[1]);
        _exit(126);
    }
    close(ends[1]);
    r->err = slurp(ends[0], &r->n_err);
    close(ends[0]);
    bool done = child > 0 && waitpid(child, &r->status, 0) == child && lseek(out, 0, SEEK_SET) == 0;
    r->out = slurp(out, &r->n_out);
    close(out);
    done = done && state_read("try", &r->state) && r->out && r->err;
    clean = done && state_is(&r->state, before);
    return done;
}

void result_free(struct result *r) {
    free(r->out);
    free(r->err);
}
