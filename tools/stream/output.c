#define _GNU_SOURCE
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <mekit/base/text.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPEN_MAX_FILES 4
#define TRIES          100

/* What a signal has to remove: only touched with the signals blocked. */
static char *volatile open_files[OPEN_MAX_FILES];

static const int ending_signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
#define SIGNALS (sizeof ending_signals / sizeof *ending_signals)

static void remove_and_die(int number) {
    for (size_t i = 0; i < OPEN_MAX_FILES; i++)
        if (open_files[i])
            unlink(open_files[i]);
    signal(number, SIG_DFL);
    raise(number);
}

static void block_signals(sigset_t *old) {
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < SIGNALS; i++)
        sigaddset(&set, ending_signals[i]);
    sigprocmask(SIG_BLOCK, &set, old);
}

/* A signal that the parent has chosen to ignore stays ignored. */
static void catch_signals(void) {
    for (size_t i = 0; i < SIGNALS; i++) {
        struct sigaction action;
        if (sigaction(ending_signals[i], NULL, &action) != 0 || action.sa_handler != SIG_DFL)
            continue;
        action = (struct sigaction){.sa_handler = remove_and_die};
        sigaction(ending_signals[i], &action, NULL);
    }
}

static bool remember(char *path) {
    for (size_t i = 0; i < OPEN_MAX_FILES; i++)
        if (!open_files[i]) {
            open_files[i] = path;
            return true;
        }
    return false;
}

static void forget(const char *path) {
    for (size_t i = 0; i < OPEN_MAX_FILES; i++)
        if (open_files[i] == path)
            open_files[i] = NULL;
}

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

bool output_open(struct output *o, const char *path, struct mk_error *e) {
    sigset_t old;
    *o = (struct output){.fd = -1};
    if (!can_be_replaced(path, e))
        return false;
    *o = (struct output){.fd = -1, .path = strdup(path)};
    if (!o->path)
        return mk_fail_memory(e);
    catch_signals();
    block_signals(&old);
    bool made = make_temporary(o);
    int number = errno;
    bool kept = made && remember(o->temporary);
    sigprocmask(SIG_SETMASK, &old, NULL);
    errno = number;
    if (!made)
        fail_io(e, path, "can't create");
    else if (!kept)
        mk_fail(e, MK_E_IO, MK_NOWHERE, "too many files to write at a time");
    if (!kept)
        output_discard(o);
    return kept;
}

static bool write_all(int fd, const uint8_t *p, size_t n) {
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno != EINTR)
            return false;
        p += done > 0 ? done : 0;
        n -= done > 0 ? (size_t)done : 0;
    }
    return true;
}

bool output_write(struct output *o, const void *bytes, size_t n, struct mk_error *e) {
    return write_all(o->fd, bytes, n) ? true : fail_io(e, o->path, "can't write");
}

void output_discard(struct output *o) {
    sigset_t old;
    block_signals(&old);
    if (o->fd >= 0) {
        close(o->fd);
        unlink(o->temporary);
    }
    forget(o->temporary);
    sigprocmask(SIG_SETMASK, &old, NULL);
    free(o->temporary);
    free(o->path);
    *o = (struct output){.fd = -1};
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

static mode_t usual_mode(void) {
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

bool output_commit(struct output *o, struct mk_error *e) {
    bool done = fchmod(o->fd, usual_mode()) == 0 && fsync(o->fd) == 0;
    int fd = o->fd;
    o->fd = -1;
    done = close(fd) == 0 && done;
    done = done && rename(o->temporary, o->path) == 0;
    if (done)
        sync_folder(o->path);
    else {
        fail_io(e, o->path, "can't write");
        unlink(o->temporary);
    }
    output_discard(o);
    return done;
}

bool output_file(const char *path, struct mk_span bytes, struct mk_error *e) {
    struct output o;
    if (!output_open(&o, path, e))
        return false;
    if (output_write(&o, bytes.p, bytes.n, e))
        return output_commit(&o, e);
    output_discard(&o);
    return false;
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

bool output_keep_original(const char *path, struct mk_error *e) {
    size_t room = strlen(path) + sizeof ".orig";
    char *original = malloc(room);
    if (!original)
        return mk_fail_memory(e);
    snprintf(original, room, "%s.orig", path);
    bool kept = link(path, original) == 0;
    if (!kept)
        fail_io(e, original, "can't keep the input under this name");
    free(original);
    return kept;
}
