/* SPDX-License-Identifier: MIT */
/* Private to the sandbox: its parts, in the order in which they are set. */
#ifndef MEKIT_TOOLS_SANDBOX_PARTS_H
#define MEKIT_TOOLS_SANDBOX_PARTS_H

#include "sandbox.h"

/* Limits address space and core files. Skips a limit that can't be set. */
void limit_memory(const struct sandbox_need *need);

/* Returns the interface's version, or 0 with errno. */
int enter_landlock(const struct sandbox_need *need);

/* No process or thread more. Root has no such limit: seccomp forbids it to all. */
void limit_processes(void);

/* Limits descriptors to what the places need. Call it after Landlock, which opens folders. */
void limit_descriptors(const struct sandbox_need *need);

/* Whether seccomp can end the whole process, and not a thread alone. */
bool seccomp_ends_process(void);

/* For all threads. Returns 0 or an errno. */
int enter_seccomp(const struct sandbox_need *need);

#endif
