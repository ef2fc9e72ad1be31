/* SPDX-License-Identifier: MIT */
/* Private to the runner: bytes leave the process here, all of them or none. */
#ifndef MEKIT_TOOLS_OUTPUT_H
#define MEKIT_TOOLS_OUTPUT_H

#include <mekit/base/error.h>
#include <mekit/base/span.h>

#include <sys/types.h>

/* A file that replaces path only once it is complete: written beside it, synced, renamed. Start
 * with {.fd = -1}. Signals that end the process remove it. Or a new folder for such files, which is
 * in its place at once. Or a stream (target.h), which is written into at the end. */
struct output {
    int fd;
    char *temporary, *path;
    bool
        keep_original; /* the old file gets a second name, path.orig, unless there is such a file */
    char *original;    /* the second name that we gave the old file, or NULL */
    bool is_folder, is_stream;
    bool offered;         /* what is at path is ours, and goes with a discard */
    bool swapped;         /* what was at path is at temporary, and comes back with a discard */
    size_t leftover;      /* its number */
    struct mk_span bytes; /* for a stream */
    char *text;           /* owned: where these bytes lie, or NULL */
};

/* Complete and synced, but not yet in its place. The bytes stay the caller's, until the output is
 * kept or discarded. Discard it also where this fails. */
bool output_prepare(struct output *o, const char *path, struct mk_span bytes, struct mk_error *e);

/* Hands the bytes of output_prepare over: they are freed once they are no longer needed. */
void output_own(struct output *o, char *text);

/* If there is none. It stays behind unless it is discarded while it is empty. */
bool output_make_folder(struct output *o, const char *path, struct mk_error *e);

/* All that were prepared take their places, streams last; no signal comes between files. What was
 * only offered, and of what failed all, is taken back by output_discard or a signal until
 * output_keep, and files that were replaced come back: unless the file system can't exchange two
 * names, then they are lost. */
bool output_commit(struct output *o, size_t n, struct mk_error *e);
bool output_offer(struct output *o, size_t n, struct mk_error *e);
void output_keep(struct output *o, size_t n);

/* In each state; nothing is left of what was not committed or kept. */
void output_discard(struct output *o, size_t n);

/* False: IO, it is a terminal. */
bool output_suits_image(const struct output *o, struct mk_error *e);

/* To standard output; refuses a terminal. */
bool output_stream(struct mk_span bytes, struct mk_error *e);

/* False, with errno. */
bool output_write_all(int fd, const uint8_t *p, size_t n);

/* IO, with the words of errno. Returns false. */
bool output_fail(struct mk_error *e, const char *path, const char *what);

#endif
