/* SPDX-License-Identifier: MIT */
/* Private to the tools: a report in memory, printed once nothing can fail any more. */
#ifndef MEKIT_TOOLS_WORDS_H
#define MEKIT_TOOLS_WORDS_H

#include <mekit/base/error.h>
#include <stdio.h>

/* Collects text that is printed to stream. Start with words_open, end with words_close. */
struct words {
    FILE *stream;
    char *text;
    size_t n, room;
    bool lacking; /* memory ran out: the text has a hole */
};

bool words_open(struct words *w, struct mk_error *e);

/* Prints the text to place, or drops it if place is NULL. False: MEMORY, and nothing was printed.
 * The owner of place checks for write errors; but if standard output is a pipe that nobody reads,
 * the process ends like other tools. */
bool words_close(struct words *w, FILE *place, struct mk_error *e);

/* From now on, a write to a pipe that nobody reads fails instead of killing the process. */
void words_survive_pipe(void);

/* Restores the handling from the process's start: a reader who has read enough of a report ends it
 * quietly. */
void words_end_with_pipe(void);

/* Instead of words_close: *text is the text as a string that the caller frees. False: MEMORY, and
 * *text is NULL. */
bool words_take(struct words *w, char **text, struct mk_error *e);

#endif
