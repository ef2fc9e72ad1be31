/* SPDX-License-Identifier: MIT */
/* Private to the runner: an input, read completely into private memory and unpacked if it is
 * packed. */
#ifndef MEKIT_TOOLS_INPUT_H
#define MEKIT_TOOLS_INPUT_H

#include <mekit/base/error.h>
#include <mekit/base/span.h>
#include <mekit/codec/digest.h>

struct tool_input {
    const char *path; /* NULL: standard input */
    char name[256];   /* masked, for messages: "standard input" for a stream */
    struct mk_buffer bytes;
    bool waits;              /* standard input that input_finish still has to read */
    const char *compression; /* "none", "gzip", "xz" */
    bool hashed;             /* sha256 is that of bytes */
    struct mk_digest sha256;
};

/* path NULL or "-": standard input. IO, TOO_LARGE, MEMORY; FIELD for a damaged packed stream. Use
 * the two steps to enter the sandbox between them: load reads a named file; finish reads standard
 * input, so that the tool is ready before the previous one ends, and unpacks. */
bool input_read(const char *path, uint64_t max_size, struct tool_input *input, struct mk_error *e);
bool input_load(const char *path, uint64_t max_size, struct tool_input *input, struct mk_error *e);
bool input_finish(struct tool_input *input, uint64_t max_size, struct mk_error *e);

/* Opens a file for a later read inside the sandbox: input_open (and so input_read) of the same
 * pointer then returns the descriptor, or the failure. At most two; NULL is ignored. */
void input_ahead(const char *path);

/* Opens path for reading: returns a descriptor, or -1 with errno. */
int input_open(const char *path);

void input_free(struct tool_input *input);

/* Reads an open stream to its end, at most max_size bytes. The caller passes b->p to room_free. */
bool input_slurp(int fd, uint64_t max_size, struct mk_buffer *b, struct mk_error *e);

/* If b is gzip or xz, replaces it with its content (at most max_size bytes). *kind: the name of the
 * compression. */
bool unpack(struct mk_buffer *b, uint64_t max_size, const char **kind, struct mk_error *e);

#endif
