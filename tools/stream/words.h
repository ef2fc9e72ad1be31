/* SPDX-License-Identifier: MIT */
/* Private to the tools: a report, kept in memory until it is known that nothing failed. */
#ifndef MEKIT_TOOLS_WORDS_H
#define MEKIT_TOOLS_WORDS_H

#include <mekit/base/error.h>
#include <stdio.h>

/* What is printed to stream. Start with words_open, end with words_close. */
struct words {
    FILE *stream;
    char *text;
    size_t n, room;
    bool lacking; /* memory ran out: the text has a hole */
};

bool words_open(struct words *w, struct mk_error *e);

/* Prints what was said to place, or drops it where place is NULL. False: MEMORY, and nothing was
 * printed. Whether place took it is for its owner to find out: but if standard output is a pipe
 * that nobody reads, the process ends as other tools do. */
bool words_close(struct words *w, FILE *place, struct mk_error *e);

/* A write to a pipe that nobody reads fails from now on, and does not kill. */
void words_survive_pipe(void);

/* As it was when the process began: who has read enough of a report ends it quietly. */
void words_end_with_pipe(void);

/* Instead of words_close: *text is what was said, as a string that the caller frees. False: MEMORY,
 * and *text is NULL. */
bool words_take(struct words *w, char **text, struct mk_error *e);

#endif
