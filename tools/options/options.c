/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "hints.h"

#include <getopt.h>
#include <mekit/base/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MAX  64
#define LONG_ONLY 0x100 /* larger than every letter */

/* All rows of a tool, each with the struct that gets its value. */
struct table {
    const struct tool_option *rows[ROWS_MAX];
    void *targets[ROWS_MAX];
    size_t n;
};

static void add_rows(struct table *t, const struct tool_option *rows, size_t n, void *target) {
    for (size_t i = 0; i < n && t->n < ROWS_MAX; i++, t->n++) {
        t->rows[t->n] = &rows[i];
        t->targets[t->n] = target;
    }
}

static int argument_kind(const struct tool_option *row) {
    if (row->value == TOOL_FLAG)
        return no_argument;
    return row->value == TOOL_TEXT_OPTIONAL ? optional_argument : required_argument;
}

static char *add_letter(const struct tool_option *row, char *letters) {
    if (!row->letter)
        return letters;
    *letters++ = row->letter;
    if (row->value != TOOL_FLAG)
        *letters++ = ':';
    return letters;
}

static void build_getopt(const struct table *t, char *letters, struct option *longs) {
    size_t n = 0;
    *letters++ = ':';
    for (size_t i = 0; i < t->n; i++) {
        const char *const names[] = {t->rows[i]->name, t->rows[i]->alias};
        letters = add_letter(t->rows[i], letters);
        for (size_t k = 0; k < 2; k++)
            if (names[k])
                longs[n++] =
                    (struct option){names[k], argument_kind(t->rows[i]), NULL, LONG_ONLY + (int)i};
    }
    *letters = '\0';
    longs[n] = (struct option){0};
}

static const struct tool_option *row_of(const struct table *t, int code, void **target) {
    for (size_t i = 0; i < t->n; i++)
        if (code == LONG_ONLY + (int)i || (code == t->rows[i]->letter && code != 0)) {
            *target = t->targets[i];
            return t->rows[i];
        }
    return NULL;
}

static bool append(struct tool_list *list, const char *text) {
    const char **texts = realloc(list->texts, (list->n + 1) * sizeof *texts);
    if (!texts)
        return false;
    list->texts = texts;
    list->texts[list->n++] = text;
    return true;
}

static bool store(const struct tool_option *row, void *target, const char *text) {
    void *at = (char *)target + row->at;
    switch (row->value) {
    case TOOL_FLAG:
        *(bool *)at = true;
        return true;
    case TOOL_TEXT:
        *(const char **)at = text;
        return true;
    case TOOL_TEXT_OPTIONAL:
        *(struct tool_optional *)at = (struct tool_optional){true, text};
        return true;
    case TOOL_LIST:
        break;
    }
    return append(at, text);
}

/* If an option were given twice, the last value would silently replace the first. */
static bool is_given(const struct tool_option *row, const void *target) {
    const char *at = (const char *)target + row->at;
    if (row->value == TOOL_TEXT)
        return *(const char *const *)(const void *)at;
    return row->value == TOOL_TEXT_OPTIONAL &&
           ((const struct tool_optional *)(const void *)at)->text;
}

static bool fail_usage(struct mk_error *e, const char *what, const char *argument) {
    char masked[120];
    return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "%s %s", what,
                   mk_text_mask_string(masked, sizeof masked, argument));
}

static bool fail_option(const struct tool_run *run, struct mk_error *e, const char *option) {
    char masked[120];
    mk_fail(e, MK_E_USAGE, MK_NOWHERE, "no such option: %s",
            mk_text_mask_string(masked, sizeof masked, option));
    e->next = hint_for(run->tool->name, option);
    return false;
}

static bool fail_twice(const struct tool_option *row, struct mk_error *e) {
    char option[OPTIONS_NAME_ROOM];
    mk_fail(e, MK_E_USAGE, MK_NOWHERE, "%s is given twice", options_name(row, option));
    if (row->argument && strcmp(row->argument, "LIST") == 0)
        e->next = "Name all in one list, with commas between them";
    return false;
}

static bool fail_code(const struct tool_run *run, int code, char **argv, struct mk_error *e) {
    char letter[] = {'-', (char)optopt, '\0'};
    const char *option = optopt > 0 && optopt < LONG_ONLY ? letter : argv[optind - 1];
    return code == ':' ? fail_usage(e, "an argument is missing for", option)
                       : fail_option(run, e, option);
}

static bool parse(struct tool_run *run, const struct table *t, int argc, char **argv,
                  struct mk_error *e) {
    char letters[3 * ROWS_MAX];
    struct option longs[2 * ROWS_MAX + 1];
    void *target;
    int code;
    build_getopt(t, letters, longs);
    opterr = 0;
    while ((code = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        const struct tool_option *row = row_of(t, code, &target);
        if (!row)
            return fail_code(run, code, argv, e);
        if (is_given(row, target))
            return fail_twice(row, e);
        if (!store(row, target, optarg))
            return fail_usage(e, "too many options", "");
    }
    return true;
}

/* NAME=VALUE is a word unless NAME has a slash: ./a=b is a path. */
static bool is_word(const char *argument) {
    size_t n = strcspn(argument, "=/");
    return n > 0 && argument[n] == '=';
}

/* Moves the words, in order, before the paths. *paths: the new start of the paths. */
static bool take_words(struct tool_run *run, int argc, char **argv, int *paths) {
    const struct tool_option *row = run->tool->words;
    for (int i = *paths; row && i < argc; i++) {
        char *word = argv[i];
        if (!is_word(word))
            continue;
        if (!store(row, run->options, word))
            return false;
        for (int k = i; k > *paths; k--)
            argv[k] = argv[k - 1];
        argv[(*paths)++] = word;
    }
    return true;
}

static void build_table(struct tool_run *run, struct table *t) {
    size_t n;
    for (size_t part = 0; part < OPTIONS_PARTS; part++) {
        const struct tool_option *rows = options_common(run->tool, part, &n);
        add_rows(t, rows, n, &run->common);
    }
    add_rows(t, run->tool->options, run->tool->n_options, run->options);
}

enum options_result options_read(struct tool_run *run, int argc, char **argv, int *paths,
                                 struct mk_error *e) {
    struct table t = {.n = 0};
    build_table(run, &t);
    run->common.max_size = MK_LIMIT_INPUT;
    if (!parse(run, &t, argc, argv, e))
        return OPTIONS_WRONG;
    if (run->common.help)
        return OPTIONS_HELP;
    if (run->common.version)
        return OPTIONS_VERSION;
    *paths = optind;
    if (!take_words(run, argc, argv, paths)) {
        fail_usage(e, "too many words", "");
        return OPTIONS_WRONG;
    }
    return options_agree(run, argc - *paths, argv + *paths, e) ? OPTIONS_RUN : OPTIONS_WRONG;
}

static void free_list(struct tool_run *run, const struct tool_option *row) {
    if (row && row->value == TOOL_LIST)
        free(((struct tool_list *)(void *)((char *)run->options + row->at))->texts);
}

void options_free(struct tool_run *run) {
    free(run->common.codebooks.texts);
    for (size_t i = 0; i < run->tool->n_options; i++)
        free_list(run, &run->tool->options[i]);
    free_list(run, run->tool->words);
}
