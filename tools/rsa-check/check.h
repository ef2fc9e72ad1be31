/* SPDX-License-Identifier: MIT */
/* Private to rsa-check: what is found in each input, and how it is told. */
#ifndef MEKIT_TOOLS_CHECK_H
#define MEKIT_TOOLS_CHECK_H

#include "tool.h"

#include <jansson.h>
#include <mekit/base/range.h>
#include <mekit/inspect/inspect.h>

struct check_options {
    bool require_known_key, require_proof;
    const char *vote; /* a file to write */
};

struct check {
    const struct tool_input *input;
    bool recognised; /* image holds something */
    struct mk_image image;
    struct mk_inspection seen;
    struct mk_error error;        /* code MK_OK, or why it could not be verified */
    struct mk_ranges differences; /* against the first input, file-relative */
    int status;
};

/* The whole of rsa-check; returns the exit status. */
int check_report(struct tool_run *run);

/* Looks at one input. End with check_close. */
void check_look(const struct tool_run *run, const struct tool_input *input, struct check *c);
void check_close(struct check *c);

void check_text(FILE *words, const struct check *check, bool verbose);
/* With its differences against first; first == check: none. */
json_t *check_json(const struct tool_run *run, const struct check *check,
                   const struct check *first);
/* "OK|BAD|REFUSED  verdict  firmware  name" */
void check_line(FILE *words, const struct check *check);

/* reads.c: several reads of one chip: who agrees, where the others differ. */
/* The first of the reads that have the bytes of read i. */
size_t check_first_like(const struct check *checks, size_t i);
void check_reads_text(FILE *words, const struct check *checks, size_t n);
/* vote: NULL, or what came of it (taken over). */
json_t *check_reads_json(const struct tool_run *run, const struct check *checks, size_t n,
                         json_t *vote);

/* vote.c: writes what most reads say; *json, if JSON was asked for. Returns the exit status. */
int check_vote(struct tool_run *run, const struct check *checks, size_t n, json_t **json);

#endif
