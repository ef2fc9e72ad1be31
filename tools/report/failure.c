/* SPDX-License-Identifier: MIT */
#include "look.h"
#include "report.h"
#include "text.h"

int report_write(const struct tool_run *run, json_t *object) {
    struct mk_error e = {0};
    struct output o = {.fd = -1};
    bool done = report_prepare(run, object, &o, &e) && output_commit(&o, 1, &e);
    output_discard(&o, 1);
    bool follows = run->tool->reports && report_says_errors() && run->words != stderr;
    if (!follows)
        report_end();
    return done ? MK_EXIT_DONE : text_error(run->tool, "", &e);
}

static bool has_no_place;

void report_forgo(void) {
    has_no_place = true;
}

/* input NULL: of what has that name nothing was read. */
static int fail(const struct tool_run *run, const struct tool_input *input, const char *name,
                const struct mk_findings *findings, const struct mk_error *e) {
    static const struct mk_findings none;
    bool told = true;
    if (report_end_with(e))
        return (int)mk_code_exit(e->code);
    if (run->common.json.given && !has_no_place) {
        json_t *object = report_start(run->tool);
        json_object_set_new(object, "input", input ? report_input(input, NULL) : report_name(name));
        report_refuse(object, e, look_json(findings ? findings : &none));
        told = report_write(run, object) == MK_EXIT_DONE;
    }
    int status = report_says_errors() ? (int)mk_code_exit(e->code) : text_error(run->tool, name, e);
    return told ? status : MK_EXIT_TROUBLE;
}

int report_failure(const struct tool_run *run, const struct tool_input *input,
                   const struct mk_findings *findings, const struct mk_error *e) {
    return fail(run, input->bytes.p ? input : NULL, input->name, findings, e);
}

int report_file_failure(const struct tool_run *run, const char *file, const struct mk_error *e) {
    return fail(run, NULL, file, NULL, e);
}
