#define _GNU_SOURCE
#include "output.h"

#include "leftover.h"

#include <errno.h>
#include <fcntl.h>
#include <mekit/base/text.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRIES 100

static bool fail_io(struct mk_error *e, const char *path, const char *what) {
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

/* A rename would replace a device or a socket by a file. */
static bool can_be_replaced(const char *path, struct mk_error *e) {
    struct stat status;
    if (lstat(path, &status) != 0 || S_ISREG(status.st_mode) || S_ISLNK(status.st_mode))
        return true;
    errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    return fail_io(e, path, "not a file that could be replaced");
}

static bool create(struct output *o, struct mk_error *e) {
    sigset_t old;
    leftover_block(&old);
    bool made = make_temporary(o);
    int number = errno;
    o->leftover = made ? leftover_add(o->temporary) : 0;
    sigprocmask(SIG_SETMASK, &old, NULL);
    if (!made) {
        free(o->temporary); /* the name of another's file, if anything */
        o->temporary = NULL;
        errno = number;
        return fail_io(e, o->path, "can't create");
    }
    return o->leftover ? true : mk_fail_memory(e);
}

static bool write_all(int fd, const uint8_t *p, size_t n) {
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done == 0)
            errno = EIO; /* it would never end */
        if (done == 0 || (done < 0 && errno != EINTR))
            return false;
        p += done > 0 ? done : 0;
        n -= done > 0 ? (size_t)done : 0;
    }
    return true;
}

static void sync_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

static bool is_beside(const char *a, const char *b) {
    const char *x = strrchr(a, '/'), *y = strrchr(b, '/');
    size_t n = x ? (size_t)(x - a) : 0, m = y ? (size_t)(y - b) : 0;
    return n == m && memcmp(a, b, n) == 0;
}

static mode_t usual_mode(void) {
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* A close that fails has closed all the same. */
static bool complete(struct output *o, struct mk_span bytes, struct mk_error *e) {
    bool done =
        write_all(o->fd, bytes.p, bytes.n) && fchmod(o->fd, usual_mode()) == 0 && fsync(o->fd) == 0;
    int number = errno;
    bool closed = close(o->fd) == 0;
    o->fd = -1;
    errno = done ? errno : number;
    return done && closed ? true : fail_io(e, o->path, "can't write");
}

bool output_prepare(struct output *o, const char *path, struct mk_span bytes, struct mk_error *e) {
    *o = (struct output){.fd = -1, .keep_original = o->keep_original};
    if (!can_be_replaced(path, e))
        return false;
    o->path = strdup(path);
    if (!o->path)
        return mk_fail_memory(e);
    if (create(o, e) && complete(o, bytes, e))
        return true;
    output_discard(o, 1);
    return false;
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
    return number == EEXIST ? true : fail_io(e, path, "can't make the folder");
}

/* Where the old file can't change places with the new one, it is lost. */
static bool take_place(struct output *o) {
    o->swapped = renameat2(AT_FDCWD, o->temporary, AT_FDCWD, o->path, RENAME_EXCHANGE) == 0;
    o->offered = o->swapped || rename(o->temporary, o->path) == 0;
    if (o->offered)
        leftover_rename(o->leftover, o->path, o->swapped ? o->temporary : NULL);
    return o->offered;
}

static bool replace(struct output *o, struct mk_error *e) {
    size_t room = strlen(o->path) + sizeof ".orig";
    char *original = o->keep_original ? malloc(room) : NULL;
    if (o->keep_original && !original)
        return mk_fail_memory(e);
    if (original)
        snprintf(original, room, "%s.orig", o->path);
    bool kept = !original || link(o->path, original) == 0;
    bool done = kept && take_place(o);
    if (!kept)
        fail_io(e, original, "can't keep the input under this name");
    else if (!done) {
        fail_io(e, o->path, "can't write");
        if (original)
            unlink(original);
    }
    free(original);
    return done;
}

bool output_offer(struct output *o, size_t n, struct mk_error *e) {
    sigset_t old;
    bool done = true;
    leftover_block(&old);
    for (size_t i = 0; done && i < n; i++)
        done = !o[i].path || o[i].is_folder || replace(&o[i], e);
    sigprocmask(SIG_SETMASK, &old, NULL);
    return done;
}

void output_keep(struct output *o, size_t n) {
    sigset_t old;
    leftover_block(&old);
    for (size_t i = 0; i < n; i++) {
        if (o[i].swapped)
            unlink(o[i].temporary);
        leftover_rename(o[i].leftover, NULL, NULL);
    }
    sigprocmask(SIG_SETMASK, &old, NULL);
    for (size_t i = 0; i < n; i++)
        if (o[i].path && (i == 0 || !o[i - 1].path || !is_beside(o[i].path, o[i - 1].path)))
            sync_folder(o[i].path);
    for (size_t i = 0; i < n; i++) {
        free(o[i].temporary);
        free(o[i].path);
        o[i] = (struct output){.fd = -1};
    }
}

bool output_commit(struct output *o, size_t n, struct mk_error *e) {
    sigset_t old;
    leftover_block(&old);
    bool done = output_offer(o, n, e);
    if (done)
        output_keep(o, n);
    sigprocmask(SIG_SETMASK, &old, NULL);
    return done;
}

static void discard(struct output *o) {
    const char *left = o->offered ? o->path : o->temporary;
    if (o->fd >= 0)
        close(o->fd);
    if (o->swapped)
        rename(o->temporary, o->path);
    else if (left && o->is_folder)
        rmdir(left);
    else if (left)
        unlink(left);
    leftover_rename(o->leftover, NULL, NULL);
    free(o->temporary);
    free(o->path);
    *o = (struct output){.fd = -1};
}

void output_discard(struct output *o, size_t n) {
    sigset_t old;
    leftover_block(&old);
    for (size_t i = n; i-- > 0;)
        discard(&o[i]);
    sigprocmask(SIG_SETMASK, &old, NULL);
}

bool output_stream(struct mk_span bytes, struct mk_error *e) {
    if (isatty(STDOUT_FILENO))
        return mk_fail(e, MK_E_IO, MK_NOWHERE,
                       "standard output is a terminal: use -o FILE, or redirect it");
    if (write_all(STDOUT_FILENO, bytes.p, bytes.n))
        return true;
    return fail_io(e, "standard output", "can't write");
}

bool output_is_same_file(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}
