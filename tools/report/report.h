/* SPDX-License-Identifier: MIT */
/* JSON of what all tools report. Every text that enters has been masked, so that it is ASCII. */
#ifndef MEKIT_TOOLS_REPORT_H
#define MEKIT_TOOLS_REPORT_H

#include "output.h"
#include "tool.h"

#include <mekit/action/plan.h>

#include <jansson.h>
#include <mekit/codec/digest.h>
#include <mekit/image/signature.h>

/* {"schema", "tool", "version"}: how every object begins. */
json_t *report_start(const struct tool *tool);

/* An empty array, for a part that JSON leaves out. */
json_t *report_list(void);

/* NULL, for a part that could not be made: the whole report will fail. */
json_t *report_lack(void);

/* {name, size, sha256, compression, kind}; image NULL: kind is null. */
json_t *report_input(const struct tool_input *input, const struct mk_image *image);

json_t *report_error(const struct mk_error *e);

/* Who signed: {known, variant, versions, release, md5}. */
json_t *report_key(const struct mk_signature *s);

/* Masked text, lower-case hex, SHA-256 as hex. */
json_t *report_text(const uint8_t *bytes, size_t n);
json_t *report_hex(struct mk_span bytes);
json_t *report_sha256(struct mk_span bytes);

/* A filter's plan, against the image that it was made for: input, edits, remarks, changed. */
json_t *report_plan(const struct tool_run *run, const struct mk_image *image,
                    const struct mk_plan *plan);

/* {size, sha256} */
json_t *report_output(struct mk_span output);

/* Writes and drops object: to --json=FILE if that was given, else to run->words. Where --pass lets
 * the image follow, run_report ends it. Returns an exit status. */
int report_write(const struct tool_run *run, json_t *object);

/* An error where there is no report: as JSON, if that was asked for, and in words. findings: what
 * was found up to there, or NULL. Returns the exit status: the error's, or TROUBLE where the JSON
 * could not be written. */
int report_failure(const struct tool_run *run, const struct tool_input *input,
                   const struct mk_findings *findings, const struct mk_error *e);

/* With --json on standard error, errors are JSON too, and nothing else may be said there. Reads
 * --json and --pass of the run; before it is filled, of argv. */
void report_choose_errors(const struct tool_run *run);
void report_expect_errors(const struct tool *tool, int argc, char **argv);
bool report_says_errors(void);

/* report_write in two steps: a report to a file is only prepared, the caller commits it. */
bool report_prepare(const struct tool_run *run, json_t *object, struct output *o,
                    struct mk_error *e);

/* Ends the document that report_prepare has begun on run->words, if there is one. */
void report_end(void);
/* Ends it with this error. False: there is none. */
bool report_end_with(const struct mk_error *e);

/* True if there is one. */
bool report_has_begun(void);

/* Forgets a document that was begun but never printed. */
void report_drop(void);

/* The error as a document of its own, or as the end of the one begun, on standard error. file: as
 * text_error has it. False: it could not be said. */
bool report_say_error(const struct tool *tool, const char *file, const struct mk_error *e);

/* False, and MEMORY: since the last call what lacked memory left a hole in what was made of JSON.
 */
bool report_is_whole(struct mk_error *e);

#endif
