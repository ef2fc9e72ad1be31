/* SPDX-License-Identifier: MIT */
#include "token.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BYTE_MAX 0xFFu

static uint8_t at_of(struct mk_span text, uint64_t at) {
    return at < text.n ? mk_span_u8(text, at) : 0;
}

static bool is_word_part(uint8_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_blank(uint8_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_line(struct mk_span text, uint64_t *at) {
    while (*at < text.n && mk_span_u8(text, *at) != '\n')
        ++*at;
}

/* "len: 7 at offset 0", with any blanks. */
static bool read_length(struct mk_span comment, struct token *token) {
    uint64_t at = 0;
    while (is_blank(at_of(comment, at)))
        at++;
    if (!mk_span_has(comment, at, "len:", 4))
        return false;
    at += 4;
    while (is_blank(at_of(comment, at)))
        at++;
    uint32_t value = 0;
    uint64_t start = at;
    for (; at_of(comment, at) >= '0' && at_of(comment, at) <= '9' && at < start + 4; at++)
        value = value * 10 + (at_of(comment, at) - (uint32_t)'0');
    *token = (struct token){.kind = TOKEN_LENGTH, .value = value};
    return at > start;
}

/* True: the comment gives a length, which is the token. */
static bool skip_comment(struct mk_span text, uint64_t *at, struct token *token) {
    uint64_t start = *at + 2;
    for (*at = start; *at < text.n && !mk_span_has(text, *at, "*/", 2);)
        ++*at;
    struct mk_span comment = mk_span_clip(text, start, *at - start);
    *at = *at < text.n ? *at + 2 : text.n;
    return read_length(comment, token);
}

/* Skips blanks and comments. True: a comment is the token. */
static bool skip_blanks(struct mk_span text, uint64_t *at, struct token *token) {
    for (; *at < text.n;) {
        if (is_blank(mk_span_u8(text, *at)))
            ++*at;
        else if (mk_span_has(text, *at, "//", 2) || mk_span_has(text, *at, "#", 1))
            skip_line(text, at);
        else if (!mk_span_has(text, *at, "/*", 2))
            return false;
        else if (skip_comment(text, at, token))
            return true;
    }
    return false;
}

/* Skips text in quotes, which is not part of any table. */
static void skip_quoted(struct mk_span text, uint64_t *at, uint8_t quote) {
    for (++*at; *at < text.n && mk_span_u8(text, *at) != quote; ++*at)
        if (mk_span_u8(text, *at) == '\\')
            ++*at;
    *at = *at < text.n ? *at + 1 : text.n;
}

/* The value of a decimal, octal or hexadecimal number, with or without U, L. */
static uint32_t value_of(const char *word) {
    char *end;
    unsigned long value = strtoul(word, &end, 0);
    end += strspn(end, "uUlL");
    return *end == 0 && value <= BYTE_MAX ? (uint32_t)value : UINT32_MAX;
}

static void read_word(struct mk_span text, uint64_t *at, struct token *token) {
    size_t n = 0;
    uint64_t start = *at;
    for (; is_word_part(at_of(text, *at)); ++*at)
        if (n < sizeof token->text - 1)
            token->text[n++] = (char)mk_span_u8(text, *at);
    token->text[n] = 0;
    bool number = token->text[0] >= '0' && token->text[0] <= '9';
    token->kind = number ? TOKEN_NUMBER : TOKEN_WORD;
    if (number)
        token->value = *at - start == n ? value_of(token->text) : UINT32_MAX;
}

void token_next(struct mk_span text, uint64_t *at, struct token *token) {
    *token = (struct token){.kind = TOKEN_END};
    if (skip_blanks(text, at, token) || *at >= text.n)
        return;
    uint8_t c = mk_span_u8(text, *at);
    if (is_word_part(c)) {
        read_word(text, at, token);
        return;
    }
    token->kind = c == '{' ? TOKEN_OPEN : c == '}' ? TOKEN_CLOSE : TOKEN_OTHER;
    token->value = c;
    if (c == '"' || c == '\'')
        skip_quoted(text, at, c);
    else
        ++*at;
}
