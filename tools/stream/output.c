/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "output.h"

#include "leftover.h"
#include "room.h"
#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <mekit/base/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define TRIES     100
#define PAGES_MIN ((size_t)64 << 10) /* below this, a copy is as fast */

bool output_fail(struct mk_error *e, const char *path, const char *what) {
    char masked[120];
    int number = errno;
    return mk_fail(e, MK_E_IO, MK_NOWHERE, "%s: %s: %s",
                   mk_text_mask_string(masked, sizeof masked, path), what, strerror(number));
}

static bool make_temporary(struct output *o) {
    size_t room = strlen(o->path) + 32;
    o->temporary = malloc(room);
    if (!o->temporary)
        return false;
    for (int i = 0; i < TRIES; i++) {
        snprintf(o->temporary, room, "%s.%ld.%d.tmp", o->path, (long)getpid(), i);
        o->fd = open(o->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (o->fd >= 0 || errno != EEXIST)
            return o->fd >= 0;
    }
    return false;
}

/* A rename would replace a device or a socket, or the link to it, with a file. */
static bool can_be_replaced(const char *path, struct mk_error *e) {
    struct stat status;
    if (stat(path, &status) != 0 || S_ISREG(status.st_mode))
        return true;
    errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    return output_fail(e, path, "not a file that could be replaced");
}

static bool create(struct output *o, struct mk_error *e) {
    sigset_t old;
    leftover_block(&old);
    bool made = make_temporary(o);
    int number = errno;
    o->leftover = made ? leftover_add(o->temporary) : 0;
    sigprocmask(SIG_SETMASK, &old, NULL);
    if (!made) {
        free(o->temporary); /* the file of that name, if any, is not ours */
        o->temporary = NULL;
        errno = number;
        return output_fail(e, o->path, "can't create");
    }
    return o->leftover ? true : mk_fail_memory(e);
}

/* A pipe takes the pages themselves, so nothing may write into them from now on. Returns how many
 * bytes it took: the caller writes the rest, or everything if fd is not a pipe. */
static size_t give_pages(int fd, const uint8_t *p, size_t n) {
    size_t given = 0;
    bool goes_on = n >= PAGES_MIN && room_holds(mk_span_of(p, n));
    while (goes_on && given < n) {
        /* vmsplice only reads: the union gives the pointer the type that it requires. */
        union {
            const uint8_t *read;
            void *given;
        } at = {p + given};
        struct iovec part = {.iov_base = at.given, .iov_len = n - given};
        ssize_t done = vmsplice(fd, &part, 1, 0);
        goes_on = done > 0 || (done < 0 && errno == EINTR);
        given += done > 0 ? (size_t)done : 0;
    }
    return given;
}

bool output_write_all(int fd, const uint8_t *p, size_t n) {
    size_t given = give_pages(fd, p, n);
    p += given;
    n -= given;
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done == 0)
            errno = EIO; /* else the loop would never end */
        if (done == 0 || (done < 0 && errno != EINTR))
            return false;
        p += done > 0 ? done : 0;
        n -= done > 0 ? (size_t)done : 0;
    }
    return true;
}

static mode_t usual_mode(void) {
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* A close that fails still closes the descriptor. */
static bool complete(struct output *o, struct mk_span bytes, struct mk_error *e) {
    bool done = output_write_all(o->fd, bytes.p, bytes.n) && fchmod(o->fd, usual_mode()) == 0 &&
                fsync(o->fd) == 0;
    int number = errno;
    bool closed = close(o->fd) == 0;
    o->fd = -1;
    errno = done ? errno : number;
    return done && closed ? true : output_fail(e, o->path, "can't write");
}

static bool prepare_file(struct output *o, struct mk_span bytes, struct mk_error *e) {
    return can_be_replaced(o->path, e) && create(o, e) && complete(o, bytes, e);
}

bool output_prepare(struct output *o, const char *path, struct mk_span bytes, struct mk_error *e) {
    int stream = target_stream(path);
    *o = (struct output){.fd = stream,
                         .is_stream = stream >= 0,
                         .keep_original = o->keep_original,
                         .bytes = bytes,
                         .path = strdup(path)};
    if (!o->path)
        return mk_fail_memory(e);
    return o->is_stream || prepare_file(o, bytes, e);
}

void output_own(struct output *o, char *text) {
    if (o->is_stream)
        o->text = text;
    else
        free(text);
}

bool output_make_folder(struct output *o, const char *path, struct mk_error *e) {
    sigset_t old;
    *o = (struct output){.fd = -1, .is_folder = true, .path = strdup(path)};
    if (!o->path)
        return mk_fail_memory(e);
    leftover_block(&old);
    bool made = mkdir(path, 0777) == 0;
    int number = errno;
    o->offered = made;
    o->leftover = made ? leftover_add(o->path) : 0;
    sigprocmask(SIG_SETMASK, &old, NULL);
    if (made)
        return o->leftover ? true : mk_fail_memory(e);
    errno = number;
    return number == EEXIST ? true : output_fail(e, path, "can't make the folder");
}

static bool is_for_images(int fd, struct mk_error *e) {
    return !isatty(fd) ||
           mk_fail(e, MK_E_IO, MK_NOWHERE,
                   "an image is not written to a terminal: use -o FILE, or redirect it");
}

bool output_suits_image(const struct output *o, struct mk_error *e) {
    return !o->is_stream || is_for_images(o->fd, e);
}

bool output_stream(struct mk_span bytes, struct mk_error *e) {
    if (!is_for_images(STDOUT_FILENO, e))
        return false;
    /* Some file systems report a failed write only now. And the next tool gets the end of its input
     * before this one has freed its memory. */
    return (output_write_all(STDOUT_FILENO, bytes.p, bytes.n) && close(STDOUT_FILENO) == 0) ||
           output_fail(e, "standard output", "can't write");
}
