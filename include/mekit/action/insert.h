/* SPDX-License-Identifier: MIT */
/* Puts files into regions, or blanks regions: no region moves, none gets another size. */
#ifndef MEKIT_ACTION_INSERT_H
#define MEKIT_ACTION_INSERT_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

struct mk_insert_part {
    unsigned region;      /* MK_REGION_BIOS ... */
    bool blank;           /* fill it with FF; bytes is empty then */
    struct mk_span bytes; /* the file; must outlive the plan */
};

struct mk_insert_options {
    const struct mk_insert_part *parts; /* in any order */
    size_t n;
    bool align_end; /* a BIOS that is smaller than its region goes to the region's end */
};

/* What a file leaves free of its region becomes FF, with a remark. Each region at most once.
 *
 * NO_DESCRIPTOR; USAGE for a region that is named twice, or for nothing to do; EMPTY for an empty
 * file; UNFIT for a region that is not used or too small, that others lie in, or that the
 * file can't be for (another part of the flash, a descriptor that does not fit); TRUNCATED for a
 * region that goes on behind the end; SIGNATURE for firmware whose signature does not hold. */
bool mk_insert_plan(const struct mk_image *image, const struct mk_insert_options *options,
                    struct mk_plan *plan, struct mk_error *e);

/* True if the region that holds the engine's firmware, or the descriptor that says where that is,
 * is one of the parts. */
bool mk_insert_replaces(const struct mk_image *image, const struct mk_insert_options *options);

MK_END_DECLS

#endif
