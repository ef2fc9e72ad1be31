/* SPDX-License-Identifier: MIT */
#include "volume.h"

#include <mekit/format/mfs/home.h>
#include <mekit/image/file_system.h>

TestSuite(home, .fini = check_leaks);

/* Chunks of the low-level files 8 (bup/) and 10 (ct, mbp) in the recipe. */
#define ROOT      16u
#define BUP       18u
#define RECORD(i) (0x18u * (i))

static void put(unsigned chunk, uint64_t offset, unsigned width, uint64_t value) {
    for (unsigned i = 0; i < width; i++)
        cr_assert(mk_buffer_uint(volume, data_at(chunk, offset + i), 1, value >> 8 * i & 0xFF));
    mfs_mend(volume);
}

static bool read(struct mk_configuration *home, struct mk_mfs *mfs, struct mk_error *e) {
    *mfs = volume_read();
    *e = (struct mk_error){0};
    return mk_home_read(mfs, home, e);
}

static size_t count(void) {
    struct mk_configuration home;
    struct mk_mfs mfs;
    struct mk_error e;
    cr_assert(read(&home, &mfs, &e), "%s", e.what);
    size_t n = home.n;
    mk_configuration_free(&home);
    mk_mfs_free(&mfs);
    return n;
}

static void refused(enum mk_code code, const char *words) {
    struct mk_configuration home;
    struct mk_mfs mfs;
    struct mk_error e;
    cr_assert_not(read(&home, &mfs, &e), "%s", words);
    cr_assert(e.code == code && strstr(e.what, words), "%s", e.what);
    cr_assert(!home.list);
    mk_mfs_free(&mfs);
}

Test(home, is_a_tree_of_low_level_files) {
    static const char *const paths[] = {"/bup", "/bup/ct", "/bup/mbp"};
    struct mk_configuration home;
    struct mk_mfs mfs;
    struct mk_error e;
    char path[MK_SETTING_PATH_ROOM];
    volume_open("good-me11-used");
    cr_assert(read(&home, &mfs, &e) && home.n == 3, "%s", e.what);
    for (size_t i = 0; i < 3; i++)
        cr_assert_str_eq(mk_setting_path(&home, i, path, sizeof path), paths[i]);
    cr_assert(home.list[0].directory && home.list[0].id == 10 && !home.list[1].directory);
    cr_assert(home.list[1].data.n == 0 && home.list[2].data.n == 8);
    mk_configuration_free(&home);
    mk_mfs_free(&mfs);
}

Test(home, a_new_volume_has_no_home) {
    volume_open("good-me11-mfs");
    cr_assert_eq(count(), 0);
}

Test(home, a_directory_that_contains_itself) {
    volume_open("good-me11-used");
    put(BUP, RECORD(3), 2, 0x1000 | 10);
    put(BUP, RECORD(3) + 4, 2, MK_HOME_DIRECTORY);
    refused(MK_E_FIELD, "in itself");
    volume_open("good-me11-used");
    put(ROOT, RECORD(2), 2, 8);
    refused(MK_E_FIELD, "in itself");
}

Test(home, a_missing_or_invalid_directory) {
    volume_open("good-me11-used");
    put(ROOT, RECORD(2), 2, 0xFFF);
    cr_assert_eq(count(), 1);
    volume_open("good-me11-used");
    put(BUP, RECORD(2) + 0x0C, 1, 0x1B);
    cr_assert_eq(count(), 1);
    volume_open("good-me11-used");
    put(BUP, RECORD(2) + 0x0C, 1, 0);
    cr_assert_eq(count(), 1);
}

/* Bytes after a name do not matter; a name may fill its field. */
Test(home, names) {
    volume_open("good-me11-used");
    put(BUP, RECORD(2) + 0x0F, 4, 0xAAAAAAAA);
    cr_assert_eq(count(), 3);
    put(BUP, RECORD(2) + 0x0C, 8, 0x3837363534333231);
    put(BUP, RECORD(2) + 0x14, 4, 0x31313131);
    cr_assert_eq(count(), 3);
}

/* A protected file ends with a keyed hash, which is not part of its data. */
Test(home, a_tail_is_no_data) {
    struct mk_configuration home;
    struct mk_mfs mfs;
    struct mk_error e;
    volume_open("good-me11-used");
    put(BUP, RECORD(3), 2, 0x1000 | 10);
    put(BUP, RECORD(3) + 4, 2, MK_MODE_INTEGRITY);
    cr_assert(read(&home, &mfs, &e));
    cr_assert_eq(home.list[2].data.n, 148 - 0x34);
    mk_configuration_free(&home);
    mk_mfs_free(&mfs);
}

Test(home, the_trace_of_deguard) {
    struct mk_configuration home;
    struct mk_mfs mfs;
    struct mk_error e;
    volume_open("good-me11-used");
    cr_assert(read(&home, &mfs, &e) && !mk_configuration_is_deguarded(&home));
    mk_configuration_free(&home);
    mk_mfs_free(&mfs);
    put(BUP, RECORD(2), 2, 0x1000 | 12);
    cr_assert(read(&home, &mfs, &e) && mk_configuration_is_deguarded(&home));
    mk_configuration_free(&home);
    mk_mfs_free(&mfs);
}
