/* SPDX-License-Identifier: MIT */
/* The declaration of a tool. The runner does everything else (options, streams, exit codes,
 * reports) for all tools. */
#ifndef MEKIT_TOOLS_TOOL_H
#define MEKIT_TOOLS_TOOL_H

#include "input.h"

#include <mekit/codec/huffman.h>
#include <mekit/image/image.h>
#include <mekit/inspect/finding.h>
#include <stdio.h>

enum tool_value {
    TOOL_FLAG,          /* bool */
    TOOL_TEXT,          /* const char * */
    TOOL_TEXT_OPTIONAL, /* struct tool_optional */
    TOOL_LIST,          /* struct tool_list */
};

/* An option with an optional argument. */
struct tool_optional {
    bool given;
    const char *text; /* NULL: left out */
};

/* A repeatable option: its values in order. */
struct tool_list {
    const char **texts; /* the runner's memory */
    size_t n;
};

#define TOOL_OTHER   "OTHER" /* a file that the tool reads after the image */
#define TOOL_FOLDER  "DIR"   /* a folder that the tool writes files into */
#define TOOL_WRITTEN "OUT"   /* a file that the tool writes */

struct tool_option {
    char letter;       /* 0: long only */
    const char *name;  /* without the dashes; NULL: letter only */
    const char *alias; /* another long name, or NULL */
    enum tool_value value;
    const char
        *argument; /* "LIST" for --help; NULL for a flag. TOOL_OTHER, TOOL_FOLDER and TOOL_WRITTEN
                      tell the sandbox which paths the tool itself will read and write */
    size_t at;     /* offsetof in the tool's options struct */
    const char *help;
};

/* The options of every tool; the runner fills them. */
struct tool_common {
    bool help, version, quiet, verbose, dry_run, in_place, pass, no_sandbox, each;
    struct tool_optional json;
    const char *platform, *undo_record, *undo, *expect, *output, *max_size_text, *accept_text,
        *files0_from, *jobs_text;
    struct tool_list codebooks; /* files and folders */
    uint64_t max_size;
    unsigned jobs; /* 0: one for each processor */
    mk_accepted accepted;
};

struct tool_run {
    const struct tool *tool;
    struct tool_common common;
    void *options; /* the tool's own: zeros, then filled from the command line */
    struct tool_input *inputs;
    size_t n_inputs;
    struct mk_codebooks books; /* loaded by run_open or earlier */
    bool books_loaded;
    bool threads; /* set it before run_open to unpack on all processors */
    FILE *words;  /* the stream for the report. A report tool's text waits until it is complete,
                     then goes to stdout, or with --pass to stderr */
};

struct tool {
    const char *name;
    const char *summary; /* one line */
    const char *details; /* more for --help: description and example */
    const struct tool_option *options;
    size_t n_options;
    size_t options_size;
    const struct tool_option *words; /* NULL, or a TOOL_LIST in the tool's options, which collects
                                        arguments of the form NAME=VALUE: these are not FILEs */
    bool reports;                    /* fpt-dump, rsa-check: the report is the output; has --pass */
    bool many_inputs;                /* takes several FILEs */
    bool proves;                     /* has --codebook */
    bool (*needs_no_input)(const void *options); /* NULL: it always needs one */

    /* Does the whole job once the command line is read and the inputs are loaded: filter_image,
     * run_report, or the tool's own function. It calls run_open before it parses an input. Returns
     * the exit status. */
    int (*run)(struct tool_run *run);
};

/* Reads digits, or 0x and hex digits; *end: the text after them. False: no number, or one above
 * 64 bits. */
bool tool_read_number(const char *text, const char **end, uint64_t *number);

/* Reads a number of bytes above 0, optionally followed by K, M or G. */
bool tool_read_size(const char *text, uint64_t *size);

/* The whole main of a tool. */
int tool_main(const struct tool *tool, int argc, char **argv);

#endif
