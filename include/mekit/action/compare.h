/* SPDX-License-Identifier: MIT */
/* Compares reads of the same chip: where they disagree, by region, and what most reads say. */
#ifndef MEKIT_ACTION_COMPARE_H
#define MEKIT_ACTION_COMPARE_H

#include <mekit/base/api.h>
#include <mekit/base/range.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

/* The ranges that differ, file-relative; gaps of less than gap equal bytes are joined. A length
 * difference is a range too. False: no memory. */
bool mk_compare(struct mk_span a, struct mk_span b, uint64_t gap, struct mk_ranges *out);

/* The region of a that an offset lies in, as a short name; "": none. */
const char *mk_compare_region(const struct mk_image *a, uint64_t offset);

/* Where reads disagree. The last row, MK_NO_REGION, counts bytes outside all regions. */
struct mk_disagreement {
    uint64_t bytes; /* not the same in all reads, or missing in a shorter one */
    uint64_t bits;  /* that differ, in bytes that all reads have */
    struct {
        uint64_t bytes, first; /* first: file offset */
    } regions[MK_LIMIT_REGIONS + 1];
};

/* image: NULL, or one of the reads, recognised: its descriptor names the regions. */
void mk_disagree(const struct mk_span *reads, size_t n, const struct mk_image *image,
                 struct mk_disagreement *out);

struct mk_vote {
    uint64_t voted_bytes;    /* bytes on which the reads disagree */
    uint64_t undecided_bits; /* half of the reads say 1, half 0: the first read wins */
};
/* Each bit of out becomes what most reads say. All reads and out have the same length. */
void mk_vote(const struct mk_span *reads, size_t n, struct mk_buffer out, struct mk_vote *vote);

MK_END_DECLS

#endif
