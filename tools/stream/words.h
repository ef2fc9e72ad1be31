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
 * printed. Whether place took it is for its owner to find out. */
bool words_close(struct words *w, FILE *place, struct mk_error *e);

/* Instead of words_close: *text is what was said, as a string that the caller frees. False: MEMORY,
 * and *text is NULL. */
bool words_take(struct words *w, char **text, struct mk_error *e);

#endif
