/* SPDX-License-Identifier: MIT */
/* Private to fpt-dump --diff: the differences, printed as text and kept as JSON. */
#ifndef MEKIT_TOOLS_DIFF_H
#define MEKIT_TOOLS_DIFF_H

#include "tool.h"

#include <jansson.h>
#include <mekit/inspect/inspect.h>

struct diff {
    FILE *words; /* NULL: only JSON */
    const struct mk_image *a, *b;
    json_t *differences;     /* [{place, what, first, second}], or with ranges for bytes */
    struct mk_error problem; /* MEMORY, if something could not be compared */
};

/* place: the thing that differs ("PCH strap 10"); what: its property that differs ("value"). A NULL
 * text: there is none. diff_note reports a difference without its values. */
void diff_number(struct diff *d, const char *place, const char *what, uint64_t a, uint64_t b);
void diff_text(struct diff *d, const char *place, const char *what, const char *a, const char *b);
void diff_note(struct diff *d, const char *place, const char *what);

/* Compares every number of a table of fields that both structures have; leaves out parts of a word
 * that the table also has whole. */
void diff_fields(struct diff *d, const char *place, struct mk_span a, struct mk_span b,
                 const struct mk_field *fields, size_t n);

void diff_descriptors(struct diff *d);
void diff_firmware(struct diff *d);
/* Files and settings in the ME's file systems, and in FITC. */
void diff_file_systems(struct diff *d, const json_t *names);
/* Reports where the bytes differ, by region of the first image; all places in JSON, or if verbose.
 */
void diff_bytes(struct diff *d, bool verbose);

/* Compares the image of run's input with that of the file path, as text or as a picture or page of
 * both. Returns the exit status: 0 identical, 1 different. */
int dump_diff(struct tool_run *run, const struct mk_image *image, const struct mk_inspection *seen,
              const char *path);

#endif
