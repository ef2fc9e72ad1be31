/* SPDX-License-Identifier: MIT */
#include "take.h"

#include "codebook.h"
#include "report.h"
#include "run.h"

#include <stdlib.h>

/* Make the text in memory, so that a failing tool prints nothing. */
static int write_text(struct tool_run *run, const struct mk_codebooks *books) {
    char *text = NULL;
    size_t n = 0;
    struct mk_error e;
    FILE *memory = open_memstream(&text, &n);
    bool written = memory && codebooks_write(memory, books);
    if (memory)
        fclose(memory);
    int status;
    if (written)
        status = run_write(run, mk_span_of(text, n));
    else {
        mk_fail_memory(&e);
        status = report_failure(run, &run->inputs[0], NULL, &e);
    }
    free(text);
    return status;
}

int take_codebook(struct tool_run *run) {
    struct mk_codebooks books = {0};
    struct mk_error e = {0};
    struct mk_span bytes = mk_buffer_span(run->inputs[0].bytes);
    int status = codebooks_read(bytes, &books, &e) ? write_text(run, &books)
                                                   : report_failure(run, &run->inputs[0], NULL, &e);
    mk_codebooks_free(&books);
    return status;
}
