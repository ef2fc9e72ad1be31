/* Private to me-extract: all regions at once. */
#ifndef MEKIT_TOOLS_TAKE_H
#define MEKIT_TOOLS_TAKE_H

#include "tool.h"

#include <mekit/action/extract.h>

struct take_options {
    struct mk_extract_options one;
    const char *all; /* a folder */
};

/* --all: each region of the descriptor that lies in the file becomes flashregion_N_NAME.bin. */
int take_all(struct tool_run *run, const struct mk_image *image, bool *handled);

#endif
