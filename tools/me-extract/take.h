/* SPDX-License-Identifier: MIT */
/* Private to me-extract: outputs other than one piece of the input. */
#ifndef MEKIT_TOOLS_TAKE_H
#define MEKIT_TOOLS_TAKE_H

#include "output.h"
#include "tool.h"

#include <jansson.h>

#include <mekit/action/extract.h>
#include <mekit/codec/huffman.h>

struct take_options {
    struct mk_extract_options one;
    const char *all;         /* a folder */
    const char *all_modules; /* a folder */
    const char *mfs;         /* a folder */
    bool decompress, convert, update;
    struct tool_optional scan; /* its text: number of the find to extract */
};

/* Runs me-extract. */
int take_run(struct tool_run *run);

/* Each returns the exit status. seen: what was found in the image, for the report of a failure. */
int take_regions(struct tool_run *run, const struct mk_image *image,
                 const struct mk_findings *seen); /* flashregion_N_NAME.bin */
int take_modules(struct tool_run *run, const struct mk_image *image,
                 const struct mk_findings *seen);
int take_mfs(struct tool_run *run, const struct mk_image *image,
             const struct mk_findings *seen); /* NN.bin */
int take_code(struct tool_run *run, const struct mk_image *image, const struct mk_findings *seen);
int take_found(struct tool_run *run);
int take_codebook(struct tool_run *run);
int take_update(struct tool_run *run); /* --from-update */

/* Unpacks with the codebook that gives the right hash, or without a hash with the first that works.
 * The caller frees out->p. */
bool take_unpack(const struct mk_image *image, const struct mk_partition *p,
                 const struct mk_module *m, const struct mk_codebooks *books, struct mk_buffer *out,
                 struct mk_error *e);

/* A folder and its files, written completely or not at all. Start with {0}; a dry run writes
 * nothing. */
struct take_files {
    const struct tool_run *run;
    const struct mk_image *image;
    const char *folder;
    struct output *list;
    size_t n, room;
    json_t *told, *left_out; /* with --json */
};
bool take_files_start(struct take_files *files, const struct tool_run *run,
                      const struct mk_image *image, const char *folder, struct mk_error *e);
/* Adds a file; prints its name unless quiet. name: safe. */
bool take_files_add(struct take_files *files, const char *name, struct mk_span part,
                    struct mk_error *e);
/* Warns that this part gets no file, and why. name: safe. */
void take_files_leave_out(struct take_files *files, const char *name, const char *why);
/* If done, puts the files at their places; else removes them all. */
bool take_files_end(struct take_files *files, bool done, struct mk_error *e);

#endif
