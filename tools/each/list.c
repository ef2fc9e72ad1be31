/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "list.h"

#include "input.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define EMPTY_MAX 16          /* a file with more empty names is not a list */
#define NAMES_MAX (16u << 20) /* stop at a list that never ends */

bool list_open(struct list *l, const char *path, char **names, size_t n, struct mk_error *e) {
    l->names = names;
    l->n = n;
    l->start = l->end = l->empty = l->told = 0;
    l->fd = -1;
    if (path)
        l->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : input_open(path);
    return !path || l->fd >= 0 ||
           mk_fail(e, MK_E_IO, MK_NOWHERE, "can't open the list: %s", strerror(errno));
}

void list_close(struct list *l) {
    if (l->fd > STDERR_FILENO)
        close(l->fd);
    l->fd = -1;
}

static enum list_step end(struct list *l, enum mk_code code, const char *what, struct mk_error *e) {
    list_close(l);
    l->names = NULL;
    l->n = 0;
    *e = (struct mk_error){.code = MK_OK};
    if (code)
        mk_fail(e, code, MK_NOWHERE, "%s: the rest of the list was not read", what);
    return LIST_END;
}

/* The name "-" would mean standard input, so write "./-". */
static enum list_step take_name(struct list *l, size_t n, size_t used, struct mk_error *e) {
    const char *dash = n == 1 && l->buffer[l->start] == '-' ? "./" : "";
    size_t before = strlen(dash);
    if (n + before >= sizeof l->name)
        return end(l, MK_E_USAGE, "a name is too long", e);
    memcpy(l->name, dash, before);
    memcpy(l->name + before, l->buffer + l->start, n);
    l->name[before + n] = '\0';
    l->start += used;
    if (++l->told > NAMES_MAX)
        return end(l, MK_E_USAGE, "there are too many names", e);
    if (n > 0)
        return LIST_NAME;
    if (++l->empty > EMPTY_MAX)
        return end(l, MK_E_USAGE, "too many names are empty", e);
    mk_fail(e, MK_E_USAGE, MK_NOWHERE, "a name in the list is empty");
    return LIST_WRONG;
}

/* Returns what read returns. */
static ssize_t read_more(struct list *l) {
    memmove(l->buffer, l->buffer + l->start, l->end - l->start);
    l->end -= l->start;
    l->start = 0;
    ssize_t n;
    do
        n = read(l->fd, l->buffer + l->end, sizeof l->buffer - l->end);
    while (n < 0 && errno == EINTR);
    l->end += n > 0 ? (size_t)n : 0;
    return n;
}

static enum list_step next_of_list(struct list *l, bool wait, struct mk_error *e) {
    struct pollfd ready = {.fd = l->fd, .events = POLLIN};
    for (;;) {
        size_t left = l->end - l->start;
        const char *nul = memchr(l->buffer + l->start, '\0', left);
        if (nul) {
            size_t n = (size_t)(nul - l->buffer) - l->start;
            return take_name(l, n, n + 1, e);
        }
        if (left >= sizeof l->name)
            return end(l, MK_E_USAGE, "a name is too long", e);
        if (!wait && poll(&ready, 1, 0) == 0)
            return LIST_LATER;
        ssize_t n = read_more(l);
        if (n < 0)
            return end(l, MK_E_IO, strerror(errno), e);
        if (n == 0)
            return left > 0 ? take_name(l, left, left, e) : end(l, MK_OK, "", e);
    }
}

enum list_step list_next(struct list *l, bool wait, struct mk_error *e) {
    if (l->fd >= 0)
        return next_of_list(l, wait, e);
    size_t n = l->n > 0 ? strlen(*l->names) : 0;
    if (l->n == 0 || n >= sizeof l->name)
        return end(l, l->n ? MK_E_USAGE : MK_OK, "a name is too long", e);
    memcpy(l->name, *l->names++, n + 1);
    l->n--;
    return LIST_NAME;
}
