/* SPDX-License-Identifier: MIT */
/* Moves regions: changes the descriptor's FLREG words and moves the contents with them.
 *
 * BIOS bytes keep their distance from the region's end (the reset vector is there), bytes of other
 * regions from the region's start. The file never grows; only erased bytes are cut off or
 * overwritten. */
#ifndef MEKIT_ACTION_REGIONS_H
#define MEKIT_ACTION_REGIONS_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

/* The wanted places of regions; start = end: the region becomes unused. */
struct mk_region_wishes {
    struct {
        unsigned region;
        struct mk_range place;
    } list[MK_LIMIT_REGIONS];
    size_t n;
};

/* Adds the lines of a layout file as flashrom -l and ifdtool -n read it: "START:END NAME", numbers
 * in hex, END the last byte; START above END: unused; # begins a comment. USAGE, with the number of
 * the line, for anything else, for a place that is no multiple of 4 KiB, and for a region that is
 * listed already. */
bool mk_region_wishes_file(struct mk_region_wishes *wishes, struct mk_span text,
                           struct mk_error *e);
/* Adds "NAME=START-END" or "NAME=none". */
bool mk_region_wishes_word(struct mk_region_wishes *wishes, const char *word, struct mk_error *e);

struct mk_regions_options {
    struct mk_region_wishes wishes;
    uint64_t flash_size; /* of all chips together; 0: what the descriptor says */
};

/* Gives the future places of all regions. Fails like mk_regions_plan. */
bool mk_regions_wanted(const struct mk_image *image, const struct mk_regions_options *options,
                       struct mk_range wanted[MK_LIMIT_REGIONS], struct mk_error *e);

/* NO_DESCRIPTOR; USAGE without wishes; UNFIT if regions would overlap, reach beyond the flash,
 * leave it without a descriptor or without BIOS at its end, or if bytes that are not erased would
 * be lost; TRUNCATED if the file ends too early to check that. */
bool mk_regions_plan(const struct mk_image *image, const struct mk_regions_options *options,
                     struct mk_plan *plan, struct mk_error *e);

MK_END_DECLS

#endif
