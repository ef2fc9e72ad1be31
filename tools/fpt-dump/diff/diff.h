/* SPDX-License-Identifier: MIT */
/* Private to fpt-dump --diff: what is different, said once as text and kept as JSON. */
#ifndef MEKIT_TOOLS_DIFF_H
#define MEKIT_TOOLS_DIFF_H

#include "tool.h"

#include <jansson.h>
#include <mekit/inspect/inspect.h>

struct diff {
    FILE *words; /* NULL: JSON alone */
    const struct mk_image *a, *b;
    json_t *differences;     /* [{place, what, first, second}], or with ranges for bytes */
    struct mk_error problem; /* MEMORY, if something could not be compared */
};

/* place: what it belongs to ("PCH strap 10"); what: which property of that ("value"). A text that
 * is NULL: there is none. diff_note: something that differs and is not shown. */
void diff_number(struct diff *d, const char *place, const char *what, uint64_t a, uint64_t b);
void diff_text(struct diff *d, const char *place, const char *what, const char *a, const char *b);
void diff_note(struct diff *d, const char *place, const char *what);

/* Every number of a table of fields that both structures have; a part of a word that the table has
 * whole is left out. */
void diff_fields(struct diff *d, const char *place, struct mk_span a, struct mk_span b,
                 const struct mk_field *fields, size_t n);

void diff_descriptors(struct diff *d);
void diff_firmware(struct diff *d);
/* Files and settings in the ME's file systems, and in FITC. */
void diff_file_systems(struct diff *d, const json_t *names);
/* Where the bytes differ, by region of the first image; all places in JSON, and where verbose. */
void diff_bytes(struct diff *d, bool verbose);

/* Compares the image of run's input with that of the file path, as text or as a picture or page of
 * both. Returns the exit status: 0 identical, 1 different. */
int dump_diff(struct tool_run *run, const struct mk_image *image, const struct mk_inspection *seen,
              const char *path);

#endif
