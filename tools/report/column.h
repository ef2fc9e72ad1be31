/* SPDX-License-Identifier: MIT */
/* Reports for people: lines of at most 80 columns, wrapped at words, and emphasis where the place
 * shows it. */
#ifndef MEKIT_TOOLS_COLUMN_H
#define MEKIT_TOOLS_COLUMN_H

#include "tool.h"
#include "words.h"

/* Marks in a text: they take no column. Colour never says more than the words. */
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

/* What standard output and standard error show: at the start, as the sandbox forbids to ask.
 * NO_COLOR and TERM=dumb are heeded. */
void column_learn(void);

/* The look of the place where this run's report goes. */
struct column_look column_look_of(const struct tool_run *run);

/* A line that is too long goes on below the start of its last column, else two columns further in.
 * A byte that is no printable ASCII becomes a question mark. */
void column_print(FILE *to, const char *text, size_t n, struct column_look look);

/* The same for what is printed to the stream between the two. NULL and false: MEMORY. Close in any
 * case, with run NULL to drop the text. */
FILE *column_open(struct words *words, struct mk_error *e);
bool column_close(struct words *words, const struct tool_run *run, struct mk_error *e);

/* 1478069 as "1.4 MiB", 98304 as "96 KiB", 64 as "64 bytes". Returns out. */
#define COLUMN_SIZE_ROOM 32
char *column_size(uint64_t n, char out[COLUMN_SIZE_ROOM]);
/* 1478069 as "1,478,069". */
char *column_count(uint64_t n, char out[COLUMN_SIZE_ROOM]);

#endif
