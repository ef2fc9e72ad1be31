/* Compares two reads of the same chip: where do they disagree, by region. */
#ifndef MEKIT_ACTION_COMPARE_H
#define MEKIT_ACTION_COMPARE_H

#include <mekit/base/range.h>
#include <mekit/image/image.h>

/* The ranges that differ, file-relative; gaps of less than gap equal bytes are joined. A length
 * difference is a range too. False: no memory. */
bool mk_compare(struct mk_span a, struct mk_span b, uint64_t gap, struct mk_ranges *out);

/* The region of a that an offset lies in, as a terse name, or "" where none does. */
const char *mk_compare_region(const struct mk_image *a, uint64_t offset);

#endif
