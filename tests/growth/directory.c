/* SPDX-License-Identifier: MIT */
#include "shapes.h"

#include <mekit/format/extension.h>
#include <stdio.h>
#include <string.h>

#define HEADER     FORGE_MANIFEST_HEADER
#define KEY_ENTRY  0x44u
#define KEYS_HEAD  0x24u
#define LIST_HEAD  0x58u
#define LIST_ENTRY 0x34u
#define MODULE     0x40u
#define VERSION                                                                                    \
    { 11, 0, 0, 1000 }

static uint32_t table_size(size_t entries) {
    return 0x10 + (uint32_t)entries * 0x18;
}

static bool start(uint32_t boot_size, struct mk_buffer *b) {
    struct shape_region region = {2 * SHAPE_BOOT_AT + boot_size, boot_size, 3, NULL, NULL, 0};
    return shape_room(region.size, b) && shape_region(*b, &region);
}

static void start_extension(struct mk_buffer b, uint64_t at, uint32_t type, uint32_t size) {
    mk_buffer_fill(b, at, size, 0);
    mk_buffer_uint(b, at, 4, type);
    mk_buffer_uint(b, at + 4, 4, size);
}

/* Makes a manifest with room for that many bytes of extensions; sign: signs it once they are
 * written. */
static void manifest(struct mk_buffer b, uint64_t at, uint32_t extensions, bool sign) {
    struct forge_manifest m = {.structure = MK_STRUCTURE_MN2,
                               .version = VERSION,
                               .size = HEADER + extensions,
                               .key = forge_key_2048_e17};
    if (sign)
        forge_manifest_sign(b, at, &m);
    else
        forge_manifest_start(b, at, &m);
}

/* ---- entries ---- */

static bool put_cpd(size_t n, const char *name, struct mk_buffer *b) {
    uint32_t size = table_size(2 * n + 1) + HEADER + (uint32_t)n * 0x200 + 0x4000;
    struct forge_code code = {.version = VERSION,
                              .modules = shape_modules("bup", name, n, FORGE_STORED, MODULE),
                              .n = n,
                              .key = forge_key_2048_e17};
    struct shape_region region = {2 * SHAPE_BOOT_AT + size, size, 3, &code, NULL, 0};
    return shape_room(region.size, b) && shape_region(*b, &region);
}

bool shape_cpd(size_t n, struct mk_buffer *b) {
    return put_cpd(n, "mod", b);
}

bool shape_cpd_boot(size_t n, struct mk_buffer *b) {
    return put_cpd(n, "bup", b);
}

/* Code, metadata and manifests in turn, all with the same bytes. */
bool shape_cpd_same(size_t n, struct mk_buffer *b) {
    static const char *const suffixes[] = {"", ".met", ".man"};
    uint32_t first = table_size(n), size = (uint32_t)n * 0x40;
    char name[32];
    if (!start(first + size, b))
        return false;
    shape_directory(*b, SHAPE_BOOT_AT, "FTPR", n);
    for (size_t i = 0; i < n; i++) {
        snprintf(name, sizeof name, "bup%03zu%s", i / 3, suffixes[i % 3]);
        shape_entry(*b, SHAPE_BOOT_AT, i, name, first, size);
    }
    for (uint32_t at = 0; at < size; at += 8)
        start_extension(*b, SHAPE_BOOT_AT + first + at, 0, 8);
    return true;
}

/* ---- manifests that each list the common key ---- */

static void put_keys(struct mk_buffer b, uint64_t at, size_t n) {
    uint8_t key[FORGE_KEY_MAX + 4];
    struct mk_digest digest;
    struct mk_span span = mk_span_of(key, forge_key_bytes(forge_key_2048_e17, key));
    start_extension(b, at, MK_EXTENSION_KEYS, KEYS_HEAD + (uint32_t)n * KEY_ENTRY);
    if (!mk_digest_take(MK_SHA256, &span, 1, &digest, NULL))
        return;
    for (uint64_t i = 0, entry = at + KEYS_HEAD; i < n; i++, entry += KEY_ENTRY) {
        mk_buffer_fill(b, entry, 1, (uint8_t)(1u << i % 8));
        mk_buffer_uint(b, entry + 0x22, 2, digest.n);
        forge_digest_put(b, entry + 0x24, &digest, i % 2 != 0);
    }
}

static bool put_manifests(size_t n, size_t keys, struct mk_buffer *b) {
    uint32_t extensions = KEYS_HEAD + (uint32_t)keys * KEY_ENTRY, next = table_size(n);
    char name[32];
    if (!start(next + (uint32_t)n * (HEADER + extensions), b))
        return false;
    shape_directory(*b, SHAPE_BOOT_AT, "FTPR", n);
    for (size_t i = 0; i < n; i++, next += HEADER + extensions) {
        snprintf(name, sizeof name, "m%zu.man", i);
        shape_entry(*b, SHAPE_BOOT_AT, i, i ? name : "FTPR.man", next, HEADER + extensions);
        manifest(*b, SHAPE_BOOT_AT + next, extensions, false);
        put_keys(*b, SHAPE_BOOT_AT + next + HEADER, keys);
        manifest(*b, SHAPE_BOOT_AT + next, extensions, true);
    }
    return true;
}

bool shape_manifests(size_t n, struct mk_buffer *b) {
    return put_manifests(n, 20, b);
}

bool shape_lists(size_t n, struct mk_buffer *b) {
    return put_manifests(2, n, b);
}

/* ---- metadata whose lists name missing modules ---- */

bool shape_known(size_t n, struct mk_buffer *b) {
    uint32_t size = 0x0C + 4 * 44, next = table_size(n);
    char name[32];
    if (!start(next + (uint32_t)n * size, b))
        return false;
    shape_directory(*b, SHAPE_BOOT_AT, "FTPR", n);
    for (size_t i = 0; i < n; i++, next += size) {
        uint64_t at = SHAPE_BOOT_AT + next;
        snprintf(name, sizeof name, "m%zu.met", i);
        shape_entry(*b, SHAPE_BOOT_AT, i, name, next, size);
        start_extension(*b, at, MK_EXTENSION_TYPE_C, size);
        for (uint64_t entry = at + 0x0C; entry < at + size; entry += 44) {
            mk_buffer_uint(*b, entry, 4, 1);
            mk_buffer_uint(*b, entry + 8, 4, MK_HASH_256);
        }
    }
    return true;
}

/* ---- one manifest with many entries ---- */

static bool start_one(uint32_t extensions, struct mk_buffer *b) {
    if (!start(table_size(2) + HEADER + extensions + MODULE, b))
        return false;
    shape_directory(*b, SHAPE_BOOT_AT, "FTPR", 2);
    shape_entry(*b, SHAPE_BOOT_AT, 0, "FTPR.man", table_size(2), HEADER + extensions);
    shape_entry(*b, SHAPE_BOOT_AT, 1, "bup.met", table_size(2) + HEADER + extensions, MODULE);
    manifest(*b, SHAPE_BOOT_AT + table_size(2), extensions, false);
    return true;
}

bool shape_extensions(size_t n, struct mk_buffer *b) {
    if (!start_one((uint32_t)n * 8, b))
        return false;
    for (size_t i = 0; i < n; i++)
        start_extension(*b, SHAPE_BOOT_AT + table_size(2) + HEADER + i * 8, 0x40, 8);
    manifest(*b, SHAPE_BOOT_AT + table_size(2), (uint32_t)n * 8, true);
    return true;
}

/* Lists the same module again and again, each time with another hash. */
bool shape_listed(size_t n, struct mk_buffer *b) {
    uint32_t size = LIST_HEAD + (uint32_t)n * LIST_ENTRY;
    uint64_t at = SHAPE_BOOT_AT + table_size(2) + HEADER;
    if (!start_one(size, b))
        return false;
    start_extension(*b, at, MK_EXTENSION_PARTITION_INFO, size);
    for (size_t i = 0; i < n; i++) {
        forge_text(*b, at + LIST_HEAD + i * LIST_ENTRY, "bup");
        mk_buffer_uint(*b, at + LIST_HEAD + i * LIST_ENTRY + 0x14, 4, i + 1);
    }
    manifest(*b, at - HEADER, size, true);
    return true;
}

/* ---- CSME 12: rbe has n records, and n modules look for theirs ---- */

static void put_records(struct mk_buffer b, uint64_t at, size_t n, uint32_t size) {
    for (size_t i = 0; i < n; i++) {
        mk_buffer_uint(b, at + i * MODULE + 6, 2, 0x8086);
        mk_buffer_uint(b, at + i * MODULE + 8, 4, 0x1000);
        mk_buffer_uint(b, at + i * MODULE + 12, 4, size);
    }
}

static void put_attributes(struct mk_buffer b, uint64_t at, uint64_t code, uint32_t size) {
    struct mk_span stored = mk_span_clip(mk_buffer_span(b), code, size);
    start_extension(b, at, MK_EXTENSION_MODULE, MK_ATTRIBUTE_HASH_AT + MK_HASH_256);
    mk_buffer_uint(b, at + 0x0C, 4, size);
    mk_buffer_uint(b, at + 0x10, 4, size);
    forge_hash_reversed(b, at + MK_ATTRIBUTE_HASH_AT, stored);
}

bool shape_records(size_t n, struct mk_buffer *b) {
    struct forge_manifest m = {
        .structure = MK_STRUCTURE_MN2, .version = {12, 0, 0, 1000}, .size = HEADER};
    uint32_t met = table_size(n + 3) + HEADER, rbe = met + MODULE,
             code = rbe + (uint32_t)n * MODULE;
    uint64_t at = SHAPE_BOOT_AT;
    char name[32];
    if (!start(code + (uint32_t)n * MODULE, b))
        return false;
    shape_directory(*b, at, "FTPR", n + 3);
    mk_buffer_fill(*b, at + met - HEADER, HEADER, 0);
    forge_manifest_start(*b, at + met - HEADER, &m);
    put_records(*b, at + rbe, n, MODULE);
    put_attributes(*b, at + met, at + rbe, (uint32_t)n * MODULE);
    shape_entry(*b, at, 0, "FTPR.man", met - HEADER, HEADER);
    shape_entry(*b, at, 1, "rbe.met", met, MK_ATTRIBUTE_HASH_AT + MK_HASH_256);
    shape_entry(*b, at, 2, "rbe", rbe, (uint32_t)n * MODULE);
    for (size_t i = 0; i < n; i++) {
        snprintf(name, sizeof name, "m%zu", i);
        shape_entry(*b, at, i + 3, name, code + (uint32_t)i * MODULE, MODULE);
        mk_buffer_put(*b, at + code + i * MODULE, "\x5D\x00\x40\x00\x00", 5);
        mk_buffer_uint(*b, at + code + i * MODULE + 8, 4, i);
    }
    return true;
}
