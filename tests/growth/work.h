/* SPDX-License-Identifier: MIT */
/* All that the library and the reports do with an image, or with another file of the user's. */
#ifndef MEKIT_TESTS_GROWTH_WORK_H
#define MEKIT_TESTS_GROWTH_WORK_H

#include <mekit/base/span.h>

/* A file: its bytes, its path, and the path of another one that is nearly the same. */
struct work {
    struct mk_span bytes;
    const char *path, *other;
};
typedef void work_function(const struct work *work);

/* Opens what the reports go to, and a codebook: call it once. */
void work_prepare(void);

/* recognise, verify, every action, scan, reports, difference */
work_function work_image;
/* a codebook, an undo record, a packed input */
work_function work_codebook, work_record, work_packed;

/* n ranges, where n is the size of the file: added in no order, then cut out of one another. */
work_function work_ranges;

/* What the test itself is tried on: they grow as their names say. */
work_function work_linear, work_quadratic;

#endif
