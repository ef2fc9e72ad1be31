/* SPDX-License-Identifier: MIT */
#include "take.h"

#include "report.h"
#include "run.h"

#include <mekit/action/update.h>
#include <stdlib.h>

int take_update(struct tool_run *run) {
    struct mk_buffer region;
    struct mk_error e = {0};
    if (!mk_update_region(mk_buffer_span(run->inputs[0].bytes), &region, &e))
        return report_failure(run, &run->inputs[0], NULL, &e);
    int status = run_write(run, mk_buffer_span(region));
    free(region.p);
    return status;
}
