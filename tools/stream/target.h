/* SPDX-License-Identifier: MIT */
/* Private to the runner: what the name of an output leads to. */
#ifndef MEKIT_TOOLS_TARGET_H
#define MEKIT_TOOLS_TARGET_H

#include <mekit/base/error.h>

/* A regular file, or none yet, is replaced. An open descriptor (/dev/stdout, /dev/fd/3), a device
 * or a FIFO is written into: true. */
bool target_is_stream(const char *path);

/* Opens it if it is one, before the sandbox: target_stream of this very pointer then gives the
 * descriptor, which stays open. At most three; NULL is none. IO. */
bool target_open(const char *path, struct mk_error *e);

/* This descriptor instead of what path leads to; it is opened no more. NULL is none. */
void target_give(const char *path, int fd);

/* The descriptor of what was opened, or -1: a file that is replaced. */
int target_stream(const char *path);

/* If fd is a pipe: makes it hold n bytes or, where that is not allowed, what anybody may ask for.
 * Never less than it holds. */
void target_widen(int fd, size_t n);

/* True if both names lead to the same file, be it there already or not. Never for /dev/null. */
bool target_is_same(const char *a, const char *b);

/* True if path leads to what is open as fd. Never for /dev/null. */
bool target_is_open_as(const char *path, int fd);

/* The folder in which a name stands, with its slash, or "."; the caller frees it. NULL: no memory.
 */
char *target_folder(const char *path);

#endif
