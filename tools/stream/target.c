/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <mekit/base/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define LINKS_MAX   40 /* the kernel's limit */
#define TARGETS_MAX 3
#define PIPE_SIZE   (1 << 20) /* Linux allows it to every user */
#define DESCRIPTORS "/proc/self/fd/"

static struct {
    const char *path;
    int fd;
} targets[TARGETS_MAX];
static size_t n_targets;

char *target_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
}

static const char *last_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_link(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

/* A link in /proc is not a file's name but an open file itself. */
static bool is_descriptor(const char *link) {
    struct statfs system;
    char *folder = target_folder(link);
    bool is = folder && statfs(folder, &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
    free(folder);
    return is;
}

/* The name that a link leads to. NULL: no memory, or no link. */
static char *next_name(const char *link) {
    char to[PATH_MAX], *name = NULL;
    ssize_t n = readlink(link, to, sizeof to - 1);
    char *folder = n >= 0 ? target_folder(link) : NULL;
    if (folder) {
        to[n] = '\0';
        size_t room = strlen(folder) + (size_t)n + 2;
        name = malloc(room);
        if (name)
            snprintf(name, room, "%s%s%s", *to == '/' ? "" : folder, *to == '/' ? "" : "/", to);
    }
    free(folder);
    return name;
}

/* Follows links of the last name to their end: a name, or an open descriptor. The caller frees it.
 */
static char *follow(const char *path) {
    char *name = strdup(path);
    for (int i = 0; name && i < LINKS_MAX && is_link(name) && !is_descriptor(name); i++) {
        char *next = next_name(name);
        free(name);
        name = next;
    }
    return name;
}

bool target_is_stream(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0 || S_ISDIR(status.st_mode))
        return false;
    if (!S_ISREG(status.st_mode))
        return true;
    char *end = follow(path);
    bool descriptor = end && is_link(end);
    free(end);
    return descriptor;
}

static bool is_same_status(const struct stat *a, const struct stat *b) {
    bool is_null = S_ISCHR(a->st_mode) && a->st_rdev == makedev(1, 3);
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && !is_null;
}

static bool is_same_existing(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && is_same_status(&x, &y);
}

/* The number of a descriptor of this process, or -1. */
static int own_number(const char *path) {
    char *folder = target_folder(path);
    const char *name = last_name(path);
    bool own = folder && is_same_existing(folder, DESCRIPTORS) &&
               strlen(name) == strspn(name, "0123456789") && strlen(name) < 9;
    free(folder);
    return own && *name ? (int)strtol(name, NULL, 10) : -1;
}

/* Opening a descriptor's file again would lose its position, so duplicate the descriptor. */
static int open_stream(const char *path) {
    char *end = follow(path);
    int number = end ? own_number(end) : -1;
    free(end);
    return number >= 0 ? fcntl(number, F_DUPFD_CLOEXEC, 0)
                       : open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
}

int target_stream(const char *path) {
    for (size_t i = 0; i < n_targets; i++)
        if (targets[i].path == path)
            return targets[i].fd;
    return -1;
}

void target_give(const char *path, int fd) {
    for (size_t i = 0; path && i < n_targets; i++)
        if (targets[i].path == path)
            n_targets = i;
    if (!path || n_targets == TARGETS_MAX)
        return;
    targets[n_targets].path = path;
    targets[n_targets++].fd = fd;
}

bool target_open(const char *path, struct mk_error *e) {
    char masked[120];
    if (!path || n_targets == TARGETS_MAX || target_stream(path) >= 0 || !target_is_stream(path))
        return true;
    int fd = open_stream(path), number = errno;
    if (fd < 0)
        return mk_fail(e, MK_E_IO, MK_NOWHERE, "%s: can't open: %s",
                       mk_text_mask_string(masked, sizeof masked, path), strerror(number));
    target_give(path, fd);
    return true;
}

void target_widen(int fd, size_t n) {
    int now = fcntl(fd, F_GETPIPE_SZ);
    if (now < 0)
        return;
    bool wide = n > (size_t)now && n <= INT_MAX && fcntl(fd, F_SETPIPE_SZ, (int)n) >= 0;
    if (!wide && now < PIPE_SIZE)
        fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
}

/* Compares names of files that may not exist. */
static bool is_same_name(const char *a, const char *b) {
    char *x = target_folder(a), *y = target_folder(b);
    bool same = x && y && is_same_existing(x, y) && strcmp(last_name(a), last_name(b)) == 0;
    free(x);
    free(y);
    return same;
}

bool target_is_same(const char *a, const char *b) {
    struct stat status;
    if (stat(a, &status) == 0 || stat(b, &status) == 0)
        return is_same_existing(a, b);
    char *x = follow(a), *y = follow(b);
    bool same = x && y && is_same_name(x, y);
    free(x);
    free(y);
    return same;
}

bool target_is_open_as(const char *path, int fd) {
    struct stat named, open;
    return stat(path, &named) == 0 && fstat(fd, &open) == 0 && is_same_status(&named, &open);
}
