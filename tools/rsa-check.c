/* SPDX-License-Identifier: MIT */
#include "rsa-check/check.h"

#include "report.h"
#include "run.h"

static const struct tool_option options[] = {
    {0, "require-known-key", NULL, TOOL_FLAG, NULL,
     offsetof(struct check_options, require_known_key),
     "exit 1 if a signature is by an unknown key"},
    {0, "require-proof", NULL, TOOL_FLAG, NULL, offsetof(struct check_options, require_proof),
     "exit 1 if some boot code could not be proven"},
    {0, "vote", NULL, TOOL_TEXT, TOOL_WRITTEN, offsetof(struct check_options, vote),
     "write to OUT what most of three or more reads agree on, and check it"},
};

static int run(struct tool_run *r) {
    struct mk_error e;
    return check_options_fit(r, &e) ? run_report(r, true, check_report)
                                    : report_failure(r, &r->inputs[0], NULL, &e);
}

int main(int argc, char **argv) {
    static const struct tool tool = {
        .name = "rsa-check",
        .summary = "Verifies the signatures of the Intel ME firmware in flash images.",
        .details =
            "Every manifest is checked: the whole PKCS#1 or PSS block, and whose key it is.\n"
            "With several FILEs (reads of one chip) it also shows where they differ.\n\n"
            "  rsa-check read1.rom read2.rom && rsa-check --pass read1.rom | ifd-unlock > open.rom",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .options_size = sizeof(struct check_options),
        .reports = true,
        .many_inputs = true,
        .proves = true,
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
