/* SPDX-License-Identifier: MIT */
/* Private to the runner: hints for users of me_cleaner or ifdtool. */
#ifndef MEKIT_TOOLS_HINTS_H
#define MEKIT_TOOLS_HINTS_H

/* The tool that does the work of an option that this tool lacks; NULL: unknown. */
const char *hint_for(const char *tool, const char *option);

#endif
