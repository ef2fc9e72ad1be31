/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <forge/build.h>
#include <mekit/base/crc.h>
#include <mekit/format/cpd.h>
#include <string.h>

#define AT      0x20u /* offset of the directory in its file */
#define ROOM    0x8000u
#define SIZE    0x1000u /* size of the partition */
#define ENTRIES 4u

static uint8_t bytes[ROOM];
static const struct mk_buffer b = {bytes, ROOM};
static struct mk_cpd cpd;

static void close_cpd(void) {
    mk_cpd_free(&cpd);
    check_leaks();
}

TestSuite(cpd, .fini = close_cpd);

static struct mk_span partition(uint64_t n) {
    return mk_span_clip(mk_buffer_span(b), AT, n);
}

static bool read_cpd(uint64_t n, uint64_t size, struct mk_error *e) {
    mk_cpd_free(&cpd);
    *e = (struct mk_error){0};
    return mk_cpd_read(partition(n), size, &cpd, e);
}

static const struct {
    const char *name;
    uint32_t offset, length;
} files[ENTRIES] = {{"FTPR.man", 0x100, 0x200},
                    {"kernel", 0x02000400, 0x3000},
                    {"twelve.chars", 0x300, 0x80},
                    {"twelve.met", 0x900, 0}};

static uint32_t header_of(unsigned version) {
    return version == 2 ? 0x14 : 0x10;
}

/* Writes the right checksum; one changed byte makes it wrong. */
static void put_checksum(unsigned version, unsigned n) {
    uint64_t size = header_of(version) + n * MK_CPD_ENTRY_SIZE;
    if (version == 2)
        mk_buffer_uint(b, AT + 0x10, 4, mk_crc32_without(partition(size), 0x10));
    else
        mk_buffer_uint(b, AT + 0x0B, 1, 0x100 - (mk_span_sum(partition(size)) & 0xFF));
}

static uint64_t entry_at(unsigned version, unsigned i) {
    return AT + header_of(version) + i * MK_CPD_ENTRY_SIZE;
}

static void make(unsigned version, unsigned n) {
    mk_buffer_fill(b, 0, ROOM, 0);
    mk_buffer_put(b, AT, "$CPD", 4);
    mk_buffer_uint(b, AT + 4, 4, n);
    mk_buffer_uint(b, AT + 8, 1, version);
    mk_buffer_uint(b, AT + 9, 1, 1);
    mk_buffer_uint(b, AT + 0x0A, 1, header_of(version));
    mk_buffer_put(b, AT + 0x0C, "FTPR", 4);
    for (unsigned i = 0; i < n; i++) {
        uint64_t at = entry_at(version, i);
        mk_buffer_put(b, at, files[i % ENTRIES].name, strlen(files[i % ENTRIES].name));
        mk_buffer_uint(b, at + 0x0C, 4, files[i % ENTRIES].offset);
        mk_buffer_uint(b, at + 0x10, 4, files[i % ENTRIES].length);
    }
    put_checksum(version, n);
}

Test(cpd, both_versions) {
    static const uint64_t ends[ENTRIES] = {0x300, 0x900, 0x400, SIZE};
    for (unsigned version = 1; version <= 2; version++) {
        struct mk_error e;
        make(version, ENTRIES);
        cr_assert(read_cpd(SIZE, SIZE, &e), "%s", e.what);
        cr_assert(cpd.version == version && cpd.n == ENTRIES && cpd.checksum_right);
        cr_assert_eq(cpd.table_end, header_of(version) + ENTRIES * MK_CPD_ENTRY_SIZE);
        cr_assert_arr_eq(cpd.name, "FTPR", 4);
        for (unsigned i = 0; i < ENTRIES; i++) {
            const struct mk_cpd_entry *entry = &cpd.entries[i];
            cr_assert_eq(mk_cpd_name_length(entry), strlen(files[i].name));
            cr_assert_arr_eq(entry->name, files[i].name, strlen(files[i].name));
            cr_assert_eq(entry->offset, files[i].offset & 0x01FFFFFF);
            cr_assert_eq(entry->huffman, files[i].offset >> 25);
            cr_assert_eq(entry->length, files[i].length);
            cr_assert_eq(entry->end, ends[i], "entry %u", i);
        }
    }
}

Test(cpd, names_by_their_ends) {
    struct mk_error e;
    make(1, ENTRIES);
    cr_assert(read_cpd(SIZE, SIZE, &e));
    cr_assert(mk_cpd_name_ends(&cpd.entries[0], ".man"));
    cr_assert_not(mk_cpd_name_ends(&cpd.entries[0], ".met"));
    cr_assert_not(mk_cpd_name_ends(&cpd.entries[1], "a kernel"));
    cr_assert(mk_cpd_name_ends(&cpd.entries[2], "chars"));
    cr_assert(mk_cpd_name_ends(&cpd.entries[3], ".met"));
}

/* The checksum covers every byte of directory and entries, and none after them. */
Test(cpd, what_the_checksum_covers) {
    for (unsigned version = 1; version <= 2; version++) {
        make(version, ENTRIES);
        uint64_t size = header_of(version) + ENTRIES * MK_CPD_ENTRY_SIZE;
        for (uint64_t at = 0; at < size + 8; at++) {
            struct mk_error e;
            bool shape = at < 8 || at == 0x0A;
            bytes[AT + at] ^= 0x01;
            if (!shape && read_cpd(SIZE, SIZE, &e))
                cr_assert_eq(cpd.checksum_right, at >= size, "version %u, byte %x", version,
                             (unsigned)at);
            else
                cr_assert(shape || e.code == MK_E_FIELD || e.code == MK_E_RANGE);
            bytes[AT + at] ^= 0x01;
        }
    }
}

/* Python's zlib.crc32 gave it, over a header of version 2 and one entry, with the field 0. */
Test(cpd, the_crc_is_the_one_of_others) {
    struct mk_error e;
    make(2, 1);
    mk_buffer_uint(b, AT + 0x10, 4, 0x9C1AACF4);
    cr_assert(read_cpd(SIZE, SIZE, &e));
    cr_assert(cpd.checksum_right);
}

Test(cpd, headers_that_cannot_be) {
    static const struct {
        uint64_t at, value;
        unsigned width;
        enum mk_code code;
    } rows[] = {
        {0, 0x445043, 4, MK_E_TAG},
        {0, 0xFFFFFFFF, 4, MK_E_TAG},
        {4, MK_LIMIT_CPD_ENTRIES + 1, 4, MK_E_COUNT},
        {4, 0xFFFFFFFF, 4, MK_E_COUNT},
        {4, MK_LIMIT_CPD_ENTRIES, 4, MK_E_RANGE},
        {0x0A, 0x00, 1, MK_E_FIELD},
        {0x0A, 0x0F, 1, MK_E_FIELD},
        {0x0A, 0x18, 1, MK_E_FIELD},
        {0x0A, 0xFF, 1, MK_E_FIELD},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mk_error e;
        make(1, ENTRIES);
        mk_buffer_uint(b, AT + rows[i].at, rows[i].width, rows[i].value);
        cr_assert_not(read_cpd(SIZE, SIZE, &e), "row %zu", i);
        cr_assert_eq(e.code, rows[i].code, "row %zu", i);
        cr_assert_eq(e.offset, AT + rows[i].at, "row %zu", i);
    }
}

Test(cpd, entries_that_cannot_be) {
    static const struct {
        uint32_t offset, length;
        enum mk_code code;
    } rows[] = {
        {0, 1, MK_E_FIELD},
        {0x6F, 1, MK_E_FIELD},
        {0x70, 1, MK_OK},
        {0, 0, MK_OK},
        {SIZE, 0, MK_OK},
        {SIZE + 1, 0, MK_E_RANGE},
        {0x01FFFFFF, 1, MK_E_RANGE},
        {SIZE, 0x1000, MK_OK},
        {0x02000000, 1, MK_E_FIELD},
        {0xFC000070, 1, MK_OK},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mk_error e;
        make(1, ENTRIES);
        mk_buffer_uint(b, entry_at(1, 1) + 0x0C, 4, rows[i].offset);
        mk_buffer_uint(b, entry_at(1, 1) + 0x10, 4, rows[i].length);
        cr_assert_eq(read_cpd(SIZE, SIZE, &e), rows[i].code == MK_OK, "row %zu: %s", i, e.what);
        cr_assert_eq(e.code, rows[i].code, "row %zu", i);
        if (rows[i].code)
            cr_assert_eq(e.offset, entry_at(1, 1) + 0x0C, "row %zu", i);
    }
}

/* A shrunk region has lost the last modules, but not the directory. */
Test(cpd, a_partition_that_is_cut_off) {
    uint64_t table = header_of(2) + ENTRIES * MK_CPD_ENTRY_SIZE;
    make(2, ENTRIES);
    for (uint64_t n = 0; n < table + 0x10; n++) {
        struct mk_error e;
        cr_assert_eq(read_cpd(n, SIZE, &e), n >= table, "%u bytes", (unsigned)n);
        if (n < 4)
            cr_assert(e.code == MK_E_TAG && e.offset == AT);
        else if (n < 0x10)
            cr_assert(e.code == MK_E_TRUNCATED && e.offset == AT + n);
        else if (n < table)
            cr_assert(e.code == MK_E_RANGE && e.offset == AT + 4 && e.got == ENTRIES &&
                      e.limit == n / MK_CPD_ENTRY_SIZE);
        else
            cr_assert_eq(cpd.entries[3].end, SIZE);
    }
}

Test(cpd, as_many_entries_as_there_may_be) {
    struct mk_error e;
    make(2, MK_LIMIT_CPD_ENTRIES);
    for (unsigned i = 0; i < MK_LIMIT_CPD_ENTRIES; i++)
        mk_buffer_uint(b, entry_at(2, i) + 0x0C, 4, 0x7000 - i);
    put_checksum(2, MK_LIMIT_CPD_ENTRIES);
    cr_assert(read_cpd(ROOM - AT, 0x7800, &e), "%s", e.what);
    cr_assert(cpd.checksum_right && cpd.n == MK_LIMIT_CPD_ENTRIES);
    for (unsigned i = 0; i < MK_LIMIT_CPD_ENTRIES; i++)
        cr_assert_eq(cpd.entries[i].end, i == 0 ? 0x7800 : 0x7001 - i, "entry %u", i);
}

Test(cpd, entries_of_one_offset_end_together) {
    struct mk_error e;
    make(1, ENTRIES);
    mk_buffer_uint(b, entry_at(1, 2) + 0x0C, 4, 0x100);
    cr_assert(read_cpd(SIZE, SIZE, &e));
    cr_assert(cpd.entries[0].end == 0x400 && cpd.entries[2].end == 0x400);
}

Test(cpd, errors_give_found_and_expected_values) {
    struct mk_error e;
    make(1, ENTRIES);
    mk_buffer_uint(b, AT + 0x0A, 1, 0x13);
    cr_assert(!read_cpd(SIZE, SIZE, &e) && e.got == 0x13 && e.limit == 0x10);
    make(1, ENTRIES);
    mk_buffer_uint(b, AT + 4, 4, MK_LIMIT_CPD_ENTRIES + 1);
    cr_assert(!read_cpd(SIZE, SIZE, &e) && e.limit == MK_LIMIT_CPD_ENTRIES);
    make(1, ENTRIES);
    mk_buffer_uint(b, entry_at(1, 1) + 0x0C, 4, 0x6F);
    cr_assert(!read_cpd(SIZE, SIZE, &e) && e.got == 0x6F && e.limit == 0x70);
    mk_buffer_uint(b, entry_at(1, 1) + 0x0C, 4, SIZE + 1);
    cr_assert(!read_cpd(SIZE, SIZE, &e) && e.got == SIZE + 1 && e.limit == SIZE);
}

/* Bytes before a name are not part of it. */
Test(cpd, names_begin_where_they_begin) {
    struct mk_cpd_entry entries[2] = {{.offset = 0}};
    cr_assert_eq(mk_cpd_name_length(&entries[1]), 0, "a name of nothing");
    memcpy(entries[1].name, ".man", 4);
    cr_assert(mk_cpd_name_ends(&entries[1], ".man"), "nothing but its end");
    memset(&entries[0].end, '.', sizeof entries[0].end);
    memcpy(entries[1].name, "man\0", 4);
    cr_assert_not(mk_cpd_name_ends(&entries[1], ".man"));
    cr_assert(mk_cpd_name_ends(&entries[1], ""));
}

Test(cpd, a_directory_of_nothing) {
    struct mk_error e;
    make(1, 0);
    cr_assert(read_cpd(SIZE, SIZE, &e) && cpd.n == 0 && cpd.entries);
    cr_assert_eq(cpd.table_end, 0x10);
    mk_cpd_free(&cpd);
    cr_assert(!cpd.entries && cpd.n == 0);
}
