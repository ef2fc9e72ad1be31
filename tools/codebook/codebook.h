/* Private to the tools: where codebooks come from, and the formats of others. */
#ifndef MEKIT_TOOLS_CODEBOOK_H
#define MEKIT_TOOLS_CODEBOOK_H

#include "tool.h"

#include <mekit/codec/huffman.h>

/* For a tool's prepare: codebooks_load, its error told. False: *status is the exit status. */
bool codebooks_prepare(const struct tool_run *run, const struct tool_list *files,
                       struct mk_codebooks *books, int *status);

/* Every file that was named, then those of MEKIT_CODEBOOK_PATH (files and folders, with colons
 * between), then those of the installed share folder; a codebook of a name that is there already is
 * left out. A named file must be a codebook. *file: the one that failed, masked. */
bool codebooks_load(const struct tool_list *files, struct mk_codebooks *books, char file[256],
                    struct mk_error *e);

/* Adds what one file's bytes hold, whatever the format: mekit's text, huff11.bin (raw deflate),
 * Huffman.dat (JSON). UNKNOWN: none of these. */
bool codebooks_read(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e);

/* All of them in mekit's text format, to a stream. False: it could not be written. */
bool codebooks_write(FILE *to, const struct mk_codebooks *books);

/* The two formats of others. TAG: it is not that format. */
bool codebooks_read_binary(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e);
bool codebooks_read_json(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e);

#endif
