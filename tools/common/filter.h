/* SPDX-License-Identifier: MIT */
/* What a filter declares: from an image to its edited copy, or to a part of it. */
#ifndef MEKIT_TOOLS_FILTER_H
#define MEKIT_TOOLS_FILTER_H

#include "tool.h"

#include <mekit/action/plan.h>
#include <mekit/inspect/inspect.h>

struct filter {
    unsigned look; /* mk_look: how closely the input is looked at */
    bool cuts;     /* the output is a part, not an image that can be checked again */

    /* What the options ask for, as a set of mk_operation: a finding that blocks one of them stops
     * the run. */
    unsigned (*operations)(const void *options);

    /* Optional: true if the firmware's bytes are replaced on purpose, so that what was needed to
     * boot can't be expected in the output. */
    bool (*replaces)(const struct mk_image *image, const void *options);

    /* Optional: true if the options ask for what damages a file system. */
    bool (*spoils)(const void *options);

    /* Optional: options that are wrong for this input, before anything is planned. */
    bool (*check)(const struct mk_image *image, const void *options, struct mk_error *e);

    /* Fills the plan (started and closed by the runner). The exit status is the error's. */
    bool (*plan)(const struct mk_image *image, const void *options, struct mk_plan *plan,
                 struct mk_error *e);

    /* Optional: adds remarks about the output, once it has passed the self-check. False: MEMORY. */
    bool (*tell)(const struct mk_image *output, const void *options, struct mk_plan *plan,
                 struct mk_error *e);
};

/* The whole way of an image through a filter; returns the exit status. */
int filter_image(struct tool_run *run, const struct filter *filter);

/* The same from where the input is open: run_open was called. */
int filter_open_image(struct tool_run *run, const struct filter *filter);

#endif
