/* SPDX-License-Identifier: MIT */
/* Private to the reader of C tables: what such a file is made of. */
#ifndef MEKIT_TOOLS_CODEBOOK_TOKEN_H
#define MEKIT_TOOLS_CODEBOOK_TOKEN_H

#include <mekit/base/span.h>

enum token_kind {
    TOKEN_END,
    TOKEN_OPEN,   /* { */
    TOKEN_CLOSE,  /* } */
    TOKEN_NUMBER, /* value; UINT32_MAX for any that is no byte */
    TOKEN_WORD,   /* text */
    TOKEN_LENGTH, /* a comment "len: 7 at ...": value */
    TOKEN_OTHER   /* value: the character */
};

struct token {
    enum token_kind kind;
    uint32_t value;
    char text[32]; /* of a word, cut */
};

/* Leaves blanks, comments and lines that begin with # out. *at starts at 0; each call moves on, but
 * for the end. */
void token_next(struct mk_span text, uint64_t *at, struct token *token);

#endif
