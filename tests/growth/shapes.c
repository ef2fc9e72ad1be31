/* SPDX-License-Identifier: MIT */
#include "shapes.h"

#include <mekit/format/cpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARTS_MAX 30u
#define NAME_ROOM 32u

bool shape_room(size_t n, struct mk_buffer *b) {
    *b = (struct mk_buffer){malloc(n), n};
    return b->p && mk_buffer_fill(*b, 0, n, 0xFF);
}

bool shape_region(struct mk_buffer b, const struct shape_region *region) {
    struct forge_part parts[PARTS_MAX] = {{.name = "FTPR",
                                           .offset = SHAPE_BOOT_AT,
                                           .size = region->boot_size,
                                           .content = region->code ? FORGE_CODE : FORGE_LEAVE,
                                           .code = region->code}};
    if (region->n >= PARTS_MAX)
        return false;
    for (size_t i = 0; i < region->n; i++)
        parts[i + 1] = region->parts[i];
    struct forge_region whole = {.size = region->size,
                                 .generation = region->generation,
                                 .fpt_at = 0x10,
                                 .version = 0x20,
                                 .header_length = 0x30,
                                 .parts = parts,
                                 .n = region->n + 1};
    return forge_region_build(b, 0, &whole, "growth");
}

const struct forge_module *shape_modules(const char *first, const char *name, size_t n,
                                         enum forge_how how, uint32_t size) {
    static struct forge_module modules[SHAPE_MODULES_MAX];
    static char names[SHAPE_MODULES_MAX][NAME_ROOM];
    for (size_t i = 0; i < n && i < SHAPE_MODULES_MAX; i++) {
        snprintf(names[i], sizeof names[i], "%.4s%03zu", name, i);
        if (i == 0)
            snprintf(names[i], sizeof names[i], "%s", first);
        modules[i] = (struct forge_module){names[i], how, size};
    }
    return modules;
}

void shape_directory(struct mk_buffer b, uint64_t at, const char *name, size_t n) {
    mk_buffer_fill(b, at, 0x10 + n * MK_CPD_ENTRY_SIZE, 0);
    forge_text(b, at, "$CPD");
    forge_field(b, at, &mk_cpd_fields[MK_CPD_COUNT], n);
    forge_field(b, at, &mk_cpd_fields[MK_CPD_VERSION], 1);
    forge_field(b, at, &mk_cpd_fields[MK_CPD_ENTRY_VERSION], 1);
    forge_field(b, at, &mk_cpd_fields[MK_CPD_HEADER_LENGTH], 0x10);
    forge_text(b, at + mk_cpd_fields[MK_CPD_NAME].offset, name);
}

void shape_entry(struct mk_buffer b, uint64_t at, size_t i, const char *name, uint32_t offset,
                 uint32_t length) {
    uint64_t entry = at + 0x10 + i * MK_CPD_ENTRY_SIZE;
    forge_text(b, entry, name);
    forge_field(b, entry, &mk_cpd_entry_fields[MK_CPD_ENTRY_OFFSET], offset);
    forge_field(b, entry, &mk_cpd_entry_fields[MK_CPD_ENTRY_LENGTH], length);
}
