/* SPDX-License-Identifier: MIT */
/* Private to the tools: where codebooks come from, and the formats of others. */
#ifndef MEKIT_TOOLS_CODEBOOK_H
#define MEKIT_TOOLS_CODEBOOK_H

#include "tool.h"

#include <mekit/codec/huffman.h>

/* For a tool's prepare: codebooks_load, its error told. False: *status is the exit status. */
bool codebooks_prepare(const struct tool_run *run, const struct tool_list *files,
                       struct mk_codebooks *books, int *status);

/* Every file and folder that was named, then those of MEKIT_CODEBOOK_PATH (with colons between),
 * then those of the user's and the installed share folder. A named file must be a codebook, or half
 * of one whose other half is named too; a named folder must have one, beside anything else. What is
 * wrong in a share folder is left out. *file: what failed, masked. */
bool codebooks_load(const struct tool_list *files, struct mk_codebooks *books, char file[256],
                    struct mk_error *e);

/* Adds what one file's bytes hold, whatever the format: mekit's text, unhuffme's C tables (both in
 * one file), huff11.bin (raw deflate), Huffman.dat (JSON). UNKNOWN: none of these. */
bool codebooks_read(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e);

/* All of them in mekit's text format, to a stream. False: it could not be written. */
bool codebooks_write(FILE *to, const struct mk_codebooks *books);

/* ---- formats of others; TAG: it is not that format ---- */

bool codebooks_read_binary(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e);
bool codebooks_read_json(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e);

/* Where an error's own advice would be about images. */
#define CODEBOOK_ADVICE "Give a codebook: mekit-codebooks(7) tells where they are"

/* A codebook is two tables, for code and for data; some formats have each in a file of its own. */
enum codebook_role { CODEBOOK_CODE, CODEBOOK_DATA, CODEBOOK_EITHER };

struct codebook_row {
    uint32_t codeword;
    uint8_t bits, n; /* n = 0: the symbol is not known */
    uint8_t symbol[MK_SYMBOL_BYTES];
};

struct codebook_half {
    char name[MK_CODEBOOK_NAME];
    enum codebook_role role;
    struct codebook_row *rows; /* owned */
    size_t n;
};

/* Halves that wait for their others. Start with {0}, end with codebook_halves_free. */
#define CODEBOOK_HALVES_MAX 16u
struct codebook_halves {
    struct codebook_half list[CODEBOOK_HALVES_MAX];
    size_t n;
};
void codebook_halves_free(struct codebook_halves *halves);

/* Takes half over, also where it fails: COUNT. If its other half waits, both become a codebook. */
bool codebook_half_add(struct codebook_halves *halves, struct codebook_half *half,
                       struct mk_codebooks *books, struct mk_error *e);

/* unhuffme's dict_*.c, Code12.txt and Data12.txt. file: the name without folders, which tells what
 * the text does not; may be "". */
bool codebook_halves_read_c(struct mk_span text, const char *file, struct codebook_halves *halves,
                            struct mk_codebooks *books, struct mk_error *e);
bool codebook_halves_read_lines(struct mk_span text, const char *file,
                                struct codebook_halves *halves, struct mk_codebooks *books,
                                struct mk_error *e);

/* codebooks_read where a half may wait. */
bool codebooks_read_part(struct mk_span bytes, const char *file, struct codebook_halves *halves,
                         struct mk_codebooks *books, struct mk_error *e);

/* FIELD where one still waits. */
bool codebooks_whole(const struct codebook_halves *halves, struct mk_error *e);

/* Sets the role that a file's name tells, where the text does not. */
void codebook_half_role(struct codebook_half *half, const char *file);
/* Sets the name to the first n bytes of text, as many as fit. */
void codebook_half_name(struct codebook_half *half, const char *text, size_t n);

#endif
