/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "harness.h"

#include "fuzz.h"
#include "mains.h"

#include <fcntl.h>
#include <forge/forge.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define WORDS   24
#define ROW_MAX 400

/* Sets the stream of this build's sanitizers; absent in other builds. */
void __sanitizer_set_report_fd(void *fd) __attribute__((weak));

const struct harness_tool harness_tools[HARNESS_TOOLS] = {
#define TOOL(id, noun, name, kind, told) [id] = {name, main_##noun, kind, told},
#include "tools.inc"
#undef TOOL
};

static struct {
    bool ready;
    int given[3], own[3]; /* descriptors of the tool, of this process */
    char folder[200], undo[220], codebook[40], last[ROW_MAX];
} h;

static void need(bool done) {
    if (!done)
        exit(2);
}

static void remove_folder(void) {
    unlink(h.undo);
    rmdir(h.folder);
}

static void write_codebook(void) {
    int fd = memfd_create("codebook", 0);
    FILE *file = fd >= 0 ? fdopen(dup(fd), "w") : NULL;
    need(file && forge_codebook_write(file) && fclose(file) == 0);
    snprintf(h.codebook, sizeof h.codebook, "/proc/self/fd/%d", fd);
}

static void make_ready(void) {
    const char *place = getenv("TMPDIR");
    snprintf(h.folder, sizeof h.folder, "%s/mekit-fuzz-XXXXXX", place ? place : P_tmpdir);
    need(mkdtemp(h.folder));
    snprintf(h.undo, sizeof h.undo, "%s/undo", h.folder);
    atexit(remove_folder);
    for (int i = 0; i < 3; i++) {
        h.own[i] = fcntl(i, F_DUPFD_CLOEXEC, 3);
        h.given[i] = memfd_create("stream", MFD_CLOEXEC);
        need(h.given[i] >= 0);
    }
    if (__sanitizer_set_report_fd)
        __sanitizer_set_report_fd((void *)(intptr_t)h.own[2]);
    write_codebook();
    h.ready = true;
}

void harness_streams_restore(void) {
    for (int i = 0; h.ready && i < 3; i++)
        if (h.own[i] >= 0)
            dup2(h.own[i], i);
}

static void give_streams(struct mk_span input) {
    for (int i = 0; i < 3; i++)
        need(ftruncate(h.given[i], 0) == 0 && lseek(h.given[i], 0, SEEK_SET) == 0);
    need(pwrite(h.given[0], input.p, input.n, 0) == (ssize_t)input.n);
    fflush(stdout);
    for (int i = 0; i < 3; i++)
        need(dup2(h.given[i], i) == i);
}

static struct mk_buffer take(int fd) {
    off_t n = lseek(fd, 0, SEEK_END);
    struct mk_buffer b = {n >= 0 ? malloc((size_t)n + 1) : NULL, n > 0 ? (size_t)n : 0};
    need(b.p && pread(fd, b.p, b.n, 0) == (ssize_t)b.n);
    b.p[b.n] = '\0';
    return b;
}

static const char *word_of(const char *word) {
    if (strcmp(word, "UNDO") == 0)
        return h.undo;
    return strcmp(word, "CODEBOOK") == 0 ? h.codebook : word;
}

/* getopt reorders words, but does not write into them. */
static int split(char *row, const char **words) {
    int n = 0;
    char *state = NULL;
    for (char *word = strtok_r(row, " ", &state); word && n < WORDS - 4;
         word = strtok_r(NULL, " ", &state))
        words[n++] = word_of(word);
    return n;
}

static int call(const struct harness_tool *tool, const char *row) {
    char text[ROW_MAX];
    const char *words[WORDS] = {tool->name, "--no-sandbox", "--max-size=8M"};
    char *argv[WORDS];
    snprintf(text, sizeof text, "%s", row);
    int argc = 3 + split(text, words + 3);
    memcpy(argv, words, sizeof argv);
    argv[argc] = NULL;
    optind = 0;
    return tool->main(argc, argv);
}

void harness_run(const struct harness_tool *tool, const char *row, struct mk_span input,
                 uint64_t fail_at, struct harness_run *run) {
    if (!h.ready)
        make_ready();
    snprintf(h.last, sizeof h.last, "%s %s", tool->name, row);
    give_streams(input);
    fault_begin(fail_at);
    run->status = call(tool, row);
    fflush(stdout);
    run->fault = fault_end();
    clearerr(stdout);
    harness_streams_restore();
    run->out = take(h.given[1]);
    run->words = take(h.given[2]);
}

const char *harness_told(const struct harness_tool *tool, const char *words) {
    static char row[ROW_MAX];
    snprintf(row, sizeof row, "%s %s", tool->told, words);
    return row;
}

const struct harness_tool *harness_choose(const struct harness_way *ways, unsigned n,
                                          const char *words, struct mk_span input,
                                          const char **row) {
    unsigned i = fuzz_choose(input, 0, n + HARNESS_TOOLS);
    const struct harness_tool *tool = &harness_tools[i < n ? ways[i].tool : i - n];
    *row = i < n ? ways[i].row : harness_told(tool, words);
    return tool;
}

void harness_run_free(struct harness_run *run) {
    free(run->out.p);
    free(run->words.p);
}

bool harness_run_equal(const struct harness_run *a, const struct harness_run *b) {
    return a->status == b->status &&
           mk_span_equal(mk_buffer_span(a->out), mk_buffer_span(b->out)) &&
           mk_span_equal(mk_buffer_span(a->words), mk_buffer_span(b->words));
}

const char *harness_last(void) {
    return h.last;
}
