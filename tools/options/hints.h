/* SPDX-License-Identifier: MIT */
/* Private to the runner: for those who come from me_cleaner or ifdtool. */
#ifndef MEKIT_TOOLS_HINTS_H
#define MEKIT_TOOLS_HINTS_H

/* What does that option's work, where tool itself does not; NULL: nothing is known of it. */
const char *hint_for(const char *tool, const char *option);

#endif
