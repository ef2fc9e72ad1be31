/* SPDX-License-Identifier: MIT */
#include "shapes.h"

#include <mekit/format/descriptor.h>
#include <mekit/format/llut.h>
#include <mekit/format/mme.h>

#define PAGE       0x400u
#define CHUNK      4u
#define PIECES     4u /* modules that share a size: the forge makes none above 0x20000 */
#define DESCRIPTOR 0x1000u
#define ME11_HEAD  0x8000u
#define ME8_VERSION                                                                                \
    { 8, 1, 40, 1000 }

/* ---- bytes of modules ---- */

static bool put_code(size_t n, enum forge_how how, struct mk_buffer *b) {
    uint32_t size = (uint32_t)n + (uint32_t)n / 2 + ME11_HEAD;
    struct forge_code code = {.version = {11, 0, 0, 1000},
                              .modules =
                                  shape_modules("bup", "bup", PIECES, how, (uint32_t)n / PIECES),
                              .n = PIECES,
                              .key = forge_key_2048_e17};
    struct shape_region region = {2 * SHAPE_BOOT_AT + size, size, 3, &code, NULL, 0};
    return shape_room(region.size, b) && shape_region(*b, &region);
}

bool shape_stored(size_t n, struct mk_buffer *b) {
    return put_code(n, FORGE_STORED, b);
}

bool shape_lzma(size_t n, struct mk_buffer *b) {
    return put_code(n, FORGE_LZMA_EXTRA, b);
}

bool shape_huffman(size_t n, struct mk_buffer *b) {
    return put_code(n, FORGE_HUFFMAN, b);
}

/* ---- pages of a LLUT ---- */

static void put_mme(struct mk_buffer b, uint64_t at, const char *name, uint32_t llut,
                    size_t pages) {
    mk_buffer_fill(b, at, 0x60, 0);
    forge_text(b, at, "$MME");
    forge_text(b, at + mk_mme_fields[MK_MME_NAME].offset, name);
    forge_field(b, at, &mk_mme_fields[MK_MME_LOAD_BASE], 0x20000000);
    forge_field(b, at, &mk_mme_fields[MK_MME_OFFSET], llut);
    forge_field(b, at, &mk_mme_fields[MK_MME_CODE_SIZE], pages * PAGE);
    forge_field(b, at, &mk_mme_fields[MK_MME_COMPRESSION], 1);
}

/* Offsets without order; one in eight occurs twice. */
static void put_chunks(struct mk_buffer b, uint64_t at, size_t n, uint32_t first) {
    for (size_t i = 0; i < n; i++) {
        size_t place = (i % 8 == 7 ? i - 1 : i) * 40503u % n;
        mk_buffer_uint(b, at + i * CHUNK, CHUNK, (first + place * 16) | 0xC0000000u);
    }
}

static void put_llut(struct mk_buffer b, uint64_t at, size_t n) {
    uint32_t below = CHUNK * (0x10000000u / PAGE), table = (uint32_t)at + MK_LLUT_HEADER_SIZE;
    uint32_t stream = table + (uint32_t)n * CHUNK;
    mk_buffer_fill(b, at, MK_LLUT_HEADER_SIZE, 0);
    forge_text(b, at, "LLUT");
    forge_field(b, at, &mk_llut_fields[MK_LLUT_COUNT], n);
    forge_field(b, at, &mk_llut_fields[MK_LLUT_ADDR_BASE], 0x10000000);
    forge_field(b, at, &mk_llut_fields[MK_LLUT_SPI_BASE], (uint64_t)UINT32_MAX + 1 + table - below);
    forge_field(b, at, &mk_llut_fields[MK_LLUT_STREAM_START], stream);
    forge_field(b, at, &mk_llut_fields[MK_LLUT_STREAM_LENGTH], n * 16);
    forge_field(b, at, &mk_llut_fields[MK_LLUT_PAGE_SIZE], PAGE);
    put_chunks(b, table, n, stream);
}

/* Makes pages chunks; BUP has one of them, each other module has all. */
static bool put_pages(size_t pages, unsigned modules, struct mk_buffer *b) {
    uint32_t list = FORGE_MANIFEST_HEADER + MK_MANIFEST_NAME_SIZE;
    uint32_t llut = (list + modules * 0x60 + 0x40) & ~0x3Fu;
    uint32_t size = llut + MK_LLUT_HEADER_SIZE + (uint32_t)pages * (CHUNK + 16);
    struct shape_region region = {2 * SHAPE_BOOT_AT + size, size, 2, NULL, NULL, 0};
    struct forge_manifest m = {.structure = MK_STRUCTURE_MN2,
                               .version = ME8_VERSION,
                               .size = llut,
                               .modules = modules,
                               .key = forge_key_2048_e17};
    if (!shape_room(region.size, b) || !shape_region(*b, &region))
        return false;
    forge_manifest_start(*b, SHAPE_BOOT_AT, &m);
    for (unsigned i = 0; i < modules; i++)
        put_mme(*b, SHAPE_BOOT_AT + list + i * 0x60, i ? "KERNEL" : "BUP", llut, i ? pages : 1);
    put_llut(*b, SHAPE_BOOT_AT + llut, pages);
    mk_buffer_fill(*b, SHAPE_BOOT_AT + size - pages * 16, pages * 16, 0x5A);
    return forge_manifest_sign(*b, SHAPE_BOOT_AT, &m);
}

bool shape_llut(size_t n, struct mk_buffer *b) {
    return put_pages(n, 2, b);
}

/* Each of n modules has all pages. */
bool shape_shared_pages(size_t n, struct mk_buffer *b) {
    return put_pages(256, (unsigned)n, b);
}

/* ---- bytes of the image ---- */

static const struct forge_module modules[] = {{"bup", FORGE_STORED, 0x200}};
static const struct forge_code code = {
    .version = {11, 0, 0, 1000}, .modules = modules, .n = 1, .key = forge_key_2048_e17};

static bool put_data(size_t n, struct mk_buffer *b, uint64_t *data) {
    struct forge_part part = {
        .name = "DATA", .offset = 2 * SHAPE_BOOT_AT, .size = (uint32_t)n, .content = FORGE_LEAVE};
    struct shape_region region = {
        2 * SHAPE_BOOT_AT + (uint32_t)n, SHAPE_BOOT_AT, 3, &code, &part, 1};
    *data = part.offset;
    return shape_room(region.size, b) && shape_region(*b, &region);
}

bool shape_erased(size_t n, struct mk_buffer *b) {
    uint64_t data;
    return put_data(n, b, &data);
}

bool shape_random(size_t n, struct mk_buffer *b) {
    uint64_t data;
    if (!put_data(n, b, &data))
        return false;
    forge_random_fill(*b, data, n, "random");
    return true;
}

/* Alternates erased and written blocks. */
bool shape_blocks(size_t n, struct mk_buffer *b) {
    uint64_t data;
    if (!put_data(n, b, &data))
        return false;
    for (size_t at = 0; at + 0x80 <= n; at += 0x80)
        mk_buffer_fill(*b, data + at, 0x40, 0x5A);
    return true;
}

/* ---- straps of a lone descriptor ---- */

bool shape_straps(size_t n, struct mk_buffer *b) {
    const struct forge_range regions[5] = {{0, DESCRIPTOR}, {0, 0}, {0, 0}, {0, 0}, {0, 0}};
    if (!forge_build("good-ifd-sklkbl", b))
        return false;
    struct forge_descriptor d = *forge_descriptor_find("sklkbl");
    d.isl = (unsigned)n;
    mk_buffer_fill(*b, 0, b->n, 0x11);
    forge_descriptor_build(*b, &d, regions);
    return true;
}
