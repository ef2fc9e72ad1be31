/* SPDX-License-Identifier: MIT */
#include "volume.h"

#include <forge/build.h>
#include <mekit/format/mfs/home.h>

TestSuite(mfs_damage, .fini = check_leaks);

#define VOLUMES 800u /* for each kind and each recipe */

static const char *const recipes[] = {"good-me11-mfs", "good-me11-used", "good-me11-deguarded"};

static uint32_t choose(struct forge_random *r, uint32_t limit) {
    uint32_t value = 0;
    for (unsigned i = 0; i < 4; i++)
        value = value << 8 | forge_random_byte(r);
    return value % limit;
}

/* Checks properties of every volume, whatever its bytes are. */
static void check(const struct mk_mfs *mfs) {
    size_t total = 0;
    struct mk_configuration c;
    for (size_t i = 0; i < mfs->n_files; i++) {
        total += mfs->files[i].bytes.n;
        cr_assert(mfs->files[i].number < mfs->places);
        cr_assert(i == 0 || mfs->files[i - 1].number < mfs->files[i].number);
    }
    cr_assert(total <= mfs->right * MK_MFS_CHUNK_SIZE);
    cr_assert((mfs->state == MK_MFS_DAMAGED) == (mfs->problem.code != MK_OK));
    cr_assert(mfs->wrong == 0 || mfs->state == MK_MFS_DAMAGED);
    for (size_t i = 0; i < mfs->n_files; i++)
        if (mk_configuration_read(mfs->files[i].bytes, &c, NULL)) {
            char path[MK_SETTING_PATH_ROOM];
            for (size_t k = 0; k < c.n; k++)
                cr_assert(strlen(mk_setting_path(&c, k, path, sizeof path)) < sizeof path);
            mk_configuration_free(&c);
        }
    if (mk_home_read(mfs, &c, NULL)) {
        cr_assert(c.n <= MK_LIMIT_HOME_RECORDS);
        mk_configuration_free(&c);
    }
}

/* Changes a few bytes of the used parts; the scratch page is unused. */
static void damage(struct forge_random *r) {
    for (unsigned n = 1 + choose(r, 4); n > 0; n--) {
        static const uint32_t bounds[][2] = {
            {0, 0x400}, {0, 2 * MK_MFS_PAGE_SIZE}, {MK_MFS_PAGE_SIZE, MK_MFS_PAGE_SIZE + 0x800}};
        const uint32_t *bound = bounds[choose(r, 3)];
        uint32_t at = bound[0] + choose(r, bound[1] - bound[0]);
        uint32_t flipped = volume_bytes[at] ^ UINT32_C(1) << choose(r, 8);
        volume_bytes[at] = (uint8_t)(choose(r, 2) ? choose(r, 256) : flipped);
    }
}

static void try_volumes(bool mend) {
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct forge_random r = forge_random_of(recipes[i]);
        unsigned damaged = 0;
        for (unsigned k = 0; k < VOLUMES; k++) {
            volume_open(recipes[i]);
            damage(&r);
            if (mend)
                mfs_mend(volume);
            struct mk_mfs mfs = volume_read();
            damaged += mfs.state == MK_MFS_DAMAGED;
            check(&mfs);
            mk_mfs_free(&mfs);
        }
        cr_assert(damaged > VOLUMES / 10 && damaged < VOLUMES, "%s: %u damaged", recipes[i],
                  damaged);
    }
}

Test(mfs_damage, is_found_or_does_no_harm, .timeout = 100) {
    try_volumes(false);
}

Test(mfs_damage, does_no_harm_behind_right_sums, .timeout = 100) {
    try_volumes(true);
}

/* Flips any bit of a file or of the log. */
Test(mfs_damage, one_bit_is_always_found) {
    struct forge_random r = forge_random_of("one bit");
    for (unsigned k = 0; k < VOLUMES; k++) {
        volume_open("good-me11-mfs");
        uint64_t at = choose(&r, 2) ? DATA + choose(&r, 16 * MK_MFS_CHUNK_STORED)
                                    : MK_MFS_SYSTEM_AT + choose(&r, 14 * MK_MFS_CHUNK_STORED);
        volume_bytes[at] ^= (uint8_t)(1u << choose(&r, 8));
        struct mk_mfs mfs = volume_read();
        cr_assert_eq(mfs.state, MK_MFS_DAMAGED, "0x%x", (unsigned)at);
        mk_mfs_free(&mfs);
    }
}

/* File 6 has more than one chunk, and its first one is the first of the data. */
Test(mfs_damage, a_file_with_a_wrong_chunk_is_left_out) {
    volume_open("good-me11-mfs");
    volume_bytes[DATA] ^= 1;
    struct mk_mfs mfs = volume_read();
    cr_assert(mfs.state == MK_MFS_DAMAGED && mfs.wrong == 1);
    cr_assert(!mk_mfs_file_find(&mfs, 6) && mk_mfs_file_find(&mfs, 7));
    mk_mfs_free(&mfs);
}
