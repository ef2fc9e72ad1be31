/* SPDX-License-Identifier: MIT */
/* Puts files into regions, or blanks regions: all regions keep their place and size. */
#ifndef MEKIT_ACTION_INSERT_H
#define MEKIT_ACTION_INSERT_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

struct mk_insert_part {
    unsigned region;      /* MK_REGION_BIOS ... */
    bool blank;           /* fill it with FF; bytes is then empty */
    struct mk_span bytes; /* the file; must outlive the plan */
};

struct mk_insert_options {
    const struct mk_insert_part *parts; /* in any order */
    size_t n;
    bool align_end; /* put a BIOS that is smaller than its region at the region's end */
};

/* If a file is smaller than its region, the rest becomes FF, with a remark. Each region at most
 * once.
 *
 * NO_DESCRIPTOR; USAGE for a region that is named twice, or for no parts; EMPTY for an empty file;
 * UNFIT for a region that is unused, too small or overlapped by others, or a file that can't be for
 * this region (another part of the flash, a descriptor that does not fit); TRUNCATED for a region
 * that reaches beyond the file's end; SIGNATURE for firmware whose signature does not hold. */
bool mk_insert_plan(const struct mk_image *image, const struct mk_insert_options *options,
                    struct mk_plan *plan, struct mk_error *e);

/* True if the parts include the region that holds the engine's firmware, or the descriptor, which
 * says where that region is. */
bool mk_insert_replaces(const struct mk_image *image, const struct mk_insert_options *options);

MK_END_DECLS

#endif
