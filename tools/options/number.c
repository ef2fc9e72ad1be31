/* SPDX-License-Identifier: MIT */
#include "tool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool tool_read_number(const char *text, const char **end, uint64_t *number) {
    bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    char *stop;
    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    unsigned long long value = strtoull(text, &stop, hex ? 16 : 10);
    *number = value;
    *end = stop;
    return errno == 0;
}

bool tool_read_size(const char *text, uint64_t *size) {
    uint64_t value;
    unsigned shift = 0;
    if (!tool_read_number(text, &text, &value))
        return false;
    const char *unit = *text ? strchr("KMG", *text) : NULL;
    if (unit) {
        shift = 10 * (unsigned)(unit - "KMG" + 1);
        text++;
    }
    *size = value << shift;
    return *text == '\0' && value > 0 && *size >> shift == value;
}
