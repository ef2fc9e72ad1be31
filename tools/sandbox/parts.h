/* SPDX-License-Identifier: MIT */
/* Private to the sandbox: its parts, in the order in which they are set. */
#ifndef MEKIT_TOOLS_SANDBOX_PARTS_H
#define MEKIT_TOOLS_SANDBOX_PARTS_H

#include "sandbox.h"

/* Limits address space, core files and processes. Skips a limit that can't be set. */
void limit_memory(const struct sandbox_need *need);

/* Returns the interface's version, or 0 with errno. */
int enter_landlock(const struct sandbox_need *need);

/* Limits descriptors to what the places need. Call it after Landlock, which opens folders. */
void limit_descriptors(const struct sandbox_need *need);

/* Returns 0 or an errno. */
int enter_seccomp(const struct sandbox_need *need);

#endif
