/* What a tool declares; everything else (options, streams, exit codes, reports) the runner does for
 * all. */
#ifndef MEKIT_TOOLS_TOOL_H
#define MEKIT_TOOLS_TOOL_H

#include <mekit/action/plan.h>
#include <mekit/image/image.h>
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

#define TOOL_OTHER  "OTHER" /* a file that is read after the image */
#define TOOL_FOLDER "DIR"   /* a folder that files are written into */

struct tool_option {
    char letter;       /* 0: long only */
    const char *name;  /* without the dashes; NULL: letter only */
    const char *alias; /* another long name, or NULL */
    enum tool_value value;
    const char *argument; /* "LIST" for --help; NULL for a flag. TOOL_OTHER and TOOL_FOLDER tell the
                             sandbox what the tool will read and write by itself */
    size_t at;            /* offsetof in the tool's options struct */
    const char *help;
};

/* What every tool knows; the runner fills it. */
struct tool_common {
    bool help, version, quiet, verbose, dry_run, in_place, pass, no_sandbox;
    struct tool_optional json;
    const char *platform, *undo_record, *undo, *expect, *output, *max_size_text;
    uint64_t max_size;
};

/* An input, read whole into private memory. */
struct tool_input {
    const char *path; /* NULL: standard input */
    char name[256];   /* masked, for messages: "standard input" for a stream */
    struct mk_buffer bytes;
    const char *compression; /* "none", "gzip", "xz" */
};

struct tool_run {
    const struct tool *tool;
    struct tool_common common;
    void *options; /* the tool's own: zeroed, then filled from the command line */
    struct tool_input *inputs;
    size_t n_inputs;
    FILE *words; /* where the report goes; a report tool's is kept until it is complete, then goes
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
                                        form NAME=VALUE are no FILEs but go there */
    bool reports;     /* fpt-dump, rsa-check: the report is the output; knows --pass */
    bool many_inputs; /* takes several FILEs */
    bool cuts;        /* me-extract: the output is a part, not an image that can be checked again */

    /* Optional, before the sandbox: reads what the tool needs beside the image, and keeps it in
     * run->options or, whole files, as further inputs (run_add_input); behind it nothing can be
     * opened. False: *status is the exit status. */
    bool (*prepare)(struct tool_run *run, int *status);

    /* Optional: true if the firmware's bytes are replaced on purpose, so that what was needed to
     * boot can't be expected in the output. */
    bool (*replaces)(const struct mk_image *image, const void *options);

    /* Optional: frees what prepare has left in run->options, whether or not it succeeded. */
    void (*release)(struct tool_run *run);

    /* A filter: fills the plan (started and closed by the runner). The exit status is the error's.
     */
    bool (*plan)(const struct mk_image *image, const void *options, struct mk_plan *plan,
                 struct mk_error *e);

    /* Optional: adds remarks about the output, once it has passed the self-check. False: MEMORY. */
    bool (*tell)(const struct mk_image *output, const void *options, struct mk_plan *plan,
                 struct mk_error *e);

    /* Optional, before the input is recognised: for inputs that need be no image. *handled = false:
     * go on. Returns the exit status. */
    int (*look)(struct tool_run *run, bool *handled);

    /* Optional, before plan: does all by itself (me-extract --all). *handled = false: go on with
     * plan. Returns the exit status. */
    int (*act)(struct tool_run *run, const struct mk_image *image, bool *handled);

    /* A report tool: prints to run->words (text or, if run->common.json.given, JSON). Returns the
     * exit status. */
    int (*report)(struct tool_run *run);
};

/* For prepare: loads one more file behind run->inputs; it is unpacked behind the sandbox, and no
 * output may replace it. Keep its number, not its address. False: *status is the exit status. */
bool run_add_input(struct tool_run *run, const char *path, int *status);

/* A number of bytes above 0, with K, M or G behind it. */
bool tool_read_size(const char *text, uint64_t *size);

/* The whole main of a tool. */
int tool_main(const struct tool *tool, int argc, char **argv);

#endif
