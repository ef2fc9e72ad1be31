/* SPDX-License-Identifier: MIT */
/* The declaration of a filter, which turns an image into its edited copy or a part of it. */
#ifndef MEKIT_TOOLS_FILTER_H
#define MEKIT_TOOLS_FILTER_H

#include "tool.h"

#include <mekit/action/plan.h>
#include <mekit/inspect/inspect.h>

struct filter {
    unsigned look; /* mk_look: how closely to inspect the input */
    bool cuts;     /* the output is a part, not an image that can be checked again */

    /* The operations that the options request of this image, a set of mk_operation: a finding that
     * blocks one of them stops the run. */
    unsigned (*operations)(const struct mk_image *image, const void *options);

    /* Optional: true if the plan replaces the firmware on purpose, so that the output need not have
     * the old boot code. */
    bool (*replaces)(const struct mk_image *image, const void *options);

    /* Optional: true if the options request damage to a file system. */
    bool (*spoils)(const void *options);

    /* Optional: refuses options that are wrong for this input, before the plan. */
    bool (*check)(const struct mk_image *image, const void *options, struct mk_error *e);

    /* Fills the plan (started and closed by the runner). On failure the error gives the exit
     * status. */
    bool (*plan)(const struct mk_image *image, const void *options, struct mk_plan *plan,
                 struct mk_error *e);

    /* Optional: adds remarks about the output, once it has passed the self-check. False: MEMORY. */
    bool (*tell)(const struct mk_image *output, const void *options, struct mk_plan *plan,
                 struct mk_error *e);
};

/* Takes an image all the way through a filter; returns the exit status. */
int filter_image(struct tool_run *run, const struct filter *filter);

/* The same, for a caller that has called run_open. */
int filter_open_image(struct tool_run *run, const struct filter *filter);

#endif
