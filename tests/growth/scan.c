/* SPDX-License-Identifier: MIT */
#include "shapes.h"

#include <mekit/format/manifest.h>

#define STEP     0x40u
#define HEAD     0x10000u
#define CPD_SIZE 0x1000u
#define BLOCK    0x400u

/* n tables that each lead to the same directories, which have no manifest. */
bool shape_scan_fpt(size_t n, struct mk_buffer *b) {
    uint32_t entries = 500, directory = (uint32_t)n * STEP;
    if (!shape_room(HEAD + directory + CPD_SIZE * 4, b))
        return false;
    shape_directory(*b, HEAD + directory, "PART", entries);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t at = HEAD + i * STEP;
        mk_buffer_fill(*b, at, STEP, 0);
        forge_text(*b, at, "$FPT");
        mk_buffer_uint(*b, at + 4, 4, 1);
        mk_buffer_uint(*b, at + 0x28, 4, directory - i * STEP);
        mk_buffer_uint(*b, at + 0x2C, 4, CPD_SIZE * 4);
    }
    return true;
}

static void put_chain(struct mk_buffer b, uint64_t at, uint64_t end, uint32_t word, uint32_t size) {
    for (; at + 8 <= end; at += 8) {
        mk_buffer_uint(b, at, 4, word);
        mk_buffer_uint(b, at + 4, 4, size);
    }
}

/* n directories without a manifest, but with metadata to the end of the file: the last extension of
 * each covers the next directory's head. */
bool shape_scan_cpd(size_t n, struct mk_buffer *b) {
    if (!shape_room(n * BLOCK, b))
        return false;
    for (size_t i = 0; i < n; i++) {
        uint64_t at = i * BLOCK;
        put_chain(*b, at + STEP, at + BLOCK, 0x40, 8);
        mk_buffer_uint(*b, at + BLOCK - 4, 4, 8 + STEP);
        shape_directory(*b, at, "PART", 2);
        shape_entry(*b, at, 0, "a", STEP, 8);
        shape_entry(*b, at, 1, "a.met", STEP, (uint32_t)(b->n - at - STEP));
    }
    return true;
}

/* n manifests of ME 6 without their module. Their tags cover the next heads, up to the end of the
 * file or to the limit for a manifest. */
bool shape_scan_tags(size_t n, struct mk_buffer *b) {
    uint64_t list = FORGE_MANIFEST_HEADER + MK_MANIFEST_NAME_SIZE, tags = list + 2 * 0x60;
    if (!shape_room(n * BLOCK, b))
        return false;
    for (size_t i = 0; i < n; i++) {
        uint64_t at = i * BLOCK, left = b->n - at;
        struct forge_manifest m = {
            .structure = MK_STRUCTURE_MN2, .version = {6, 0, 0, 1}, .modules = 1};
        m.size = (uint32_t)(left < MK_LIMIT_MANIFEST ? left : MK_LIMIT_MANIFEST);
        put_chain(*b, at + tags, at + BLOCK, 0x24, 2);
        mk_buffer_uint(*b, at + BLOCK - 4, 4, (8 + (uint32_t)tags) / 4);
        forge_manifest_start(*b, at, &m);
        forge_text(*b, at + FORGE_MANIFEST_HEADER, "FTPR");
    }
    return true;
}

/* n boot tables, before each of which a layout table is looked for. */
bool shape_scan_bpdt(size_t n, struct mk_buffer *b) {
    if (!shape_room(0x10000 + n * STEP, b))
        return false;
    mk_buffer_fill(*b, 0, b->n, 0);
    for (size_t i = 0; i < n; i++)
        mk_buffer_put(*b, 0x10000 + i * STEP, "\xAA\x55\x00\x00\x40\x00\x01", 7);
    return true;
}

/* n tags in the tail of an image that has its own firmware. */
bool shape_scan_copies(size_t n, struct mk_buffer *b) {
    uint32_t first = 0x4000;
    if (!shape_erased(first + n * 8, b))
        return false;
    for (size_t at = b->n - n * 8; at < b->n; at += 8)
        mk_buffer_put(*b, at, at % 16 ? "$FPT\1" : "$MN2\1", 5);
    return true;
}
