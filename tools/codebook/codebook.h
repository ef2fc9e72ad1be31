/* SPDX-License-Identifier: MIT */
/* Private to the tools: finds codebooks and reads formats of other tools. */
#ifndef MEKIT_TOOLS_CODEBOOK_H
#define MEKIT_TOOLS_CODEBOOK_H

#include "tool.h"

#include <mekit/codec/huffman.h>

/* For a tool's prepare: calls codebooks_load and prints its error. False: *status is the exit
 * status. */
bool codebooks_prepare(const struct tool_run *run, const struct tool_list *files,
                       struct mk_codebooks *books, int *status);

/* Loads the files and folders that the user named, then those of MEKIT_CODEBOOK_PATH (separated by
 * colons), then those of the user's and the installed share folder. A named file must be a
 * codebook, or half of one whose other half is also named; a named folder must have a codebook and
 * may have other files. Ignores faulty files in a share folder. *file: the file that failed,
 * masked. */
bool codebooks_load(const struct tool_list *files, struct mk_codebooks *books, char file[256],
                    struct mk_error *e);

/* Adds the codebooks in one file's bytes, in any of these formats: mekit's text, unhuffme's C
 * tables (both in one file), huff11.bin (raw deflate), Huffman.dat (JSON). UNKNOWN: none of these.
 */
bool codebooks_read(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e);

/* Writes all codebooks to a stream in mekit's text format. False: the write failed. */
bool codebooks_write(FILE *to, const struct mk_codebooks *books);

/* ---- formats of other tools; TAG: it is not that format ---- */

bool codebooks_read_binary(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e);
bool codebooks_read_json(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e);

/* The advice for errors whose own advice is about images. */
#define CODEBOOK_ADVICE "Give a codebook: mekit-codebooks(7) says where to find them"

/* A codebook is two tables, for code and for data; some formats have each in a file of its own. */
enum codebook_role { CODEBOOK_CODE, CODEBOOK_DATA, CODEBOOK_EITHER };

struct codebook_row {
    uint32_t codeword;
    uint8_t bits, n; /* n = 0: the symbol is unknown */
    uint8_t symbol[MK_SYMBOL_BYTES];
};

struct codebook_half {
    char name[MK_CODEBOOK_NAME];
    enum codebook_role role;
    struct codebook_row *rows; /* owned */
    size_t n;
};

/* Halves that wait for their other half. Start with {0}, end with codebook_halves_free. */
#define CODEBOOK_HALVES_MAX 16u
struct codebook_halves {
    struct codebook_half list[CODEBOOK_HALVES_MAX];
    size_t n;
};
void codebook_halves_free(struct codebook_halves *halves);

/* Takes ownership of half, also if it fails: COUNT. If its other half waits, both become a
 * codebook. */
bool codebook_half_add(struct codebook_halves *halves, struct codebook_half *half,
                       struct mk_codebooks *books, struct mk_error *e);

/* unhuffme's dict_*.c, Code12.txt and Data12.txt. file: the name without folders, which adds what
 * the text does not say; may be "". */
bool codebook_halves_read_c(struct mk_span text, const char *file, struct codebook_halves *halves,
                            struct mk_codebooks *books, struct mk_error *e);
bool codebook_halves_read_lines(struct mk_span text, const char *file,
                                struct codebook_halves *halves, struct mk_codebooks *books,
                                struct mk_error *e);

/* Like codebooks_read, but a half may wait for its other half. */
bool codebooks_read_part(struct mk_span bytes, const char *file, struct codebook_halves *halves,
                         struct mk_codebooks *books, struct mk_error *e);

/* True if no half still waits. FIELD. */
bool codebooks_whole(const struct codebook_halves *halves, struct mk_error *e);

/* Sets the role from a file's name if the text did not set it. */
void codebook_half_role(struct codebook_half *half, const char *file);
/* Sets the name to the first n bytes of text, as many as fit. */
void codebook_half_name(struct codebook_half *half, const char *text, size_t n);

#endif
