/* SPDX-License-Identifier: MIT */
/* A C source as tokens with matched brackets: only the part of C that the house style uses. */
#ifndef MEKIT_MUTATION_SCAN_H
#define MEKIT_MUTATION_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum token_kind {
    TOKEN_NAME,
    TOKEN_NUMBER,
    TOKEN_TEXT, /* a string or a character */
    TOKEN_SIGN, /* an operator or a bracket */
    TOKEN_EDGE  /* start or end of a #define's value or of the file: no operand reaches across */
};

struct token {
    enum token_kind kind;
    size_t start, n; /* in the source */
    size_t partner;  /* of a bracket: its closing or opening token */
    unsigned line;
    bool in_function;
};

struct source {
    char *bytes;
    size_t n;
    struct token *tokens; /* begins and ends with a TOKEN_EDGE */
    size_t n_tokens;
};

/* Ends the program if it can't read the file or its brackets don't match. */
void source_read(struct source *s, const char *path);

bool token_is(const struct source *s, size_t i, const char *text);
bool token_is_one_of(const struct source *s, size_t i, const char *const texts[]); /* up to NULL */

#endif
