/* SPDX-License-Identifier: MIT */
#include <mekit/base/text.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static size_t without_padding(const uint8_t *bytes, size_t n) {
    while (n > 0 && (bytes[n - 1] == 0x00 || bytes[n - 1] == 0xFF))
        n--;
    return n;
}

static bool is_plain(uint8_t c) {
    return c >= 0x20 && c < 0x7F && c != '\\';
}

char *mk_text_mask(char *out, size_t room, const uint8_t *bytes, size_t n) {
    size_t used = 0;
    n = without_padding(bytes, n);
    for (size_t i = 0; i < n; i++) {
        size_t need = is_plain(bytes[i]) ? 1 : 4;
        if (used + need >= room)
            break;
        snprintf(out + used, room - used, need == 1 ? "%c" : "\\x%02x", bytes[i]);
        used += need;
    }
    if (room > 0)
        out[used] = '\0';
    return out;
}

char *mk_text_mask_string(char *out, size_t room, const char *text) {
    return mk_text_mask(out, room, (const uint8_t *)text, strlen(text));
}

char *mk_text_hex(char *out, size_t room, const uint8_t *bytes, size_t n) {
    size_t used = 0;
    if (room > 0)
        out[0] = '\0';
    for (size_t i = 0; i < n && i < 8 && used + 4 <= room; i++)
        used += (size_t)snprintf(out + used, room - used, i ? " %02x" : "%02x", bytes[i]);
    return out;
}

static bool is_for_file_names(uint8_t c, size_t place) {
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        return true;
    return c == '_' || c == '-' || (c == '.' && place > 0);
}

char *mk_text_file_name(char *out, size_t room, const uint8_t *bytes, size_t n) {
    size_t used = 0;
    n = without_padding(bytes, n);
    for (; used < n && used + 1 < room; used++)
        out[used] = (char)(is_for_file_names(bytes[used], used) ? bytes[used] : '_');
    if (room > 0)
        out[used] = '\0';
    return out;
}
