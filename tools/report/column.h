/* SPDX-License-Identifier: MIT */
/* Reports for people: lines of at most 80 columns, wrapped at words, with emphasis if the terminal
 * shows it. */
#ifndef MEKIT_TOOLS_COLUMN_H
#define MEKIT_TOOLS_COLUMN_H

#include "tool.h"
#include "words.h"

/* Marks in a text. They take no column. Colour adds nothing to the meaning of the words. */
#define COLUMN_BOLD  "\1"
#define COLUMN_GOOD  "\2"
#define COLUMN_WARN  "\3"
#define COLUMN_BAD   "\4"
#define COLUMN_PLAIN "\5"

#define COLUMN_WIDTH     80u
#define COLUMN_NARROWEST 20u

struct column_look {
    unsigned width;
    bool colour;
};

/* Finds out what standard output and standard error can show. Call it at the start, since the
 * sandbox forbids these calls. It obeys NO_COLOR and TERM=dumb. */
void column_learn(void);

/* The look for the stream of this run's report. */
struct column_look column_look_of(const struct tool_run *run);

/* Prints text. A line that is too long continues below the start of its last column, else indented
 * by two. A byte that is not printable ASCII becomes a question mark. */
void column_print(FILE *to, const char *text, size_t n, struct column_look look);

/* The same for text that is printed to the stream between open and close. NULL and false: MEMORY.
 * Close in any case; run NULL drops the text. */
FILE *column_open(struct words *words, struct mk_error *e);
bool column_close(struct words *words, const struct tool_run *run, struct mk_error *e);

/* 1478069 as "1.4 MiB", 98304 as "96 KiB", 64 as "64 bytes". Returns out. */
#define COLUMN_SIZE_ROOM 32
char *column_size(uint64_t n, char out[COLUMN_SIZE_ROOM]);
/* 1478069 as "1,478,069". */
char *column_count(uint64_t n, char out[COLUMN_SIZE_ROOM]);

#endif
