/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <stdio.h>

#define HELP_COLUMN 30

static void help_row(const struct tool_option *row) {
    char left[100];
    char letter[3] = {'-', row->letter, '\0'};
    const char *equals = row->value == TOOL_TEXT_OPTIONAL ? "[=" : row->argument ? "=" : "";
    int n =
        snprintf(left, sizeof left, "  %s%s%s%s%s%s%s", row->letter ? letter : "  ",
                 row->letter && row->name ? ", "
                 : row->name              ? "  "
                                          : "",
                 row->name ? "--" : "", row->name ? row->name : "",
                 row->name       ? equals
                 : row->argument ? " "
                                 : "",
                 row->argument ? row->argument : "", row->value == TOOL_TEXT_OPTIONAL ? "]" : "");
    if (n >= HELP_COLUMN)
        printf("%s\n%*s%s", left, HELP_COLUMN, "", row->help);
    else
        printf("%-*s%s", HELP_COLUMN, left, row->help);
    if (row->alias)
        printf(" (alias --%s)", row->alias);
    printf("\n");
}

static void help_rows(const struct tool_option *rows, size_t n) {
    for (size_t i = 0; i < n; i++)
        help_row(&rows[i]);
}

void options_help(const struct tool *tool) {
    printf("usage: %s [OPTION]... ", tool->name);
    if (tool->words)
        printf("[%s]... ", tool->words->argument);
    printf("[FILE]%s\n\n%s\n\n%s\n", tool->many_inputs ? "..." : "", tool->summary, tool->details);
    printf("\nNo FILE, or -: standard input.%s\n",
           tool->reports ? "" : " The image goes to standard output, or to -o FILE.");
    printf("\noptions:\n");
    help_rows(tool->options, tool->n_options);
    for (size_t part = OPTIONS_PARTS; part-- > 0;) {
        size_t n;
        const struct tool_option *rows = options_common(tool, part, &n);
        help_rows(rows, n);
    }
    printf("\nexit status:\n"
           "  0  done, valid, identical; also: nothing to do\n"
           "  1  checked, and the answer is no\n"
           "  2  usage, or trouble reading or writing\n"
           "  3  input not recognised, damaged or too short\n"
           "  4  recognised, but this operation does not exist for it\n"
           "  5  refused for safety\n"
           "  6  the output failed its self-check; nothing was written\n");
}
