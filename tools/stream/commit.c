/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "leftover.h"
#include "output.h"
#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void sync_folder(const char *path) {
    char *folder = target_folder(path);
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

static bool is_file(const struct output *o) {
    return o->path && !o->is_stream;
}

static bool is_beside(const struct output *a, const struct output *b) {
    const char *x = strrchr(a->path, '/'), *y = strrchr(b->path, '/');
    size_t n = x ? (size_t)(x - a->path) : 0, m = y ? (size_t)(y - b->path) : 0;
    return n == m && memcmp(a->path, b->path, n) == 0;
}

/* If the file system can't exchange the old file with the new one, the old one is lost. */
static bool take_place(struct output *o) {
    o->swapped = renameat2(AT_FDCWD, o->temporary, AT_FDCWD, o->path, RENAME_EXCHANGE) == 0;
    o->offered = o->swapped || rename(o->temporary, o->path) == 0;
    if (o->offered)
        leftover_rename(o->leftover, o->path, o->swapped ? o->temporary : NULL);
    return o->offered;
}

/* The first original is the valuable one: keep an existing file. */
static bool keep_original(const char *path, const char *original, bool *made, struct mk_error *e) {
    struct stat status;
    *made = link(path, original) == 0;
    if (*made || (errno == EEXIST && lstat(original, &status) == 0 && S_ISREG(status.st_mode)))
        return true;
    return output_fail(e, original, "can't keep the input under this name");
}

static bool replace_in_place(struct output *o, struct mk_error *e) {
    size_t room = strlen(o->path) + sizeof ".orig";
    char *original = malloc(room);
    bool made;
    if (!original)
        return mk_fail_memory(e);
    snprintf(original, room, "%s.orig", o->path);
    bool kept = keep_original(o->path, original, &made, e), done = kept && take_place(o);
    if (kept && !done)
        output_fail(e, o->path, "can't write");
    if (made)
        o->original = original;
    else
        free(original);
    return done;
}

static bool replace(struct output *o, struct mk_error *e) {
    if (o->keep_original)
        return replace_in_place(o, e);
    return take_place(o) || output_fail(e, o->path, "can't write");
}

static bool replace_files(struct output *o, size_t n, struct mk_error *e) {
    sigset_t old;
    bool done = true;
    leftover_block(&old);
    for (size_t i = 0; done && i < n; i++)
        done = !is_file(&o[i]) || o[i].is_folder || replace(&o[i], e);
    sigprocmask(SIG_SETMASK, &old, NULL);
    return done;
}

/* Do not block signals here: the reader may take any time. */
static bool write_streams(struct output *o, size_t n, struct mk_error *e) {
    for (size_t i = 0; i < n; i++)
        if (o[i].is_stream && !output_write_all(o[i].fd, o[i].bytes.p, o[i].bytes.n))
            return output_fail(e, o[i].path, "can't write");
    return true;
}

static bool has_streams(const struct output *o, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (o[i].is_stream)
            return true;
    return false;
}

bool output_offer(struct output *o, size_t n, struct mk_error *e) {
    return replace_files(o, n, e) && write_streams(o, n, e);
}

static void forget(struct output *o) {
    free(o->temporary);
    free(o->original);
    free(o->path);
    free(o->text);
    *o = (struct output){.fd = -1};
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
        if (is_file(&o[i]) && (i == 0 || !is_file(&o[i - 1]) || !is_beside(&o[i], &o[i - 1])))
            sync_folder(o[i].path);
    for (size_t i = 0; i < n; i++) {
        forget(&o[i]);
    }
}

bool output_commit(struct output *o, size_t n, struct mk_error *e) {
    sigset_t old;
    bool streams = has_streams(o, n);
    leftover_block(&old);
    bool done = replace_files(o, n, e);
    if (done && !streams)
        output_keep(o, n);
    sigprocmask(SIG_SETMASK, &old, NULL);
    if (!done || !streams)
        return done;
    if (!write_streams(o, n, e))
        return false;
    output_keep(o, n);
    return true;
}

static void discard(struct output *o) {
    const char *left = o->offered ? o->path : o->temporary;
    if (o->fd >= 0 && !o->is_stream)
        close(o->fd);
    if (o->swapped)
        rename(o->temporary, o->path);
    else if (left && o->is_folder)
        rmdir(left);
    else if (left)
        unlink(left);
    if (o->original && (o->swapped || !o->offered))
        unlink(o->original);
    leftover_rename(o->leftover, NULL, NULL);
    forget(o);
}

void output_discard(struct output *o, size_t n) {
    sigset_t old;
    leftover_block(&old);
    for (size_t i = n; i-- > 0;)
        discard(&o[i]);
    sigprocmask(SIG_SETMASK, &old, NULL);
}
