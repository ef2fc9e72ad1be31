/* SPDX-License-Identifier: MIT */
#include "volume.h"

#include <stdio.h>

TestSuite(mfs, .fini = check_leaks);

/* The values come from the first page and the first words of real volumes that were never used. */
Test(mfs, its_sums_are_those_of_real_volumes) {
    uint8_t bytes[0x12] = {0x87, 0x78, 0x55, 0xAA, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0xB1, 0};
    cr_assert_eq(mk_mfs_page_sum(mk_span_of(bytes, sizeof bytes)), 0xB1);
    cr_assert_eq(mk_mfs_number_mask(0), 0x0B5B);
    cr_assert_eq(mk_mfs_number_mask(0) ^ 24, 0x0B43);
    cr_assert_eq(mk_mfs_number_mask(24) ^ 23, 0x101E);
}

Test(mfs, a_volume_as_made) {
    volume_open("good-me11-mfs");
    struct mk_mfs mfs = volume_read();
    cr_assert_eq(mfs.state, MK_MFS_WHOLE, "%s", mfs.problem.what);
    cr_assert(!mfs.in_use && mfs.problem.code == MK_OK);
    cr_assert(mfs.n_pages == 3 && mfs.system_pages == 1 && mfs.data_pages == 1);
    cr_assert(mfs.right == FIRST + 1 + 16 && mfs.wrong == 0);
    cr_assert(mfs.places == PLACES && mfs.dictionary == 1 && mfs.platform == 0);
    cr_assert(mfs.n_files == 2 && mk_mfs_file_find(&mfs, 6) && mk_mfs_file_find(&mfs, 7));
    cr_assert(!mk_mfs_file_find(&mfs, 8));
    cr_assert_eq(mk_mfs_file_find(&mfs, 6)->bytes.n, 489);
    mk_mfs_free(&mfs);
    cr_assert(!mfs.files && mfs.n_files == 0);
}

Test(mfs, a_file_is_its_chunks_in_order) {
    uint8_t wanted[489];
    volume_open("good-me11-mfs");
    for (size_t i = 0; i < sizeof wanted; i++)
        wanted[i] = volume_bytes[data_at(0, i)];
    struct mk_mfs mfs = volume_read();
    cr_assert(mk_span_equal(mk_mfs_file_find(&mfs, 6)->bytes, mk_span_of(wanted, sizeof wanted)));
    mk_mfs_free(&mfs);
}

Test(mfs, a_volume_in_use) {
    static const size_t sizes[] = {489, 489, 124, 148, 0, 8};
    static const unsigned numbers[] = {6, 7, 8, 10, 11, 12};
    volume_open("good-me11-used");
    struct mk_mfs mfs = volume_read();
    cr_assert(mfs.state == MK_MFS_WHOLE && mfs.in_use && mfs.n_files == 6);
    for (size_t i = 0; i < 6; i++)
        cr_assert(mfs.files[i].number == numbers[i] && mfs.files[i].bytes.n == sizes[i]);
    mk_mfs_free(&mfs);
}

/* Each of these alone shows that the volume is in use. */
Test(mfs, signs_that_it_is_in_use) {
    static const struct {
        enum mk_mfs_page_field field;
        uint64_t value;
        bool in_use;
    } rows[] = {{MK_PAGE_ERASES, 1, false}, {MK_PAGE_ERASES, 2, true}, {MK_PAGE_NUMBER, 2, false},
                {MK_PAGE_NUMBER, 3, true},  {MK_PAGE_NUMBER, 0, true}, {MK_PAGE_NEXT, 9, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        volume_open("good-me11-mfs");
        page_put(1, rows[i].field, rows[i].value);
        struct mk_mfs mfs = volume_read();
        cr_assert(mfs.state == MK_MFS_WHOLE && mfs.in_use == rows[i].in_use, "row %zu", i);
        mk_mfs_free(&mfs);
    }
    for (unsigned number = 0; number < PLACES; number++) {
        volume_open("good-me11-mfs");
        if (number == 6 || number == 7)
            continue;
        link_put(number, MK_MFS_FILE_EMPTY);
        struct mk_mfs mfs = volume_read();
        cr_assert(mfs.state == MK_MFS_WHOLE && mfs.in_use == (number != 9), "file %u", number);
        cr_assert_eq(mfs.n_files, 3);
        mk_mfs_free(&mfs);
    }
}

static void expect_damage(const char *what, enum mk_code code, const char *words) {
    struct mk_mfs mfs = volume_read();
    cr_expect_eq(mfs.state, MK_MFS_DAMAGED, "%s: %s", what, mk_mfs_state_name(mfs.state));
    cr_expect_eq(mfs.problem.code, code, "%s: %s", what, mfs.problem.what);
    cr_expect(strstr(mfs.problem.what, words), "%s: %s", what, mfs.problem.what);
    mk_mfs_free(&mfs);
}

Test(mfs, a_wrong_sum_is_damage_with_its_place) {
    static const struct {
        uint64_t at, told;
    } rows[] = {{8, 0x10},                                          /* a system page */
                {MK_MFS_PAGE_SIZE + 0x10, MK_MFS_PAGE_SIZE + 0x10}, /* a data page */
                {MK_MFS_SYSTEM_AT, MK_MFS_SYSTEM_AT + 0x40},        /* an old chunk of the log */
                {MK_MFS_SYSTEM_AT + 13 * 0x42 + 0x41, MK_MFS_SYSTEM_AT + 13 * 0x42 + 0x40},
                {DATA, DATA + 0x40},
                {DATA + 15 * 0x42 + 0x3F, DATA + 15 * 0x42 + 0x40}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        volume_open("good-me11-mfs");
        volume_bytes[rows[i].at] ^= 0x10;
        struct mk_mfs mfs = volume_read();
        cr_expect_eq(mfs.state, MK_MFS_DAMAGED, "row %zu", i);
        cr_expect_eq(mfs.problem.code, MK_E_CHECKSUM, "row %zu: %s", i, mfs.problem.what);
        cr_expect_eq(mfs.problem.offset, rows[i].told, "row %zu", i);
        mk_mfs_free(&mfs);
    }
}

/* Chunks of no file may have any bytes: a running ME leaves old ones. */
Test(mfs, chunks_of_no_file_do_not_count) {
    volume_open("good-me11-mfs");
    volume_bytes[DATA + 16 * MK_MFS_CHUNK_STORED] ^= 1;
    volume_bytes[MK_MFS_SYSTEM_AT + 14 * MK_MFS_CHUNK_STORED] ^= 1;
    volume_bytes[2 * MK_MFS_PAGE_SIZE + 0x100] ^= 1;
    struct mk_mfs mfs = volume_read();
    cr_assert_eq(mfs.state, MK_MFS_WHOLE, "%s", mfs.problem.what);
    mk_mfs_free(&mfs);
}

Test(mfs, chains_that_loop_or_leave_the_table) {
    const struct {
        unsigned link, value;
        enum mk_code code;
        const char *words;
    } rows[] = {
        {PLACES + 2, PLACES + 2, MK_E_FIELD, "two low-level files have"},
        {PLACES + 7, PLACES, MK_E_FIELD, "two low-level files have"},
        {7, PLACES + 3, MK_E_FIELD, "two low-level files have"},
        {PLACES + 1, PLACES + MK_MFS_DATA_CHUNKS, MK_E_RANGE, "chunk of a low-level file"},
        {PLACES + 1, 0xFFFF, MK_E_RANGE, "chunk of a low-level file"},
        {PLACES + 1, 0x41, MK_E_RANGE, "chunk of a low-level file"},
        {PLACES + 1, PLACES - 1, MK_E_RANGE, "chunk of a low-level file"},
        {6, 1, MK_E_RANGE, "chunk of a low-level file"},
        {6, PLACES + MK_MFS_DATA_CHUNKS, MK_E_RANGE, "chunk of a low-level file"},
        {200, PLACES + 121, MK_E_FIELD, "mark of a chunk"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char what[16];
        volume_open("good-me11-mfs");
        link_put(rows[i].link, rows[i].value);
        snprintf(what, sizeof what, "row %zu", i);
        expect_damage(what, rows[i].code, rows[i].words);
    }
}

Test(mfs, a_chain_may_end_with_as_many_bytes_as_a_chunk_has) {
    volume_open("good-me11-mfs");
    link_put(PLACES + 7, 0x40);
    struct mk_mfs mfs = volume_read();
    cr_assert_eq(mfs.state, MK_MFS_WHOLE, "%s", mfs.problem.what);
    cr_assert_eq(mk_mfs_file_find(&mfs, 6)->bytes.n, 8 * 0x40);
    mk_mfs_free(&mfs);
}

/* A hole in the table reads as 0. */
Test(mfs, a_chain_that_ends_with_nothing_counts_in_a_whole_volume_alone) {
    volume_open("good-me11-mfs");
    link_put(PLACES + 7, 0);
    struct mk_mfs mfs = volume_read();
    cr_assert_eq(mfs.state, MK_MFS_WHOLE, "%s", mfs.problem.what);
    cr_assert(mk_mfs_file_find(&mfs, 6));
    cr_assert_eq(mk_mfs_file_find(&mfs, 6)->bytes.n, 7 * 0x40);
    mk_mfs_free(&mfs);
    header_put(mk_mfs_volume_fields[MK_VOLUME_SIZE].offset, 4, 0);
    mfs = volume_read();
    cr_assert_eq(mfs.state, MK_MFS_DAMAGED);
    cr_assert(!mk_mfs_file_find(&mfs, 6) && mk_mfs_file_find(&mfs, 7));
    mk_mfs_free(&mfs);
}

Test(mfs, headers_that_lie) {
    static const struct {
        unsigned at, width;
        uint64_t value;
        enum mk_code code;
        const char *words;
    } rows[] = {
        {0x00, 4, 0x724F6202, MK_E_TAG, "magic of the volume"},
        {0x08, 4, 0x21C1, MK_E_FIELD, "size of the volume"},
        {0x08, 4, 0xFFFFFFFF, MK_E_FIELD, "size of the volume"},
        {0x0C, 2, 0xFFFF, MK_E_COUNT, "places"},
        {0x0C, 2, 0, MK_E_COUNT, "places"},
        {0x0C, 2, 0x3F, MK_E_COUNT, "places"},
        {0x0C, 2, 0x1000, MK_E_RANGE, "table of files"},
        {0x0C, 2, 0x1001, MK_E_COUNT, "places"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char what[16];
        volume_open("good-me11-mfs");
        header_put(rows[i].at, rows[i].width, rows[i].value);
        snprintf(what, sizeof what, "row %zu", i);
        expect_damage(what, rows[i].code, rows[i].words);
    }
}

Test(mfs, pages_that_are_out_of_order) {
    volume_open("good-me11-mfs");
    page_put(1, MK_PAGE_FIRST, 0);
    expect_damage("no data page", MK_E_RANGE, "number of a system chunk");
    volume_open("good-me11-mfs");
    page_put(1, MK_PAGE_FIRST, FIRST + 1);
    expect_damage("one chunk later", MK_E_FIELD, "size of the volume");
    volume_open("good-me11-mfs");
    page_put(2, MK_PAGE_MAGIC, MK_MFS_PAGE_MAGIC);
    page_put(2, MK_PAGE_FIRST, FIRST + 7);
    expect_damage("a gap", MK_E_FIELD, "first chunk of a page");
    volume_open("good-me11-mfs");
    memcpy(volume_bytes + 2 * MK_MFS_PAGE_SIZE, volume_bytes, MK_MFS_PAGE_SIZE);
    expect_damage("two of a number", MK_E_FIELD, "number of a page");
    volume_open("good-me11-mfs");
    page_put(1, MK_PAGE_MAGIC, 0x12345678);
    expect_damage("another magic", MK_E_TAG, "magic of a page");
    volume_open("good-me11-mfs");
    page_put(1, MK_PAGE_MAGIC, 0);
    expect_damage("two scratch pages", MK_E_FIELD, "scratch pages");
    volume_open("good-me11-mfs");
    page_put(2, MK_PAGE_MAGIC, 0);
    struct mk_mfs mfs = volume_read();
    cr_assert_eq(mfs.state, MK_MFS_WHOLE, "a scratch page of zeros: %s", mfs.problem.what);
    mk_mfs_free(&mfs);
}

/* The order of pages on the flash does not matter, only their numbers. */
Test(mfs, pages_may_stand_anywhere) {
    uint8_t page[MK_MFS_PAGE_SIZE];
    volume_open("good-me11-mfs");
    memcpy(page, volume_bytes, sizeof page);
    memmove(volume_bytes, volume_bytes + sizeof page, 2 * sizeof page);
    memcpy(volume_bytes + 2 * sizeof page, page, sizeof page);
    struct mk_mfs mfs = volume_read();
    cr_assert(mfs.state == MK_MFS_WHOLE && mfs.n_files == 2, "%s", mfs.problem.what);
    mk_mfs_free(&mfs);
}

Test(mfs, bytes_that_are_no_volume) {
    struct mk_mfs mfs;
    memset(volume_bytes, 0xFF, SIZE);
    mfs = volume_read();
    cr_assert(mfs.state == MK_MFS_ERASED && !mfs.in_use);
    memset(volume_bytes, 0x00, SIZE);
    mfs = volume_read();
    cr_assert(mfs.state == MK_MFS_UNKNOWN && mfs.problem.code == MK_OK);
    volume_open("good-me11-mfs");
    for (size_t n = 0; n < SIZE; n += 0x1FF) {
        cr_assert(mk_mfs_read(mk_span_of(volume_bytes, n), &mfs, NULL));
        cr_assert_eq(mfs.state, n == 0 ? MK_MFS_ERASED : MK_MFS_DAMAGED, "%zu bytes", n);
        mk_mfs_free(&mfs);
    }
}

Test(mfs, more_pages_than_can_be) {
    size_t n = (size_t)(MK_LIMIT_MFS_PAGES + 1) * MK_MFS_PAGE_SIZE;
    uint8_t *many = calloc(n, 1);
    struct mk_mfs mfs;
    volume_open("good-me11-mfs");
    memcpy(many, volume_bytes, SIZE);
    cr_assert(mk_mfs_read(mk_span_of(many, n), &mfs, NULL));
    cr_assert(mfs.state == MK_MFS_DAMAGED && mfs.problem.code == MK_E_COUNT && mfs.n_pages == 0);
    mk_mfs_free(&mfs);
    cr_assert(mk_mfs_read(mk_span_of(many, n - 1), &mfs, NULL));
    cr_assert(mfs.n_pages == MK_LIMIT_MFS_PAGES && mfs.n_files == 2);
    mk_mfs_free(&mfs);
    free(many);
}
