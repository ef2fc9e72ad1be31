/* SPDX-License-Identifier: MIT */
/* Private to the runner: the file or stream that an output's name leads to. */
#ifndef MEKIT_TOOLS_TARGET_H
#define MEKIT_TOOLS_TARGET_H

#include <mekit/base/error.h>

/* True for an open descriptor (/dev/stdout, /dev/fd/3), a device or a FIFO: the tool writes into
 * it. False for a regular file or a missing one: the tool replaces it. */
bool target_is_stream(const char *path);

/* Opens path if it is such a stream. Call it before the sandbox: target_stream of the same pointer
 * then returns the descriptor, which stays open. At most three; NULL is ignored. IO. */
bool target_open(const char *path, struct mk_error *e);

/* Uses this descriptor for path, which is then not opened. NULL is ignored. */
void target_give(const char *path, int fd);

/* The descriptor that was opened for path, or -1 for a file to replace. */
int target_stream(const char *path);

/* If fd is a pipe, makes it hold n bytes, or if that is not allowed, the size that every user may
 * have. Never shrinks it. */
void target_widen(int fd, size_t n);

/* True if both names lead to the same file, whether or not it exists. Never for /dev/null. */
bool target_is_same(const char *a, const char *b);

/* True if path leads to the file that is open as fd. Never for /dev/null. */
bool target_is_open_as(const char *path, int fd);

/* The folder of a name, with its slash, or "."; the caller frees it. NULL: no memory. */
char *target_folder(const char *path);

#endif
