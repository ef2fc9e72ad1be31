/* Private to the sandbox: its parts, in the order in which they are set. */
#ifndef MEKIT_TOOLS_SANDBOX_PARTS_H
#define MEKIT_TOOLS_SANDBOX_PARTS_H

#include "sandbox.h"

/* Address space, core files, processes. A limit that can't be set is left. */
void limit_memory(const struct sandbox_need *need);

/* Returns the interface's version, or 0 with errno. */
int enter_landlock(const struct sandbox_need *need);

/* Descriptors: as many as the places need, or none. Landlock opens folders, so behind it. */
void limit_descriptors(const struct sandbox_need *need);

/* Returns 0 or an errno. */
int enter_seccomp(const struct sandbox_need *need);

#endif
