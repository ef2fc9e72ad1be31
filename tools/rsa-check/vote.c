/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "column.h"
#include "output.h"
#include "report.h"
#include "text.h"

#include <inttypes.h>
#include <mekit/action/compare.h>
#include <stdlib.h>

static bool read_all(const struct check *checks, size_t n, struct mk_buffer *out,
                     struct mk_vote *vote, struct mk_error *e) {
    struct mk_span *reads = calloc(n, sizeof *reads);
    size_t size = checks[0].input->bytes.n;
    *out = (struct mk_buffer){.p = NULL};
    for (size_t i = 0; reads && i < n; i++) {
        reads[i] = mk_buffer_span(checks[i].input->bytes);
        if (reads[i].n == size)
            continue;
        free(reads);
        return mk_fail(e, MK_E_TRUNCATED, MK_NOWHERE,
                       "%s has %zu bytes, %s has %zu: only reads of one size can vote",
                       checks[0].input->name, size, checks[i].input->name,
                       checks[i].input->bytes.n);
    }
    *out = (struct mk_buffer){calloc(size + 1, 1), size};
    bool ready = reads && out->p;
    if (ready)
        mk_vote(reads, n, *out, vote);
    free(reads);
    if (ready)
        return true;
    free(out->p);
    out->p = NULL;
    return mk_fail_memory(e);
}

static bool write_voted(const char *path, struct mk_span bytes, struct mk_error *e) {
    struct output file = {.fd = -1};
    bool done = output_prepare(&file, path, bytes, e) && output_suits_image(&file, e) &&
                output_commit(&file, 1, e);
    output_discard(&file, 1);
    return done;
}

static bool is_decided(const struct mk_vote *vote, struct mk_error *e) {
    return vote->undecided_bits == 0
               ? true
               : mk_fail(e, MK_E_DIFFERENT, MK_NOWHERE,
                         "%" PRIu64 " bits have no majority: nothing was written",
                         vote->undecided_bits);
}

static bool tell_text(const struct tool_run *run, const struct mk_vote *vote, const struct check *c,
                      struct mk_error *e) {
    const struct tool_common *common = &run->common;
    struct words text;
    if ((common->json.given && !common->json.text) || common->quiet)
        return true;
    FILE *words = column_open(&text, e);
    if (!words)
        return false;
    fprintf(words, "voted on %" PRIu64 " bytes\n", vote->voted_bytes);
    check_text(words, c, common->verbose);
    return column_close(&text, run, e);
}

static json_t *tell_json(const struct tool_run *run, const struct mk_vote *vote,
                         const struct check *c) {
    return json_pack("{s:I, s:I, s:o}", "voted_bytes", (json_int_t)vote->voted_bytes,
                     "undecided_bits", (json_int_t)vote->undecided_bits, "report",
                     check_json(run, c, c));
}

int check_vote(struct tool_run *run, const struct check *checks, size_t n, json_t **json,
               struct mk_error *e) {
    const struct check_options *o = run->options;
    struct tool_input input = {.name = "the voted image", .compression = "none"};
    struct mk_vote vote;
    struct check c;
    if (!read_all(checks, n, &input.bytes, &vote, e))
        return text_error(run->tool, "", e);
    check_look(run, &input, &c);
    bool done = is_decided(&vote, e) && write_voted(o->vote, mk_buffer_span(input.bytes), e);
    int status = done ? c.status : text_error(run->tool, "", e);
    if (run->common.json.given)
        *json = tell_json(run, &vote, &c);
    if (!tell_text(run, &vote, &c, e))
        status = text_error(run->tool, "", e);
    check_close(&c);
    free(input.bytes.p);
    return status;
}
