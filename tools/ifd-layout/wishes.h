/* Private to ifd-layout: the layout that is asked for, by words and by a file. */
#ifndef MEKIT_TOOLS_WISHES_H
#define MEKIT_TOOLS_WISHES_H

#include "tool.h"

#include <mekit/action/regions.h>

struct layout_options {
    struct tool_list words; /* REGION=START-END */
    const char *layout;     /* a file; the run's second input */
    const char *size_text;
    bool print;
    struct mk_regions_options regions;
};

bool wishes_prepare(struct tool_run *run, int *status);
/* Behind the sandbox: reads words and file. */
int wishes_read(struct tool_run *run, bool *handled);
/* --print */
int wishes_print(struct tool_run *run, const struct mk_image *image, bool *handled);

#endif
