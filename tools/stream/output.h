/* Private to the runner: bytes leave the process here, all of them or none. */
#ifndef MEKIT_TOOLS_OUTPUT_H
#define MEKIT_TOOLS_OUTPUT_H

#include "tool.h"

#include <sys/types.h>

/* A file that replaces path only once it is complete: written beside it, synced, renamed. Start
 * with {0}. At most four are open at a time; signals that end the process remove them. */
struct output {
    int fd;
    char *temporary, *path;
};

bool output_open(struct output *o, const char *path, struct mk_error *e);
bool output_write(struct output *o, const void *bytes, size_t n, struct mk_error *e);
bool output_commit(struct output *o, struct mk_error *e); /* closes in any case */
void output_discard(struct output *o);

/* The whole of a span to path in this way. */
bool output_file(const char *path, struct mk_span bytes, struct mk_error *e);

/* To standard output; refuses a terminal. */
bool output_stream(struct mk_span bytes, struct mk_error *e);

/* True if both paths lead to the same file. */
bool output_is_same_file(const char *a, const char *b);

/* Gives path a second name path.orig. IO if there is one. */
bool output_keep_original(const char *path, struct mk_error *e);

#endif
