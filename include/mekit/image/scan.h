/* SPDX-License-Identifier: MIT */
/* Finds firmware at any offset of any file: a vendor's update, a capsule, a memory card. */
#ifndef MEKIT_IMAGE_SCAN_H
#define MEKIT_IMAGE_SCAN_H

#include <mekit/base/api.h>
#include <mekit/base/range.h>
#include <mekit/format/descriptor.h>
#include <mekit/image/firmware.h>

MK_BEGIN_DECLS

enum mk_found_kind {
    MK_FOUND_DESCRIPTOR, /* a flash image begins here: its size is that of its regions */
    MK_FOUND_REGION,     /* an ME region with a $FPT */
    MK_FOUND_IFWI,       /* a CSE region with a layout table, or an IFWI */
    MK_FOUND_PARTITION   /* a lone directory or manifest: an update image, or a remainder */
};
const char *mk_found_kind_name(enum mk_found_kind kind); /* "descriptor", "region", ... */

struct mk_found {
    enum mk_found_kind kind;
    uint64_t offset, size; /* in the file; size: as far as its tables reach, cut to the file and to
                              the region of the last descriptor in which it begins */
    char family[8];        /* empty for a descriptor */
    uint8_t name[4];       /* of a partition */
    struct mk_version version;
};

/* Steps through a file. Start with {.file = ...}. */
struct mk_scan {
    struct mk_span file;
    uint64_t at;        /* where the next step begins */
    unsigned tried;     /* places tried and partitions read there, up to MK_LIMIT_SCAN */
    uint64_t known_end; /* of the firmware found last: nothing inside it is reported again */
    struct mk_range regions[MK_LIMIT_REGIONS]; /* of the descriptor found last, in the file */
    unsigned n_regions;
};

/* Finds the next firmware. False: there is no more (e: MK_OK), COUNT, or MEMORY. */
bool mk_scan_next(struct mk_scan *scan, struct mk_found *found, struct mk_error *e);

MK_END_DECLS

#endif
