/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "fuzz.h"

#include <jansson.h>
#include <mekit/base/error.h>
#include <mekit/base/limit.h>
#include <string.h>

#define REPORT_MAX (64u << 20)  /* the longest report for a hostile image */
#define JSON_MAX   (512u << 20) /* the same as JSON, in memory */
#define TIMES      12           /* a record of a whole image in hexadecimal, twice, and its tree */

bool harness_is_packed(struct mk_span input) {
    return mk_span_has(input, 0, "\x1F\x8B\x08", 3) || mk_span_has(input, 0,
                                                                   "\xFD"
                                                                   "7zXZ",
                                                                   5);
}

static bool is_printable(struct mk_span text) {
    for (size_t i = 0; i < text.n; i++) {
        uint8_t c = mk_span_u8(text, i);
        if ((c < 0x20 || c > 0x7E) && c != '\n')
            return false;
    }
    return true;
}

/* Finds the JSON of a run among the words of an error: it begins at a line with its bracket. */
static bool holds_json(struct mk_span text) {
    json_error_t why;
    uint64_t at = 0;
    while (at < text.n &&
           !(mk_span_u8(text, at) == '{' && (at == 0 || mk_span_u8(text, at - 1) == '\n')))
        at++;
    struct mk_span rest = mk_span_clip(text, at, text.n);
    json_t *value = json_loadb((const char *)rest.p, rest.n,
                               JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &why);
    bool read = value != NULL;
    json_decref(value);
    return read;
}

static void check_output(const struct harness_tool *tool, struct mk_span input,
                         const struct harness_run *run) {
    fuzz_expect(run->status == MK_EXIT_DONE || tool->kind == HARNESS_REPORT || run->out.n == 0,
                "nothing comes out of a filter that failed");
    if (tool->kind == HARNESS_REPORT || run->status != MK_EXIT_DONE || harness_is_packed(input))
        return;
    fuzz_expect(run->out.n <= input.n, "the output is not longer than the input");
}

static bool is_bounded(const struct harness_run *run, uint64_t n, bool json) {
    uint64_t bound = MK_LIMIT_MEMORY + TIMES * n + (json ? JSON_MAX : 0);
    return run->fault.peak <= (int64_t)bound;
}

void harness_check(const struct harness_tool *tool, const char *row, struct mk_span input,
                   const struct harness_run *run) {
    struct mk_span out = mk_buffer_span(run->out), words = mk_buffer_span(run->words);
    bool json = strstr(row, "--json") != NULL, pass = strstr(row, "--pass") != NULL;
    fuzz_expect(run->status >= MK_EXIT_DONE && run->status <= MK_EXIT_REFUSED,
                "the exit status is one of the contract's");
    fuzz_expect(run->status != MK_EXIT_TROUBLE || harness_is_packed(input),
                "a right command line and enough memory: no trouble");
    fuzz_expect(is_printable(words), "words are printable");
    fuzz_expect(words.n <= REPORT_MAX && out.n <= REPORT_MAX, "reports are bounded");
    check_output(tool, input, run);
    if (tool->kind == HARNESS_REPORT && !pass)
        fuzz_expect(is_printable(out), "reports are printable");
    if (pass)
        fuzz_expect(run->status == MK_EXIT_DONE && !harness_is_packed(input)
                        ? mk_span_equal(out, input)
                        : run->status == MK_EXIT_DONE || out.n == 0,
                    "--pass gives the input or nothing");
    if (json)
        fuzz_expect(holds_json(tool->kind == HARNESS_REPORT && !pass ? out : words),
                    "the report is JSON");
    fuzz_expect(run->fault.live <= 0, "all memory is given back");
    fuzz_expect(harness_is_packed(input) || is_bounded(run, input.n, json), "memory is bounded");
}

void harness_try(const struct harness_tool *tool, const char *const *rows, unsigned n,
                 struct mk_span input) {
    const char *row = rows[fuzz_choose(input, 0, n)];
    struct harness_run run;
    harness_run(tool, row, input, 0, &run);
    harness_check(tool, row, input, &run);
    harness_run_free(&run);
}
