/* SPDX-License-Identifier: MIT */
/* JSON that all tools report. The callers have masked every text, so it is ASCII. */
#ifndef MEKIT_TOOLS_REPORT_H
#define MEKIT_TOOLS_REPORT_H

#include "output.h"
#include "tool.h"

#include <mekit/action/plan.h>

#include <jansson.h>
#include <mekit/codec/digest.h>
#include <mekit/image/signature.h>

/* {"schema", "tool", "version"}: the start of every object. */
json_t *report_start(const struct tool *tool);

/* An empty array. Like report_start, it lets report_is_whole notice lack of memory. */
json_t *report_list(void);

/* NULL, for a part that lack of memory prevented: the whole report will fail. */
json_t *report_lack(void);

/* {name, size, sha256, compression, kind}; image NULL: kind is null. */
json_t *report_input(const struct tool_input *input, const struct mk_image *image);

/* {name}, of what was not read; null for "". */
json_t *report_name(const char *name);

json_t *report_error(const struct mk_error *e);

/* How the document of a run that failed ends: error, exit, findings (taken over). */
void report_refuse(json_t *object, const struct mk_error *e, json_t *findings);

/* Who signed: {known, variant, versions, release, md5}. */
json_t *report_key(const struct mk_signature *s);

/* Masked text, lower-case hex, SHA-256 as hex. */
json_t *report_text(const uint8_t *bytes, size_t n);
json_t *report_hex(struct mk_span bytes);
json_t *report_sha256(struct mk_span bytes);

/* A filter's plan for an image: input, edits, remarks, changed. */
json_t *report_plan(const struct tool_run *run, const struct mk_image *image,
                    const struct mk_plan *plan);

/* {size, sha256} */
json_t *report_output(struct mk_span output);

/* Writes and drops object: to --json=FILE if given, else to run->words. If the image follows
 * because of --pass, run_report ends the document. Returns an exit status. */
int report_write(const struct tool_run *run, json_t *object);

/* Reports an error instead of a report: in words, and as JSON if requested. findings: the findings
 * so far, or NULL. Returns the exit status: the error's, or TROUBLE if it can't write the JSON. */
int report_failure(const struct tool_run *run, const struct tool_input *input,
                   const struct mk_findings *findings, const struct mk_error *e);

/* The same where the error is in another file that the run reads; file: masked. */
int report_file_failure(const struct tool_run *run, const char *file, const struct mk_error *e);

/* From now on a failure writes no report: its file turned out to be that of another output. */
void report_forgo(void);

/* With --json on standard error, errors are JSON too, and that stream must have nothing else.
 * choose reads --json and --pass from the run; expect reads them from argv, before the run is
 * filled. */
void report_choose_errors(const struct tool_run *run);
void report_expect_errors(const struct tool *tool, int argc, char **argv);
bool report_says_errors(void);

/* The first step of report_write: it only prepares a report to a file; the caller commits it. */
bool report_prepare(const struct tool_run *run, json_t *object, struct output *o,
                    struct mk_error *e);

/* Ends the document that report_prepare began on run->words, if there is one. */
void report_end(void);
/* Ends that document with this error. False: there is no document. */
bool report_end_with(const struct mk_error *e);

/* True if a document has begun. */
bool report_has_begun(void);

/* Forgets a document that has begun but was never printed. */
void report_drop(void);

/* Writes the error to standard error as its own document, or as the end of the one that has begun.
 * file: as for text_error. False: the write failed. */
bool report_say_error(const struct tool *tool, const char *file, const struct mk_error *e);

/* False, with MEMORY: since the last call, lack of memory left a hole in some JSON. */
bool report_is_whole(struct mk_error *e);

#endif
