/* SPDX-License-Identifier: MIT */
/* Private to the sandbox: its parts, in the order in which sandbox_enter sets them. */
#ifndef MEKIT_TOOLS_SANDBOX_PARTS_H
#define MEKIT_TOOLS_SANDBOX_PARTS_H

#include "sandbox.h"

/* Limits address space and core files. Skips a limit that can't be set. */
void limit_memory(const struct sandbox_need *need);

/* Returns the interface's version, or 0 with errno. */
int enter_landlock(const struct sandbox_need *need);

/* Forbids new processes and threads. Root has no such limit, but seccomp forbids them to every
 * user. */
void limit_processes(void);

/* Limits descriptors to the number that the places need. Call it after Landlock, which opens
 * folders. */
void limit_descriptors(const struct sandbox_need *need);

/* True if seccomp can end the whole process, not only a thread. */
bool seccomp_ends_process(void);

/* For all threads. Returns 0 or an errno. */
int enter_seccomp(const struct sandbox_need *need);

#endif
