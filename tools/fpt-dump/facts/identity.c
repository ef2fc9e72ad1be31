/* SPDX-License-Identifier: MIT */
#include "facts.h"

#include <ctype.h>
#include <string.h>

#define DIGITS 6u

static bool is_part(char c) {
    return isalnum((unsigned char)c) || c == '-' || c == ':' || c == '_';
}

static void blank(char *word, size_t n) {
    size_t digits = 0;
    for (size_t i = 0; i < n; i++)
        digits += isdigit((unsigned char)word[i]) != 0;
    for (size_t i = 0; digits >= DIGITS && i < n; i++)
        if (isalnum((unsigned char)word[i]))
            word[i] = 'x';
}

void facts_blank(char *text) {
    while (*text) {
        size_t n = 0;
        while (text[n] && is_part(text[n]))
            n++;
        blank(text, n);
        text += n > 0 ? n : 1;
    }
}
