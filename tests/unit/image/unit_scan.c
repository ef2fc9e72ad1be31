/* SPDX-License-Identifier: MIT */
/* Firmware anywhere in a file: pieces of forged images between bytes that only look like firmware.
 */
#include "patched.h"

#include <mekit/image/scan.h>

TestSuite(scan, .fini = check_leaks);

#define FILE_SIZE 0x60000u
#define PIECES    3u
#define FOUND_MAX 4u

struct piece {
    const char *recipe;
    uint64_t from, n; /* bytes of the forged image; n = 0: all of it */
    uint64_t to;      /* in the file */
};

struct wanted {
    enum mk_found_kind kind;
    uint64_t offset, size;
    const char *family;
    unsigned major;
};

static const struct row {
    const char *what;
    struct piece pieces[PIECES];
    struct patch patches[2];
    size_t n;
    struct wanted found[FOUND_MAX];
} rows[] = {
    {"nothing", {{0}}, {{0}}, 0, {{0}}},
    {"an ME region",
     {{"good-me8", 0, 0, 0x20100}},
     {{0}},
     1,
     {{MK_FOUND_REGION, 0x20100, 0xB000, "ME", 8}}},
    {"one whose table is at its start",
     {{"unsupported-me2", 0, 0, 0x20100}},
     {{0}},
     1,
     {{MK_FOUND_REGION, 0x20100, FILE_SIZE - 0x20100, "ME", 2}}},
    {"a table at the very start",
     {{"unsupported-me2", 0, 0, 0}},
     {{0}},
     1,
     {{MK_FOUND_REGION, 0, FILE_SIZE, "ME", 2}}},
    {"a table that leads to no manifest", {{"good-me8", 0, 0x3000, 0x20100}}, {{0}}, 0, {{0}}},
    {"FTPR alone",
     {{"good-me8", 0x3000, 0x5000, 0x100}},
     {{0}},
     1,
     {{MK_FOUND_PARTITION, 0x100, 0x610, "ME", 8}}},
    {"CODE alone",
     {{"unsupported-me4", 0x2000, 0x6000, 0x100}},
     {{0}},
     1,
     {{MK_FOUND_PARTITION, 0x100, 0x370, "ME", 4}}},
    {"FTPR with a module that can't be",
     {{"good-me8", 0x3000, 0x5000, 0x100}},
     {{0x100 + 0x290 + 0x38, 4, 0xFFFFFFFF}},
     0,
     {{0}}},
    {"a directory alone",
     {{"good-me11", 0x1000, 0x7000, 0x3000}},
     {{0}},
     1,
     {{MK_FOUND_PARTITION, 0x3000, 0x7000, "CSME", 11}}},
    {"a directory whose manifest tells no size",
     {{"good-me11", 0x1000, 0x7000, 0x3000}},
     {{0x3000 + 0x42C + 4, 4, 12}},
     1,
     {{MK_FOUND_PARTITION, 0x3000, 0x6D80, "CSME", 11}}},
    {"the manifest in a directory that can't be read",
     {{"good-me11", 0x1000, 0x7000, 0x3000}},
     {{0x3010 + 8, 4, 0x1FFFFFF}},
     1,
     {{MK_FOUND_PARTITION, 0x31A8, 0x47C, "ME", 11}}},
    {"CSME 12",
     {{"good-csme12", 0, 0, 0x8000}},
     {{0}},
     1,
     {{MK_FOUND_IFWI, 0x8000, 0x16000, "CSME", 12}}},
    {"TXE 3",
     {{"good-txe3-ifwi", 0, 0, 0x8000}},
     {{0}},
     1,
     {{MK_FOUND_IFWI, 0x8000, 0xF000, "CSTXE", 3}}},
    {"a boot table alone", {{"good-csme12", 0x4000, 0x400, 0x8000}}, {{0}}, 0, {{0}}},
    {"a dump",
     {{"good-full-me8", 0, 0, 0x10000}},
     {{0}},
     2,
     {{MK_FOUND_DESCRIPTOR, 0x10000, 0x20000, "", 0}, {MK_FOUND_REGION, 0x13000, 0xB000, "ME", 8}}},
    {"a dump of ICH9",
     {{"good-full-ich9", 0, 0, 0x10000}},
     {{0}},
     2,
     {{MK_FOUND_DESCRIPTOR, 0x10000, 0x20000, "", 0}, {MK_FOUND_REGION, 0x13000, 0x8000, "ME", 4}}},
    {"a region behind that of another dump's descriptor",
     {{"good-full-ich9", 0, 0, 0x10000}, {"unsupported-me4", 0, 0, 0x40000}},
     {{0}},
     3,
     {{MK_FOUND_DESCRIPTOR, 0x10000, 0x20000, "", 0},
      {MK_FOUND_REGION, 0x13000, 0x8000, "ME", 4},
      {MK_FOUND_REGION, 0x40000, FILE_SIZE - 0x40000, "ME", 4}}},
    {"a dump whose ME region is smaller than its table says",
     {{"good-full-me8", 0, 0, 0x10000}},
     {{0x10048, 4, 0x000B0003}},
     2,
     {{MK_FOUND_DESCRIPTOR, 0x10000, 0x20000, "", 0}, {MK_FOUND_REGION, 0x13000, 0x9000, "ME", 8}}},
    {"a dump whose descriptor is in no region",
     {{"good-full-me8", 0, 0, 0x10000}},
     {{0x10040, 4, 0x7FFF}},
     1,
     {{MK_FOUND_REGION, 0x13000, 0xB000, "ME", 8}}},
    {"one whose region is elsewhere",
     {{"good-full-me8", 0, 0, 0x10000}},
     {{0x10040, 4, 0x00010001}},
     1,
     {{MK_FOUND_REGION, 0x13000, 0xB000, "ME", 8}}},
    {"a descriptor's signature alone", {{"good-full-me8", 0x10, 4, 0x5F000}}, {{0}}, 0, {{0}}},
    {"one at the very start", {{"good-full-me8", 0x10, 4, 0}}, {{0}}, 0, {{0}}},
    {"tags at the very start", {{0}}, {{0, 4, 0x324E4D24}, {4, 4, 0x324E4D24}}, 0, {{0}}},
};

static struct mk_buffer file_of(const struct row *row) {
    struct mk_buffer file = {malloc(FILE_SIZE), FILE_SIZE};
    cr_assert(file.p && mk_buffer_fill(file, 0, file.n, 0x5A));
    for (size_t i = 0; i < PIECES && row->pieces[i].recipe; i++) {
        const struct piece *piece = &row->pieces[i];
        struct mk_buffer b = forged(piece->recipe);
        cr_assert(
            mk_buffer_put(file, piece->to, b.p + piece->from, piece->n ? (size_t)piece->n : b.n));
        free(b.p);
    }
    patch(file, row->patches, 2);
    return file;
}

Test(scan, finds_firmware_and_its_place) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct mk_buffer file = file_of(row);
        struct mk_scan scan = {.file = mk_buffer_span(file)};
        struct mk_found found;
        struct mk_error e;
        size_t n = 0;
        for (; mk_scan_next(&scan, &found, &e); n++) {
            const struct wanted *wanted = &row->found[n < FOUND_MAX ? n : 0];
            cr_expect(n < row->n && found.kind == wanted->kind && found.offset == wanted->offset &&
                          found.size == wanted->size && found.version.major == wanted->major &&
                          strcmp(found.family, wanted->family ? wanted->family : "") == 0,
                      "%s: %s at 0x%x, 0x%x bytes, %s %u", row->what,
                      mk_found_kind_name(found.kind), (unsigned)found.offset, (unsigned)found.size,
                      found.family, found.version.major);
        }
        cr_expect_eq(e.code, MK_OK);
        cr_expect_eq(n, row->n, "%s: %zu", row->what, n);
        free(file.p);
    }
}

/* The scan tries only a limited number of places that look like firmware, then reports that. */
Test(scan, places_without_end) {
    struct mk_buffer file = {malloc(FILE_SIZE), FILE_SIZE};
    struct mk_scan scan = {.file = mk_buffer_span(file)};
    struct mk_found found;
    struct mk_error e;
    cr_assert(file.p);
    for (size_t at = 0; at + 4 <= FILE_SIZE; at += 4)
        cr_assert(mk_buffer_put(file, at, "$CPD", 4));
    cr_assert_not(mk_scan_next(&scan, &found, &e));
    cr_assert_eq(e.code, MK_E_COUNT);
    cr_assert_eq(e.offset, 4 * MK_LIMIT_SCAN, "the first place that was not looked at");
    free(file.p);
}
