/* SPDX-License-Identifier: MIT */
#include "markup.h"

static const char *entity(char c) {
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return (unsigned char)c < 0x20 || c == 0x7F ? "?" : NULL;
    }
}

void markup_text(FILE *words, const char *text) {
    for (; *text; text++) {
        const char *name = entity(*text);
        if (name)
            fputs(name, words);
        else
            fputc(*text, words);
    }
}
