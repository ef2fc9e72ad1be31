/* SPDX-License-Identifier: MIT */
#include "places.h"

#include "options.h"
#include "report.h"
#include "target.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PLACES_MAX 5

struct places {
    const char *paths[PLACES_MAX];
    size_t n;
    char *original;
};

static void add(struct places *p, const char *path) {
    if (path)
        p->paths[p->n++] = path;
}

static bool fail(struct mk_error *e, const char *what, const char *next) {
    mk_fail(e, MK_E_USAGE, MK_NOWHERE, "%s", what);
    e->next = next;
    return false;
}

static bool list_places(const struct tool_run *run, struct places *p, struct mk_error *e) {
    const struct tool_common *c = &run->common;
    add(p, c->output);
    add(p, c->undo_record);
    add(p, c->json.text);
    add(p, options_argument(run, TOOL_WRITTEN));
    if (!c->in_place || run->n_inputs == 0 || !run->inputs[0].path)
        return true;
    size_t room = strlen(run->inputs[0].path) + sizeof ".orig";
    p->original = malloc(room);
    if (!p->original)
        return mk_fail_memory(e);
    snprintf(p->original, room, "%s.orig", run->inputs[0].path);
    add(p, p->original);
    return true;
}

/* Writing into a pipe or a terminal on standard input destroys no input. */
static bool is_standard_input(const char *path) {
    struct stat status;
    return fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode) &&
           target_is_open_as(path, STDIN_FILENO);
}

static bool is_codebook(const struct tool_run *run, const char *path) {
    const struct tool_list *books = &run->common.codebooks;
    for (size_t i = 0; i < books->n; i++)
        if (target_is_same(path, books->texts[i]))
            return true;
    return false;
}

static bool is_read(const struct tool_run *run, const char *path) {
    const char *const others[] = {run->common.undo, options_argument(run, TOOL_OTHER)};
    for (size_t i = 0; i < run->n_inputs; i++)
        if (run->inputs[i].path ? target_is_same(path, run->inputs[i].path)
                                : is_standard_input(path))
            return true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i] && target_is_same(path, others[i]))
            return true;
    return is_codebook(run, path);
}

/* The shell's 1<>FILE or >>FILE opens the input for writing. */
static bool prints_into_input(const struct tool_run *run) {
    struct stat in, out;
    if (fstat(STDOUT_FILENO, &out) != 0 || !S_ISREG(out.st_mode))
        return false;
    for (size_t i = 0; i < run->n_inputs; i++) {
        const char *path = run->inputs[i].path;
        bool known = path ? stat(path, &in) == 0 : fstat(STDIN_FILENO, &in) == 0;
        if (known && in.st_dev == out.st_dev && in.st_ino == out.st_ino)
            return true;
    }
    return false;
}

/* True for --scan without a number. */
static bool prints_list(const struct tool_run *run) {
    for (size_t i = 0; i < run->tool->n_options; i++) {
        const struct tool_option *row = &run->tool->options[i];
        const void *at = (const char *)run->options + row->at;
        if (row->value == TOOL_TEXT_OPTIONAL && ((const struct tool_optional *)at)->given &&
            !((const struct tool_optional *)at)->text)
            return true;
    }
    return false;
}

static bool prints_image(const struct tool_run *run) {
    const struct tool_common *c = &run->common;
    if (run->tool->reports)
        return c->pass;
    return !c->output && !c->in_place && !c->dry_run && !options_argument(run, TOOL_FOLDER) &&
           !prints_list(run);
}

static const char apart[] = "Give each output its own name";

static bool are_apart(const char *a, const char *b, struct mk_error *e) {
    return !target_is_same(a, b) || fail(e, "two outputs are the same file", apart);
}

static bool check(const struct tool_run *run, const struct places *p, struct mk_error *e) {
    bool prints = prints_image(run);
    if (p->original && target_is_stream(run->inputs[0].path))
        return fail(e, "the input is an open file or a device, which can't be replaced",
                    "Use -o FILE");
    if ((prints || run->tool->reports) && prints_into_input(run))
        return fail(e, "standard output would change the input", "Give the output another name");
    for (size_t i = 0; i < p->n; i++) {
        if (p->paths[i] != p->original && is_read(run, p->paths[i]))
            return fail(e, "the output would replace the input",
                        "Use --in-place if you mean that, or give another name");
        if ((prints || p->paths[i] == options_argument(run, TOOL_WRITTEN)) &&
            target_is_open_as(p->paths[i], STDOUT_FILENO))
            return fail(e, "standard output is already in use", apart);
        for (size_t k = 0; k < i; k++)
            if (!are_apart(p->paths[i], p->paths[k], e))
                return false;
    }
    return true;
}

bool places_check(const struct tool_run *run, struct mk_error *e) {
    struct places p = {.n = 0};
    bool good = list_places(run, &p, e) && check(run, &p, e);
    free(p.original);
    return good;
}

bool places_leave(const struct tool_run *run, const char *path, struct mk_error *e) {
    if (!run->common.json.text || are_apart(path, run->common.json.text, e))
        return true;
    report_forgo();
    return false;
}

bool places_suit_inputs(const struct tool_run *run, struct mk_error *e) {
    const char *packed = run->inputs[0].compression;
    if (!run->common.in_place || strcmp(packed, "none") == 0)
        return true;
    mk_fail(e, MK_E_USAGE, MK_NOWHERE,
            "the file is packed with %s, and in place it would be replaced by a plain image",
            packed);
    e->next = "Unpack it first, or use -o FILE";
    return false;
}

bool places_open(const struct tool_run *run, struct mk_error *e) {
    const struct tool_common *c = &run->common;
    bool open = target_open(c->json.text, e) &&
                target_open(options_argument(run, TOOL_WRITTEN), e) &&
                (c->dry_run || (target_open(c->undo_record, e) && target_open(c->output, e)));
    target_widen(STDOUT_FILENO, 0);
    target_widen(target_stream(c->output), run->n_inputs > 0 ? run->inputs[0].bytes.n : 0);
    return open;
}
