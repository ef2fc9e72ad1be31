/* SPDX-License-Identifier: MIT */
/* Private to the runner: writes the outputs, completely or not at all. */
#ifndef MEKIT_TOOLS_OUTPUT_H
#define MEKIT_TOOLS_OUTPUT_H

#include <mekit/base/error.h>
#include <mekit/base/span.h>

#include <sys/types.h>

/* An output: a file that replaces path only once it is complete (written next to path, synced,
 * renamed); or a new folder for such files, which exists at once; or a stream (target.h), which is
 * written at the end. Signals that end the process remove it. Start with {.fd = -1}. */
struct output {
    int fd;
    char *temporary, *path;
    bool keep_original; /* the old file gets a second name, path.orig, unless that exists */
    char *original;     /* the second name that we gave the old file, or NULL */
    bool is_folder, is_stream;
    bool offered;         /* the file at path is ours; a discard removes it */
    bool swapped;         /* the old file is at temporary; a discard brings it back */
    size_t leftover;      /* its number in leftover.h */
    struct mk_span bytes; /* for a stream */
    char *text;           /* owned: the memory of these bytes, or NULL */
};

/* Writes and syncs the output, but not yet at its place. The caller owns the bytes and keeps them
 * until the output is kept or discarded. Discard it also if this fails. */
bool output_prepare(struct output *o, const char *path, struct mk_span bytes, struct mk_error *e);

/* Takes ownership of the bytes of output_prepare and frees them once they are no longer needed. */
void output_own(struct output *o, char *text);

/* Makes the folder if it does not exist. It stays, unless it is discarded while it is empty. */
bool output_make_folder(struct output *o, const char *path, struct mk_error *e);

/* Put all prepared outputs at their places, streams last; no signal comes between files. Until
 * output_keep, output_discard or a signal takes back outputs that were only offered, and all
 * outputs if one failed. Replaced files then come back, unless the file system can't exchange two
 * names: then they are lost. */
bool output_commit(struct output *o, size_t n, struct mk_error *e);
bool output_offer(struct output *o, size_t n, struct mk_error *e);
void output_keep(struct output *o, size_t n);

/* Works in each state. It removes everything that was not committed or kept. */
void output_discard(struct output *o, size_t n);

/* False: IO, since it is a terminal. */
bool output_suits_image(const struct output *o, struct mk_error *e);

/* Writes bytes to standard output and closes it; refuses a terminal. */
bool output_stream(struct mk_span bytes, struct mk_error *e);

/* False, with errno. */
bool output_write_all(int fd, const uint8_t *p, size_t n);

/* Fails with IO and the message of errno. Returns false. */
bool output_fail(struct mk_error *e, const char *path, const char *what);

#endif
