/* SPDX-License-Identifier: MIT */
#include "shapes.h"

#include <mekit/format/bpdt.h>
#include <stdio.h>

#define VERSION_ME11                                                                               \
    { 11, 0, 0, 1000 }
#define VERSION_ME8                                                                                \
    { 8, 1, 40, 1000 }
#define PART_SIZE  0x1000u
#define SAME_SIZE  0x10000u
#define MANIFEST   0x400u
#define FIRST_SLOT 0x4000u

/* Makes a directory of small entries with an unsigned manifest. */
static void put_directory(struct mk_buffer b, uint64_t at, size_t modules, uint32_t size) {
    struct forge_manifest m = {
        .structure = MK_STRUCTURE_MN2, .version = VERSION_ME11, .size = MANIFEST};
    char name[32];
    uint32_t next = 0x10 + ((uint32_t)modules + 1) * 0x18;
    shape_directory(b, at, "PART", modules + 1);
    shape_entry(b, at, 0, "PART.man", next, MANIFEST);
    mk_buffer_fill(b, at + next, MANIFEST, 0);
    forge_manifest_start(b, at + next, &m);
    next += MANIFEST;
    for (size_t i = 1; i <= modules; i++, next += (size - next) / 2 / (uint32_t)(modules + 1)) {
        snprintf(name, sizeof name, "m%03zu", i);
        shape_entry(b, at, i, name, next, 0x10);
    }
}

static const struct forge_module boot_modules[] = {{"bup", FORGE_STORED, 0x200}};
static const struct forge_code boot_code = {
    .version = VERSION_ME11, .modules = boot_modules, .n = 1, .key = forge_key_2048_e17};

static bool put_parts(size_t n, bool same, struct mk_buffer *b) {
    struct forge_part parts[29] = {{.name = ""}};
    uint32_t size = same ? SAME_SIZE : PART_SIZE, first = 2 * SHAPE_BOOT_AT;
    if (n >= sizeof parts / sizeof *parts || !shape_room(first + (same ? 1 : n) * size, b))
        return false;
    for (size_t i = 0; i < n; i++) {
        parts[i] = (struct forge_part){.offset = first + (same ? 0 : (uint32_t)i * size),
                                       .size = size,
                                       .content = FORGE_LEAVE};
        snprintf(parts[i].name, sizeof parts[i].name, "P%02zu", i);
    }
    struct shape_region region = {(uint32_t)b->n, SHAPE_BOOT_AT, 3, &boot_code, parts, n};
    if (!shape_region(*b, &region))
        return false;
    for (size_t i = 0; i < (same ? 1 : n); i++)
        put_directory(*b, parts[i].offset, same ? 500 : 40, size);
    return true;
}

bool shape_fpt(size_t n, struct mk_buffer *b) {
    return put_parts(n, false, b);
}

bool shape_fpt_same(size_t n, struct mk_buffer *b) {
    return put_parts(n, true, b);
}

/* ---- IFWI 2.0: a table at 0 and a second one, 64 entries each ---- */

static void put_table(struct mk_buffer b, uint64_t at, size_t n) {
    mk_buffer_fill(b, at, MK_BPDT_HEADER_SIZE + n * MK_BPDT_ENTRY_SIZE, 0);
    mk_buffer_put(b, at, "\xAA\x55", 2);
    forge_field(b, at, &mk_bpdt_fields[MK_BPDT_COUNT], n);
    forge_field(b, at, &mk_bpdt_fields[MK_BPDT_VERSION], 1);
}

static void put_slot(struct mk_buffer b, uint64_t table, size_t i, uint32_t type, uint64_t offset,
                     uint64_t size) {
    uint64_t at = table + MK_BPDT_HEADER_SIZE + i * MK_BPDT_ENTRY_SIZE;
    forge_field(b, at, &mk_bpdt_entry_fields[MK_BPDT_ENTRY_TYPE], type);
    forge_field(b, at, &mk_bpdt_entry_fields[MK_BPDT_ENTRY_OFFSET], offset);
    forge_field(b, at, &mk_bpdt_entry_fields[MK_BPDT_ENTRY_SIZE_FIELD], size);
}

/* step 0: every slot has the same bytes. */
static bool put_boot(size_t n, uint32_t step, uint32_t first, struct mk_buffer *b) {
    size_t half = n / 2;
    uint32_t size = step ? step : SAME_SIZE;
    if (half > MK_LIMIT_BPDT_ENTRIES - 1 || !shape_room(FIRST_SLOT + (n + 1) * size, b))
        return false;
    put_table(*b, 0, half + 1);
    put_table(*b, 0x1000, n - half);
    put_slot(*b, 0, half, MK_BPDT_TYPE_SECOND, 0x1000, 0x1000);
    for (size_t i = 0; i < n; i++) {
        uint64_t at = first + (uint64_t)i * step;
        put_slot(*b, i < half ? 0 : 0x1000, i < half ? i : i - half, 14, at, size);
        if (at + size <= b->n)
            put_directory(*b, at, step ? 8 : 500, size);
    }
    return true;
}

bool shape_bpdt(size_t n, struct mk_buffer *b) {
    return put_boot(n, PART_SIZE, FIRST_SLOT, b);
}

bool shape_bpdt_same(size_t n, struct mk_buffer *b) {
    return put_boot(n, 0, FIRST_SLOT, b);
}

bool shape_bpdt_beyond(size_t n, struct mk_buffer *b) {
    return put_boot(n, 0x10, 0x10000000, b);
}

/* ---- generation 2 ---- */

bool shape_mme(size_t n, struct mk_buffer *b) {
    uint32_t size = 0x4000 + (uint32_t)n * 0x1000;
    struct forge_code code = {.version = VERSION_ME8,
                              .modules = shape_modules("BUP", "MOD", n, FORGE_LZMA, 0x1000),
                              .n = n,
                              .stride = 0x60,
                              .page = 0x400,
                              .sku = true,
                              .key = forge_key_2048_e17};
    struct shape_region region = {2 * SHAPE_BOOT_AT + size, size, 2, &code, NULL, 0};
    return shape_room(region.size, b) && shape_region(*b, &region);
}
