/* SPDX-License-Identifier: MIT */
/* All work of the library and the reports on an image, or on another file of the user. */
#ifndef MEKIT_TESTS_GROWTH_WORK_H
#define MEKIT_TESTS_GROWTH_WORK_H

#include <mekit/base/span.h>

/* A file: its bytes, its path, and the path of another file that is nearly equal. */
struct work {
    struct mk_span bytes;
    const char *path, *other;
};
typedef void work_function(const struct work *work);

/* Opens the stream for the reports, and a codebook: call it once. */
void work_prepare(void);

/* recognise, verify, every action, scan, reports, difference */
work_function work_image;
/* a codebook, an undo record, a packed input */
work_function work_codebook, work_record, work_packed;

/* Adds n ranges without order, then subtracts them from each other; n: the size of the file. */
work_function work_ranges;

/* Controls for the test itself: they grow as their names say. */
work_function work_linear, work_quadratic;

#endif
