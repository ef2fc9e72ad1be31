/* SPDX-License-Identifier: MIT */
#include "column.h"
#include "parts.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void map_say(char *out, size_t room, const char *format, ...) {
    size_t used = strlen(out);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(out + used, room - used, format, arguments);
    va_end(arguments);
}

const char *map_kind_name(enum map_kind kind) {
    static const char *const names[MAP_KINDS] = {
        [MAP_FREE] = "free",
        [MAP_GAP] = "in no table, not blank",
        [MAP_ABSENT] = "not in this file",
        [MAP_ERASED] = "erased",
        [MAP_REGION] = "region of the host",
        [MAP_TABLE] = "table, manifest",
        [MAP_FIRMWARE] = "code and data",
        [MAP_BOOT] = "needed to boot",
        [MAP_REMOVABLE] = "me-strip removes it",
    };
    return names[kind];
}

char map_kind_letter(enum map_kind kind) {
    static const char letters[MAP_KINDS] = {
        [MAP_FREE] = '.',     [MAP_GAP] = '?',    [MAP_ABSENT] = '~',
        [MAP_ERASED] = '-',   [MAP_REGION] = 'r', [MAP_TABLE] = 't',
        [MAP_FIRMWARE] = 'f', [MAP_BOOT] = 'B',   [MAP_REMOVABLE] = 'x',
    };
    return letters[kind];
}

const char *map_proof_name(enum map_proof proof) {
    static const char *const names[] = {"", "proven", "not proven", "damaged"};
    return names[proof];
}

char *map_part_text(const struct map_part *part, char out[MAP_PART_ROOM]) {
    char size[COLUMN_SIZE_ROOM];
    const char *proof = map_proof_name(part->proof);
    snprintf(out, MAP_PART_ROOM, "%s 0x%06" PRIx64 " - 0x%06" PRIx64 ", %s: %s%s%s%s%s",
             part->label, part->start, part->end - 1, column_size(part->end - part->start, size),
             map_kind_name(part->kind), *proof ? ", " : "", proof, *part->note ? "; " : "",
             part->note);
    return out;
}
