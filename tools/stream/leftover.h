/* SPDX-License-Identifier: MIT */
/* Private to the runner: what must not stay behind if a signal ends the process. */
#ifndef MEKIT_TOOLS_LEFTOVER_H
#define MEKIT_TOOLS_LEFTOVER_H

#include <signal.h>
#include <stddef.h>

/* Everything below, and whatever makes or removes such a file, is done with the signals blocked:
 * leftover_block, and in the end sigprocmask with the old set. */
void leftover_block(sigset_t *old);

/* A file or an empty folder that a signal will remove from now on, the last one first. path must
 * stay valid. Returns its number, or 0: no memory. */
size_t leftover_add(const char *path);

/* It has another name now; NULL: it may stay, or is gone. old, unless NULL, is where the file went
 * that had that name, and a signal puts it back. number 0 is nothing. */
void leftover_rename(size_t number, const char *path, const char *old);

#endif
