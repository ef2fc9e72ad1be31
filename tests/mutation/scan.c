/* SPDX-License-Identifier: MIT */
#include "scan.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEEPEST 64

static void stop(const char *path, const char *why) {
    fprintf(stderr, "%s: %s\n", path, why);
    exit(2);
}

static void slurp(struct source *s, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        stop(path, "can't be read");
    long size = ftell(file);
    rewind(file);
    s->n = size < 0 ? 0 : (size_t)size;
    s->bytes = calloc(s->n + 1, 1);
    s->tokens = calloc(s->n + 3, sizeof *s->tokens);
    if (!s->bytes || !s->tokens || fread(s->bytes, 1, s->n, file) != s->n)
        stop(path, "can't be read");
    fclose(file);
}

static size_t word_end(const char *p) {
    size_t n = 0;
    while (isalnum((unsigned char)p[n]) || p[n] == '_')
        n++;
    return n;
}

static size_t text_end(const char *p) {
    size_t n = 1;
    while (p[n] && p[n] != *p)
        n += p[n] == '\\' && p[n + 1] ? 2 : 1;
    return n + 1;
}

static size_t sign_end(const char *p) {
    static const char *const signs[] = {
        "<<=", ">>=", "...", "<=", ">=", "==", "!=", "&&", "||", "<<", ">>",
        "++",  "--",  "->",  "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(p, signs[i], strlen(signs[i])) == 0)
            return strlen(signs[i]);
    return 1;
}

static size_t blank_end(const char *p) {
    if (strncmp(p, "/*", 2) == 0)
        return (size_t)(strstr(p, "*/") - p) + 2;
    if (strncmp(p, "//", 2) == 0)
        return strcspn(p, "\n");
    return p[0] == '\\' && p[1] == '\n' ? 2 : isspace((unsigned char)*p) ? 1 : 0;
}

static void add(struct source *s, enum token_kind kind, size_t at, size_t n, unsigned line) {
    s->tokens[s->n_tokens++] = (struct token){.kind = kind, .start = at, .n = n, .line = line};
}

/* The scan looks only at the value of a #define: returns its start, or the end of another
 * directive. */
static size_t directive_end(const char *p, bool *define) {
    *define = strncmp(p, "#define ", 8) == 0;
    if (!*define) {
        size_t n = strcspn(p, "\n");
        while (n > 0 && p[n - 1] == '\\')
            n += 1 + strcspn(p + n + 1, "\n");
        return n;
    }
    size_t n = 8 + word_end(p + 8);
    return p[n] == '(' ? n + strcspn(p + n, ")") + 1 : n;
}

static size_t add_token(struct source *s, size_t at, unsigned line) {
    const char *p = s->bytes + at;
    enum token_kind kind = *p == '"' || *p == '\''                   ? TOKEN_TEXT
                           : isdigit((unsigned char)*p)              ? TOKEN_NUMBER
                           : isalpha((unsigned char)*p) || *p == '_' ? TOKEN_NAME
                                                                     : TOKEN_SIGN;
    size_t n = kind == TOKEN_TEXT ? text_end(p) : kind == TOKEN_SIGN ? sign_end(p) : word_end(p);
    add(s, kind, at, n, line);
    return n;
}

static void scan(struct source *s) {
    unsigned line = 1;
    bool define = false;
    add(s, TOKEN_EDGE, 0, 0, line);
    for (size_t at = 0, n; at < s->n; at += n) {
        const char *p = s->bytes + at;
        if (define && *p == '\n') {
            add(s, TOKEN_EDGE, at, 0, line);
            define = false;
        }
        n = blank_end(p);
        if (n == 0 && *p == '#' && !define) {
            n = directive_end(p, &define);
            if (define)
                add(s, TOKEN_EDGE, at + n, 0, line);
        }
        if (n == 0)
            n = add_token(s, at, line);
        for (size_t i = 0; i < n; i++)
            line += p[i] == '\n';
    }
    add(s, TOKEN_EDGE, s->n, 0, line);
}

/* Braces after a closing parenthesis are a function's body. */
static void match(struct source *s, const char *path) {
    size_t open[DEEPEST], depth = 0, body = 0;
    for (size_t i = 0; i < s->n_tokens; i++) {
        struct token *t = &s->tokens[i];
        char c = t->kind == TOKEN_SIGN && t->n == 1 ? s->bytes[t->start] : ' ';
        if (c == '{' && depth == 0 && token_is(s, i - 1, ")"))
            body = i;
        if (strchr("([{", c)) {
            if (depth == DEEPEST)
                stop(path, "brackets nest too deep");
            open[depth++] = i;
        }
        t->in_function = body != 0;
        if (!strchr(")]}", c))
            continue;
        if (depth == 0)
            stop(path, "a bracket was never opened");
        t->partner = open[--depth];
        s->tokens[t->partner].partner = i;
        if (t->partner == body)
            body = 0;
    }
    if (depth > 0)
        stop(path, "a bracket is never closed");
}

void source_read(struct source *s, const char *path) {
    *s = (struct source){0};
    slurp(s, path);
    scan(s);
    match(s, path);
}

bool token_is(const struct source *s, size_t i, const char *text) {
    const struct token *t = &s->tokens[i];
    return t->n == strlen(text) && memcmp(s->bytes + t->start, text, t->n) == 0;
}

bool token_is_one_of(const struct source *s, size_t i, const char *const texts[]) {
    for (size_t k = 0; texts[k]; k++)
        if (token_is(s, i, texts[k]))
            return true;
    return false;
}
