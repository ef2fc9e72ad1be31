/* SPDX-License-Identifier: MIT */
#include "run.h"

#include "codebook.h"
#include "column.h"
#include "confine.h"
#include "each.h"
#include "input.h"
#include "options.h"
#include "output.h"
#include "places.h"
#include "report.h"
#include "text.h"
#include "threads.h"
#include "words.h"

#include <fcntl.h>
#include <mekit/base/arith.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* A file must not get the number of a standard stream that the parent has closed. Open each in the
 * wrong direction, so that every use of it fails. */
static void open_standard_streams(void) {
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1)
            open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

/* A failed write must end in an exit status, not kill the process. */
static void ignore_write_signals(void) {
    words_survive_pipe();
    signal(SIGXFSZ, SIG_IGN);
}

static int usage_for_terminal(const struct tool *tool) {
    struct mk_error e;
    if (report_says_errors()) {
        mk_fail(&e, MK_E_USAGE, MK_NOWHERE, "standard input is a terminal");
        return text_error(tool, "", &e);
    }
    fprintf(stderr,
            "usage: %s [OPTION]... [FILE]\n%s: standard input is a terminal: give a FILE, or try "
            "--help\n",
            tool->name, tool->name);
    return MK_EXIT_TROUBLE;
}

static bool load_inputs(struct tool_run *run, int n, char **paths, int *status) {
    struct mk_error e = {0};
    size_t wanted = n > 0 ? (size_t)n : 1;
    run->inputs = calloc(wanted, sizeof *run->inputs);
    for (size_t i = 0; run->inputs && i < wanted; i++) {
        struct tool_input *input = &run->inputs[i];
        run->n_inputs = i + 1;
        if (!input_load(n > 0 ? paths[i] : NULL, run->common.max_size, input, &e)) {
            *status = text_error(run->tool, input->name, &e);
            return false;
        }
    }
    if (!run->inputs) {
        mk_fail_memory(&e);
        *status = text_error(run->tool, "", &e);
    }
    return run->inputs != NULL;
}

/* Report it only with -v: a container or an old kernel is not a fault of the image. */
static void enter_sandbox(const struct tool_run *run) {
    struct sandbox_report active;
    char text[300];
    input_ahead(run->common.undo);
    input_ahead(options_argument(run, TOOL_OTHER));
    if (!confine(run, &active) && run->common.verbose && !run->common.quiet &&
        !report_says_errors())
        fprintf(stderr, "%s: sandbox: %s\n", run->tool->name,
                sandbox_text(&active, text, sizeof text));
}

bool run_open(struct tool_run *run, bool codebooks, int *status) {
    struct mk_error e = {0};
    sandbox_settle();
    if (codebooks && !run->books_loaded &&
        !codebooks_prepare(run, &run->common.codebooks, &run->books, status))
        return false;
    enter_sandbox(run);
    for (size_t i = 0; i < run->n_inputs; i++)
        if (!input_finish(&run->inputs[i], run->common.max_size, &e)) {
            *status = report_failure(run, &run->inputs[i], NULL, &e);
            return false;
        }
    if (places_suit_inputs(run, &e))
        return true;
    *status = report_failure(run, &run->inputs[0], NULL, &e);
    return false;
}

/* If the report fails half-way, print none of it. */
static int report_whole(struct tool_run *run, int (*report)(struct tool_run *run)) {
    struct mk_error e = {0};
    struct words words;
    FILE *place = run->words;
    if (!words_open(&words, &e))
        return text_error(run->tool, "", &e);
    run->words = words.stream;
    int status = report(run);
    bool tells = status != MK_EXIT_TROUBLE || report_has_begun();
    bool told = words_close(&words, tells ? place : NULL, &e);
    if (!told)
        report_drop();
    return told || status == MK_EXIT_TROUBLE ? status : text_error(run->tool, "", &e);
}

static void hash_inputs(void *of) {
    struct tool_run *run = of;
    for (size_t i = 0; i < run->n_inputs; i++) {
        struct tool_input *input = &run->inputs[i];
        struct mk_span bytes = mk_buffer_span(input->bytes);
        input->hashed = mk_digest_take(MK_SHA256, &bytes, 1, &input->sha256, NULL);
    }
}

int run_report(struct tool_run *run, bool codebooks, int (*report)(struct tool_run *run)) {
    struct mk_error e = {0};
    int status;
    run->threads = codebooks && !run->common.each;
    if (!run_open(run, codebooks, &status)) {
        report_end();
        return status;
    }
    if (run->common.json.given)
        threads_begin(hash_inputs, run);
    status = report_whole(run, report);
    threads_drop();
    if (report_says_errors() && ferror(stderr))
        return MK_EXIT_TROUBLE; /* there is no stream left for an error */
    if (status == MK_EXIT_DONE && run->common.pass &&
        !output_stream(mk_buffer_span(run->inputs[0].bytes), &e))
        return text_error(run->tool, "", &e);
    report_end();
    return status;
}

/* A report that can't be written is trouble, whatever its result is. */
static int flush_words(const struct tool *tool, int status) {
    struct mk_error e;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    mk_fail(&e, MK_E_IO, MK_NOWHERE, "standard output could not be written");
    return text_error(tool, "", &e);
}

/* Write no JSON report of this error: its file may be the input itself. */
static bool check_places(const struct tool_run *run, int *status) {
    struct mk_error e;
    if (places_check(run, &e) && places_open(run, &e))
        return true;
    *status = text_error(run->tool, run->n_inputs ? run->inputs[0].name : "", &e);
    return false;
}

bool run_add_input(struct tool_run *run, const char *path, int *status) {
    struct mk_error e = {0};
    struct tool_input *more = mk_resize(run->inputs, run->n_inputs + 1, sizeof *more);
    if (!more) {
        mk_fail_memory(&e);
        *status = text_error(run->tool, "", &e);
        return false;
    }
    run->inputs = more;
    struct tool_input *input = &more[run->n_inputs++];
    if (input_load(path, run->common.max_size, input, &e))
        return check_places(run, status);
    *status = text_error(run->tool, input->name, &e);
    return false;
}

/* fpt-dump --support needs no file. */
static bool stands_alone(const struct tool_run *run, int n) {
    return n == 0 && run->tool->needs_no_input && run->tool->needs_no_input(run->options);
}

static int run_files(struct tool_run *run, int n, char **paths) {
    int status;
    if ((!stands_alone(run, n) && !load_inputs(run, n, paths, &status)) ||
        !check_places(run, &status))
        return status;
    run->words = run->tool->reports && !run->common.pass ? stdout : stderr;
    return run->tool->run(run);
}

static int run_tool(struct tool_run *run, int n, char **paths) {
    if (run->common.each && (n > 0 || run->common.files0_from))
        return each_run(run, n, paths, run_files);
    if (n == 0 && !stands_alone(run, n) && isatty(STDIN_FILENO))
        return usage_for_terminal(run->tool);
    return run_files(run, n, paths);
}

/* Enter the sandbox: only then is it known which parts are active. */
static void tell_version(const struct tool_run *run) {
    struct sandbox_report report;
    char text[300];
    confine(run, &report);
    printf("%s (mekit) %s\nsandbox: %s\n", run->tool->name, MEKIT_VERSION,
           sandbox_text(&report, text, sizeof text));
}

static int run_command(struct tool_run *run, int argc, char **argv) {
    struct mk_error e = {0};
    int paths = 0;
    report_expect_errors(run->tool, argc, argv);
    enum options_result result = options_read(run, argc, argv, &paths, &e);
    if (result != OPTIONS_WRONG || run->common.json.given)
        report_choose_errors(run);
    switch (result) {
    case OPTIONS_WRONG:
        return text_error(run->tool, "", &e);
    case OPTIONS_RUN:
        return run_tool(run, argc - paths, argv + paths);
    case OPTIONS_HELP:
        words_end_with_pipe();
        options_help(run->tool);
        return MK_EXIT_DONE;
    case OPTIONS_VERSION:
        words_end_with_pipe();
        tell_version(run);
    }
    return MK_EXIT_DONE;
}

int tool_main(const struct tool *tool, int argc, char **argv) {
    struct tool_run run = {.tool = tool};
    open_standard_streams();
    column_learn();
    ignore_write_signals();
    run.options = calloc(1, tool->options_size + 1);
    if (!run.options) {
        struct mk_error e = {0};
        mk_fail_memory(&e);
        return text_error(tool, "", &e);
    }
    int status = run_command(&run, argc, argv);
    for (size_t i = 0; i < run.n_inputs; i++)
        input_free(&run.inputs[i]);
    free(run.inputs);
    mk_codebooks_free(&run.books);
    options_free(&run);
    free(run.options);
    return flush_words(tool, status);
}
