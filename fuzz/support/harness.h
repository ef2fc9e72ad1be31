/* SPDX-License-Identifier: MIT */
/* Runs a tool's main in this process: standard input, output and error are files in memory. */
#ifndef MEKIT_FUZZ_HARNESS_H
#define MEKIT_FUZZ_HARNESS_H

#include <fault.h>

#include <mekit/base/span.h>

enum harness_kind { HARNESS_FILTER, HARNESS_CUTTER, HARNESS_REPORT };

struct harness_tool {
    const char *name;
    int (*main)(int argc, char **argv);
    enum harness_kind kind;
    const char *told; /* options that the tool requires */
};

/* IFD_UNLOCK and so on: the lines of tools/list. */
enum {
#define TOOL(id, noun, name, kind, told) id,
#include "tools.inc"
#undef TOOL
    HARNESS_TOOLS
};
extern const struct harness_tool harness_tools[HARNESS_TOOLS];

struct harness_run {
    int status;
    struct mk_buffer out, words; /* standard output and error */
    struct fault fault;
};

/* row: options, split at spaces; CODEBOOK stands for the forge's codebook file, UNDO for the path
 * of an undo record in a folder of this process. fail_at: the request to the allocator that fails;
 * 0: none. */
void harness_run(const struct harness_tool *tool, const char *row, struct mk_span input,
                 uint64_t fail_at, struct harness_run *run);
/* A command line of some tool. */
struct harness_way {
    unsigned tool;
    const char *row;
};
/* One of the n ways, or any tool with these words: the input chooses. *row: until the next call. */
const struct harness_tool *harness_choose(const struct harness_way *ways, unsigned n,
                                          const char *words, struct mk_span input,
                                          const char **row);
/* The options that the tool requires, then words; valid until the next call. */
const char *harness_told(const struct harness_tool *tool, const char *words);
void harness_run_free(struct harness_run *run);
bool harness_run_equal(const struct harness_run *a, const struct harness_run *b);

/* Checks the rules for every run: exit status, silence on failure, sizes, memory, printable words.
 */
void harness_check(const struct harness_tool *tool, const char *row, struct mk_span input,
                   const struct harness_run *run);

/* Runs and checks one of the rows, which the input chooses. */
void harness_try(const struct harness_tool *tool, const char *const *rows, unsigned n,
                 struct mk_span input);

/* True for gzip or xz, whose unpacked size is unknown. */
bool harness_is_packed(struct mk_span input);

/* The last command, for a message: "me-strip -q". */
const char *harness_last(void);

/* Restores this process's own standard output and error. */
void harness_streams_restore(void);

#endif
