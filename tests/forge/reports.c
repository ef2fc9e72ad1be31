/* SPDX-License-Identifier: MIT */
#include "reports.h"

#include <fpt-dump/dump.h>
#include <mekit/base/error.h>
#include <rsa-check/check.h>
#include <stdlib.h>
#include <unistd.h>

static const struct tool fpt_dump = {.name = "fpt-dump", .reports = true};
static const struct tool rsa_check = {.name = "rsa-check", .reports = true};
static FILE *nowhere;

void *reports_silence(void) {
    FILE *said = fdopen(dup(STDOUT_FILENO), "w");
    nowhere = fopen("/dev/null", "w");
    if (!said || !nowhere || !freopen("/dev/null", "w", stderr) ||
        !freopen("/dev/null", "w", stdout))
        exit(2);
    return said;
}

static bool is_of_contract(int status) {
    return status >= MK_EXIT_DONE && status <= MK_EXIT_REFUSED && status != MK_EXIT_TROUBLE;
}

/* The run only reads the bytes: the union gives the pointer the type that the runner requires. */
static struct tool_input input_of(struct mk_span bytes) {
    union {
        const uint8_t *read;
        uint8_t *given;
    } p = {bytes.p};
    return (struct tool_input){.name = "case", .bytes = {p.given, bytes.n}, .compression = "none"};
}

const char *reports_try(struct mk_span bytes) {
    struct tool_input input = input_of(bytes);
    struct dump_options dump = {0};
    struct check_options check = {0};
    struct tool_run run = {.tool = &fpt_dump,
                           .common.verbose = true,
                           .options = &dump,
                           .inputs = &input,
                           .n_inputs = 1,
                           .words = nowhere};
    if (!is_of_contract(dump_report(&run)))
        return "fpt-dump's exit status";
    run.tool = &rsa_check;
    run.options = &check;
    return is_of_contract(check_report(&run)) ? NULL : "rsa-check's exit status";
}
