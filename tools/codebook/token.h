/* SPDX-License-Identifier: MIT */
/* Private to the reader of C tables: the tokens of such a file. */
#ifndef MEKIT_TOOLS_CODEBOOK_TOKEN_H
#define MEKIT_TOOLS_CODEBOOK_TOKEN_H

#include <mekit/base/span.h>

enum token_kind {
    TOKEN_END,
    TOKEN_OPEN,   /* { */
    TOKEN_CLOSE,  /* } */
    TOKEN_NUMBER, /* value; UINT32_MAX if it is not a byte */
    TOKEN_WORD,   /* text */
    TOKEN_LENGTH, /* a comment "len: 7 at ...": value */
    TOKEN_OTHER   /* value: the character */
};

struct token {
    enum token_kind kind;
    uint32_t value;
    char text[32]; /* the word, cut to fit */
};

/* Reads the next token; skips blanks, comments and lines that begin with #. *at starts at 0; each
 * call moves it past the token, except at the end. */
void token_next(struct mk_span text, uint64_t *at, struct token *token);

#endif
