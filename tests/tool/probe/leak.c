/* SPDX-License-Identifier: MIT */
/* A tool that leaks memory: the build with sanitizers must report it. */
#include "run.h"

#include <stdlib.h>

static int report(struct tool_run *run) {
    char *volatile lost = malloc(run->n_inputs + 1);
    if (lost)
        lost[0] = 0;
    lost = NULL;
    return MK_EXIT_DONE;
}

static int run(struct tool_run *r) {
    return run_report(r, false, report);
}

int main(int argc, char **argv) {
    static const struct tool tool = {.name = "leak", .reports = true, .run = run};
    return tool_main(&tool, argc, argv);
}
