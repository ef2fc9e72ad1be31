/* SPDX-License-Identifier: MIT */
/* Takes a part out of an image: a plan whose window is that part. */
#ifndef MEKIT_ACTION_EXTRACT_H
#define MEKIT_ACTION_EXTRACT_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

struct mk_extract_options {
    const char *region; /* NULL: the ME region */
    bool truncate; /* cut the ME to its minimum; with region fd: adjust FLREG1, FLREG2 to that */
    const char *partition; /* instead: this partition; "BP2/NAME": from that boot partition */
    const char *module;    /* instead: "PARTITION/NAME", as it is stored */
    const char *chip;      /* instead: the part of chip "0" or "1" of a two-chip dump */
};

/* NOT_FOUND: no such region, partition, module (or it is erased, disabled); NO_DESCRIPTOR; USAGE.
 */
bool mk_extract_plan(const struct mk_image *image, const struct mk_extract_options *options,
                     struct mk_plan *plan, struct mk_error *e);

/* The module that "PARTITION/NAME" (or "BP2/PARTITION/NAME") means. Same errors. */
bool mk_extract_find(const struct mk_image *image, const char *path, const struct mk_partition **p,
                     const struct mk_module **m, struct mk_error *e);

MK_END_DECLS

#endif
