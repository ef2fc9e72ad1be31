/* SPDX-License-Identifier: MIT */
#include "volume.h"

#include <mekit/format/mfs/configuration.h>

TestSuite(configuration, .fini = check_leaks);

#define ROOM 0x400u
static uint8_t bytes[ROOM];
static const struct mk_buffer b = {bytes, ROOM};

static void named(unsigned i, const char *name, unsigned mode, unsigned size, unsigned offset) {
    uint64_t at = 4 + 0x1C * (uint64_t)i;
    mk_buffer_fill(b, at, 0x1C, 0);
    mk_buffer_put(b, at, name, strlen(name));
    mk_buffer_uint(b, at + 0x0E, 2, mode);
    mk_buffer_uint(b, at + 0x10, 2, 1);
    mk_buffer_uint(b, at + 0x12, 2, size);
    mk_buffer_uint(b, at + 0x14, 2, 0x46);
    mk_buffer_uint(b, at + 0x16, 2, 0x115);
    mk_buffer_uint(b, at + 0x18, 4, offset);
    mk_buffer_uint(b, 0, 4, i + 1);
}

static void numbered(unsigned i, uint32_t id, uint32_t offset, unsigned size) {
    uint64_t at = 4 + 0x0C * (uint64_t)i;
    mk_buffer_uint(b, at, 4, id);
    mk_buffer_uint(b, at + 4, 4, offset);
    mk_buffer_uint(b, at + 8, 2, size);
    mk_buffer_uint(b, at + 10, 2, 1);
    mk_buffer_uint(b, 0, 4, i + 1);
}

static void make(void) {
    memset(bytes, 0, ROOM);
    named(0, "home", 0x11FF, 0, 0);
    named(1, "bup", 0x11F9, 0, 0);
    named(2, "ct", 0x01E0, 3, 0x100);
    named(3, "..", 0x11F9, 0, 0);
    named(4, "twelve-chars", 0x03A4, 1, 0x103);
    named(5, "..", 0x11FF, 0, 0);
    memcpy(bytes + 0x100, "abcd", 4);
}

static struct mk_configuration read(void) {
    struct mk_configuration c;
    struct mk_error e = {0};
    cr_assert(mk_configuration_read(mk_span_of(bytes, ROOM), &c, &e), "%s", e.what);
    return c;
}

static struct mk_error refused(size_t n, enum mk_code code, const char *words) {
    struct mk_configuration c;
    struct mk_error e = {0};
    cr_assert_not(mk_configuration_read(mk_span_of(bytes, n), &c, &e), "%s", words);
    cr_assert(e.code == code && strstr(e.what, words), "%s: %s", words, e.what);
    cr_assert(!c.list && c.n == 0);
    return e;
}

static void has_path(const struct mk_configuration *c, size_t i, const char *path) {
    char out[MK_SETTING_PATH_ROOM];
    cr_assert_str_eq(mk_setting_path(c, i, out, sizeof out), path);
}

Test(configuration, names_and_data) {
    make();
    struct mk_configuration c = read();
    cr_assert(c.form == MK_CONFIGURATION_NAMED && c.n == 4);
    cr_assert(c.list[0].directory && c.list[1].directory && !c.list[2].directory);
    cr_assert(c.list[2].uid == 0x46 && c.list[2].gid == 0x115 && c.list[2].options == 1);
    cr_assert(c.list[3].mode == 0x3A4 && mk_span_has(c.list[2].data, 0, "abc", 3));
    cr_assert(c.list[2].data.n == 3 && c.list[3].data.n == 1 && c.list[3].data.at == 0x103);
    has_path(&c, 1, "/home/bup");
    has_path(&c, 2, "/home/bup/ct");
    has_path(&c, 3, "/home/twelve-chars");
    mk_configuration_free(&c);
}

Test(configuration, a_path_is_cut_to_the_room) {
    char out[16] = "...............";
    make();
    struct mk_configuration c = read();
    cr_assert_str_eq(mk_setting_path(&c, 2, out, 8), "/home/b");
    cr_assert_str_eq(out + 8, ".......");
    mk_configuration_free(&c);
}

Test(configuration, a_path_is_found_as_a_whole) {
    static const char *const path[] = {"home", "bup", "ct", "more"};
    make();
    struct mk_configuration c = read();
    cr_assert_eq(mk_setting_find(&c, path, 3), &c.list[2]);
    cr_assert_eq(mk_setting_find(&c, path, 2), &c.list[1]);
    cr_assert_null(mk_setting_find(&c, path + 1, 2));
    cr_assert_null(mk_setting_find(&c, path, 4));
    mk_configuration_free(&c);
}

Test(configuration, numbers) {
    memset(bytes, 0, ROOM);
    numbered(0, 0x1003A200, 0x1C, 1);
    numbered(1, 0x1000BB00, 0, 0);
    struct mk_configuration c = read();
    cr_assert(c.form == MK_CONFIGURATION_NUMBERED && c.n == 2);
    cr_assert(c.list[0].data.n == 1 && c.list[1].data.n == 0 && c.list[1].id == 0x1000BB00);
    has_path(&c, 0, "0x1003a200");
    mk_configuration_free(&c);
    mk_buffer_uint(b, 0, 4, 0);
    c = read();
    cr_assert_eq(c.n, 0);
    mk_configuration_free(&c);
}

Test(configuration, records_outside) {
    make();
    named(2, "ct", 0x01E0, 3, ROOM - 2);
    mk_buffer_uint(b, 0, 4, 6);
    struct mk_error e = refused(ROOM, MK_E_RANGE, "end of a setting's data");
    cr_assert(e.got == ROOM + 1 && e.limit == ROOM);
    named(2, "ct", 0x01E0, 3, ROOM - 3);
    mk_buffer_uint(b, 0, 4, 6);
    struct mk_configuration c = read();
    mk_configuration_free(&c);
    named(2, "ct", 0x01E0, 1, 0xFFFFFFFF);
    mk_buffer_uint(b, 0, 4, 6);
    refused(ROOM, MK_E_RANGE, "end of a setting's data");
    named(2, "ct", 0x01E0, 1, 4 + 6 * 0x1C - 1);
    mk_buffer_uint(b, 0, 4, 6);
    refused(ROOM, MK_E_RANGE, "inside the table");
}

Test(configuration, counts_that_lie) {
    make();
    refused(3, MK_E_TRUNCATED, "cut off");
    refused(0, MK_E_TRUNCATED, "cut off");
    refused(4 + 6 * 0x1C - 1, MK_E_RANGE, "records");
    mk_buffer_uint(b, 0, 4, 0xFFFFFFFF);
    refused(ROOM, MK_E_COUNT, "records");
    mk_buffer_uint(b, 0, 4, MK_LIMIT_SETTINGS);
    refused(ROOM, MK_E_RANGE, "records");
    mk_buffer_uint(b, 0, 4, MK_LIMIT_SETTINGS + 1);
    refused(ROOM, MK_E_COUNT, "records");
}

Test(configuration, invalid_trees_are_refused) {
    make();
    named(6, "..", 0x11FF, 0, 0);
    refused(ROOM, MK_E_FIELD, "at the top");
    make();
    named(6, "\x1B[2J", 0, 0, 0);
    refused(ROOM, MK_E_FIELD, "without a name");
    make();
    named(6, "", 0, 0, 0);
    refused(ROOM, MK_E_FIELD, "without a name");
    for (unsigned i = 0; i < MK_LIMIT_PATH_DEPTH; i++)
        named(i, "d", 0x1000, 0, 0);
    refused(ROOM, MK_E_COUNT, "one in the other");
    for (unsigned i = 0; i + 1 < MK_LIMIT_PATH_DEPTH; i++)
        named(i, "d", 0x1000, 0, 0);
    named(MK_LIMIT_PATH_DEPTH - 1, "f", 0, 0, 0);
    struct mk_configuration c = read();
    has_path(&c, c.n - 1, "/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/f");
    mk_configuration_free(&c);
}

/* Python's zlib.crc32 gave the sums of {1, 0, 8} and of the data. */
Test(configuration, fitc_has_two_sums) {
    struct mk_fitc fitc;
    memset(bytes, 0xFF, ROOM);
    mk_buffer_uint(b, 0, 4, 1);
    mk_buffer_uint(b, 4, 4, 0x25C4A2EF);
    mk_buffer_uint(b, 8, 4, 8);
    mk_buffer_uint(b, 12, 4, 0xA9E4CD64);
    memcpy(bytes + 16, "\0\0\0\0abcd", 8);
    cr_assert(mk_fitc_read(mk_span_of(bytes, ROOM), &fitc) && mk_fitc_is_whole(&fitc));
    cr_assert(fitc.data.n == 8 && fitc.data.at == 16);
    for (unsigned i = 4; i < 24; i++) {
        bytes[i] ^= 1;
        cr_assert(mk_fitc_read(mk_span_of(bytes, ROOM), &fitc) && !mk_fitc_is_whole(&fitc), "%u",
                  i);
        bytes[i] ^= 1;
    }
    bytes[24] ^= 1;
    cr_assert(mk_fitc_read(mk_span_of(bytes, ROOM), &fitc) && mk_fitc_is_whole(&fitc));
    cr_assert(mk_fitc_read(mk_span_of(bytes, 23), &fitc) && !mk_fitc_is_whole(&fitc));
    cr_assert_not(mk_fitc_read(mk_span_of(bytes, 15), &fitc));
    bytes[0] ^= 2;
    cr_assert_not(mk_fitc_read(mk_span_of(bytes, ROOM), &fitc));
}
