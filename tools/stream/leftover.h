/* SPDX-License-Identifier: MIT */
/* Private to the runner: removes files that must not stay behind if a signal ends the process. */
#ifndef MEKIT_TOOLS_LEFTOVER_H
#define MEKIT_TOOLS_LEFTOVER_H

#include <signal.h>
#include <stddef.h>

/* Block the signals around all functions below and around the code that creates or removes such a
 * file: call leftover_block, and at the end sigprocmask with the old set. */
void leftover_block(sigset_t *old);

/* Adds a file or an empty folder that a signal removes from now on, the last one first. path must
 * stay valid. Returns its number, or 0: no memory. */
size_t leftover_add(const char *path);

/* Records the file's new name; NULL: it may stay, or is gone. old, unless NULL: the new name of the
 * file that had path before; a signal moves it back. number 0 is ignored. */
void leftover_rename(size_t number, const char *path, const char *old);

#endif
