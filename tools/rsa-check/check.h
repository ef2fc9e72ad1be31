/* SPDX-License-Identifier: MIT */
/* Private to rsa-check: checks each input and reports the results. */
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
    bool recognised; /* image is filled */
    struct mk_image image;
    struct mk_inspection seen;
    struct mk_error error;        /* code MK_OK, or why it could not be verified */
    struct mk_ranges differences; /* against the first input, file-relative */
    int status;
};

/* Before run_open: whether the options go together. False: USAGE. */
bool check_options_fit(const struct tool_run *run, struct mk_error *e);

/* Runs rsa-check; returns the exit status. */
int check_report(struct tool_run *run);

/* Checks one input. End with check_close. */
void check_look(const struct tool_run *run, const struct tool_input *input, struct check *c);
void check_close(struct check *c);

void check_text(FILE *words, const struct check *check, bool verbose);
/* Includes the differences from first; first == check: none. */
json_t *check_json(const struct tool_run *run, const struct check *check,
                   const struct check *first);
/* "OK|BAD|REFUSED  verdict  firmware  name" */
void check_line(FILE *words, const struct check *check);

/* reads.c: several reads of one chip: which agree, and where the others differ. */
/* The first read that equals read i. */
size_t check_first_like(const struct check *checks, size_t i);
void check_reads_text(FILE *words, const struct check *checks, size_t n);
/* vote: NULL, or the vote's result (it takes ownership); e: why there was no vote, or MK_OK. */
json_t *check_reads_json(const struct tool_run *run, const struct check *checks, size_t n,
                         json_t *vote, const struct mk_error *e);

/* vote.c: writes the majority of the reads; *json is set if JSON was requested. Returns the exit
 * status. Where nothing was written, *e is printed and says why. */
int check_vote(struct tool_run *run, const struct check *checks, size_t n, json_t **json,
               struct mk_error *e);

#endif
