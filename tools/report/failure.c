/* SPDX-License-Identifier: MIT */
#include "look.h"
#include "report.h"
#include "text.h"

int report_write(const struct tool_run *run, json_t *object) {
    struct mk_error e = {0};
    struct output o = {.fd = -1};
    bool done = report_prepare(run, object, &o, &e) && output_commit(&o, 1, &e);
    output_discard(&o, 1);
    if (!(run->tool->reports && report_says_errors()))
        report_end();
    return done ? MK_EXIT_DONE : text_error(run->tool, "", &e);
}

int report_failure(const struct tool_run *run, const struct tool_input *input,
                   const struct mk_findings *findings, const struct mk_error *e) {
    static const struct mk_findings none;
    bool told = true;
    if (report_end_with(e))
        return (int)mk_code_exit(e->code);
    if (run->common.json.given) {
        json_t *object = report_start(run->tool);
        json_object_set_new(object, "input", report_input(input, NULL));
        json_object_set_new(object, "error", report_error(e));
        json_object_set_new(object, "exit", json_integer(mk_code_exit(e->code)));
        json_object_set_new(object, "findings", look_json(findings ? findings : &none));
        told = report_write(run, object) == MK_EXIT_DONE;
    }
    int status =
        report_says_errors() ? (int)mk_code_exit(e->code) : text_error(run->tool, input->name, e);
    return told ? status : MK_EXIT_TROUBLE;
}
