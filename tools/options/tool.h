/* SPDX-License-Identifier: MIT */
/* What a tool declares; everything else (options, streams, exit codes, reports) the runner does for
 * all. */
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

/* An option whose argument may be left out. */
struct tool_optional {
    bool given;
    const char *text; /* NULL: left out */
};

/* A repeatable option: its values in order. */
struct tool_list {
    const char **texts; /* the runner's memory */
    size_t n;
};

#define TOOL_OTHER   "OTHER" /* a file that is read after the image */
#define TOOL_FOLDER  "DIR"   /* a folder that files are written into */
#define TOOL_WRITTEN "OUT"   /* a file that the tool writes */

struct tool_option {
    char letter;       /* 0: long only */
    const char *name;  /* without the dashes; NULL: letter only */
    const char *alias; /* another long name, or NULL */
    enum tool_value value;
    const char
        *argument; /* "LIST" for --help; NULL for a flag. TOOL_OTHER, TOOL_FOLDER and TOOL_WRITTEN
                      announce to the sandbox what the tool will read and write by itself */
    size_t at;     /* offsetof in the tool's options struct */
    const char *help;
};

/* What every tool knows; the runner fills it. */
struct tool_common {
    bool help, version, quiet, verbose, dry_run, in_place, pass, no_sandbox, each;
    struct tool_optional json;
    const char *platform, *undo_record, *undo, *expect, *output, *max_size_text, *accept_text,
        *files0_from, *jobs_text;
    struct tool_list codebooks; /* files and folders */
    uint64_t max_size;
    unsigned jobs; /* 0: as many as there are processors */
    mk_accepted accepted;
};

struct tool_run {
    const struct tool *tool;
    struct tool_common common;
    void *options; /* the tool's own: zeroed, then filled from the command line */
    struct tool_input *inputs;
    size_t n_inputs;
    struct mk_codebooks books; /* what run_open has loaded, or who came before it */
    bool books_loaded;
    bool threads; /* set before run_open: much may have to be unpacked, on all processors */
    FILE *words;  /* where the report goes; a report tool's is kept until it is complete, then goes
                     to stdout, or with --pass to stderr */
};

struct tool {
    const char *name;
    const char *summary; /* one line */
    const char *details; /* more for --help: what it does, an example */
    const struct tool_option *options;
    size_t n_options;
    size_t options_size;
    const struct tool_option *words; /* NULL, or a TOOL_LIST in the tool's options: arguments of the
                                        form NAME=VALUE go there and are not FILEs */
    bool reports;     /* fpt-dump, rsa-check: the report is the output; knows --pass */
    bool many_inputs; /* takes several FILEs */
    bool proves;      /* knows --codebook */
    bool (*needs_no_input)(const void *options); /* NULL: it always needs one */

    /* The whole job, once the command line is read and the inputs are loaded: filter_image,
     * report_whole, or the tool's own. It calls run_open before it parses an input. Returns the
     * exit status. */
    int (*run)(struct tool_run *run);
};

/* Digits, or 0x and hex digits; *end: what follows. False: no number, or one above 64 bits. */
bool tool_read_number(const char *text, const char **end, uint64_t *number);

/* A number of bytes above 0, with K, M or G behind it. */
bool tool_read_size(const char *text, uint64_t *size);

/* The whole main of a tool. */
int tool_main(const struct tool *tool, int argc, char **argv);

#endif
