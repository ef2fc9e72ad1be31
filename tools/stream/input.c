/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "input.h"

#include "room.h"
#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <mekit/base/arith.h>
#include <mekit/base/text.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_ROOM ((size_t)1 << 20)
#define AHEAD_MAX  2

static bool fail_io(struct mk_error *e, const char *what) {
    return mk_fail(e, MK_E_IO, MK_NOWHERE, "%s: %s", what, strerror(errno));
}

/* The size of a regular file is only a hint. Nobody knows how much comes through a pipe: take room
 * for the largest allowed input once, and give back the unused part. */
static bool first_room(int fd, uint64_t max_size, struct mk_buffer *b) {
    struct stat status;
    bool known = fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
    uint64_t size = known ? (uint64_t)status.st_size : max_size;
    return (size < SIZE_MAX && room_take((size_t)mk_min(size, max_size) + 1, b)) ||
           room_take((size_t)mk_min(FIRST_ROOM - 1, max_size) + 1, b);
}

static bool grow(struct mk_buffer *b, size_t used, uint64_t max_size, struct mk_error *e) {
    return used < b->n || room_resize(b, (size_t)mk_min((uint64_t)b->n * 2 - 1, max_size) + 1) ||
           mk_fail_memory(e);
}

/* Reads one byte more than allowed, to notice an input that is too large. */
static bool fill(int fd, uint64_t max_size, struct mk_buffer *b, size_t *used, struct mk_error *e) {
    for (;;) {
        if (*used > max_size)
            return mk_fail_limit(e, MK_E_TOO_LARGE, MK_NOWHERE, *used, max_size, "bytes");
        if (!grow(b, *used, max_size, e))
            return false;
        ssize_t n = read(fd, b->p + *used, b->n - *used);
        if (n == 0)
            return true;
        if (n < 0 && errno != EINTR)
            return fail_io(e, "can't read");
        *used += n > 0 ? (size_t)n : 0;
    }
}

bool input_slurp(int fd, uint64_t max_size, struct mk_buffer *b, struct mk_error *e) {
    size_t used = 0;
    bool taken = first_room(fd, max_size, b);
    if (!taken || !fill(fd, max_size, b, &used, e)) {
        room_free(b->p);
        *b = (struct mk_buffer){NULL, 0};
        return taken ? false : mk_fail_memory(e);
    }
    room_resize(b, used);
    b->n = used;
    return true;
}

/* Files that are opened before the sandbox and read inside it. It also keeps a failure, to report
 * it in turn. */
static struct {
    const char *path;
    int fd, number;
} ahead[AHEAD_MAX];

static int open_input(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), number = errno;
    target_widen(fd, 0);
    errno = number;
    return fd;
}

void input_ahead(const char *path) {
    for (size_t i = 0; path && i < AHEAD_MAX; i++)
        if (!ahead[i].path) {
            ahead[i].path = path;
            ahead[i].fd = open_input(path);
            ahead[i].number = errno;
            return;
        }
}

int input_open(const char *path) {
    for (size_t i = 0; i < AHEAD_MAX; i++)
        if (ahead[i].path == path) {
            ahead[i].path = NULL;
            errno = ahead[i].number;
            return ahead[i].fd;
        }
    return open_input(path);
}

bool input_load(const char *path, uint64_t max_size, struct tool_input *input, struct mk_error *e) {
    bool stream = !path || strcmp(path, "-") == 0;
    *input = (struct tool_input){.path = stream ? NULL : path, .compression = "none"};
    mk_text_mask_string(input->name, sizeof input->name, stream ? "standard input" : path);
    if (stream) {
        input->waits = true;
        target_widen(STDIN_FILENO, 0);
        return true;
    }
    int fd = input_open(path);
    if (fd < 0)
        return fail_io(e, "can't open");
    bool done = input_slurp(fd, max_size, &input->bytes, e);
    close(fd);
    return done;
}

static bool is_pipe(int fd) {
    struct stat status;
    return fstat(fd, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

bool input_finish(struct tool_input *input, uint64_t max_size, struct mk_error *e) {
    if (input->waits && !input_slurp(STDIN_FILENO, max_size, &input->bytes, e))
        return false;
    input->waits = false;
    if (!input->path && input->bytes.n == 0 && is_pipe(STDIN_FILENO)) {
        mk_fail(e, MK_E_EMPTY, MK_NOWHERE, "no data came from the previous tool");
        e->next = "See its message: it failed, or it had no output";
        return false;
    }
    return unpack(&input->bytes, max_size, &input->compression, e);
}

bool input_read(const char *path, uint64_t max_size, struct tool_input *input, struct mk_error *e) {
    return input_load(path, max_size, input, e) && input_finish(input, max_size, e);
}

void input_free(struct tool_input *input) {
    room_free(input->bytes.p);
    input->bytes = (struct mk_buffer){NULL, 0};
}
