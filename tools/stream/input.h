/* Private to the runner: an input, read whole into private memory, unpacked if it was packed. */
#ifndef MEKIT_TOOLS_INPUT_H
#define MEKIT_TOOLS_INPUT_H

#include "tool.h"

/* path NULL or "-": standard input. IO, TOO_LARGE, MEMORY; FIELD for a packed stream that is
 * damaged. */
bool input_read(const char *path, uint64_t max_size, struct tool_input *input, struct mk_error *e);
void input_free(struct tool_input *input);

/* The whole of an open stream, at most max_size bytes. The caller frees b->p. */
bool input_slurp(int fd, uint64_t max_size, struct mk_buffer *b, struct mk_error *e);

/* If b is gzip or xz, replaces it by what is in it (at most max_size bytes) and names the kind. */
bool unpack(struct mk_buffer *b, uint64_t max_size, const char **kind, struct mk_error *e);

#endif
