/* SPDX-License-Identifier: MIT */
/* A lone forged volume, and functions that change it. */
#ifndef MEKIT_TESTS_VOLUME_H
#define MEKIT_TESTS_VOLUME_H

#include "../forged.h"
#include "../mfs_mend.h"

#define AT     0x1000u /* offset of the volume in its region */
#define SIZE   0x6000u
#define PLACES 256u
#define FIRST  13u /* first data chunk */
#define DATA   (MK_MFS_PAGE_SIZE + MK_MFS_DATA_AT)

static uint8_t volume_bytes[SIZE];
static const struct mk_buffer volume = {volume_bytes, SIZE};

/* Signing an image takes a while, so keep the last one. */
static inline void volume_open(const char *recipe) {
    static uint8_t kept[SIZE];
    static const char *kept_recipe;
    if (kept_recipe != recipe) {
        struct mk_buffer b = forged(recipe);
        cr_assert(mk_span_copy(mk_buffer_span(b), AT, kept, SIZE));
        free(b.p);
        kept_recipe = recipe;
    }
    memcpy(volume_bytes, kept, SIZE);
}

static inline struct mk_mfs volume_read(void) {
    struct mk_mfs mfs;
    struct mk_error e = {0};
    cr_assert(mk_mfs_read(mk_buffer_span(volume), &mfs, &e), "%s", e.what);
    return mfs;
}

/* The place of a byte of the header: the log begins with an old chunk 0. */
static inline uint64_t header_at(uint64_t offset) {
    return MK_MFS_SYSTEM_AT + (offset / MK_MFS_CHUNK_SIZE + 1) * MK_MFS_CHUNK_STORED +
           offset % MK_MFS_CHUNK_SIZE;
}

static inline void header_put(uint64_t offset, unsigned width, uint64_t value) {
    for (unsigned i = 0; i < width; i++)
        cr_assert(mk_buffer_uint(volume, header_at(offset + i), 1, value >> 8 * i & 0xFF));
    mfs_mend(volume);
}

/* Writes an entry of the table: that of a file, or PLACES + a data chunk. */
static inline void link_put(unsigned i, unsigned value) {
    header_put(MK_MFS_TABLE_AT + 2 * (uint64_t)i, 2, value);
}

static inline void page_put(unsigned page, enum mk_mfs_page_field field, uint64_t value) {
    cr_assert(
        mk_field_put(volume, (uint64_t)page * MK_MFS_PAGE_SIZE, &mk_mfs_page_fields[field], value));
    mfs_mend(volume);
}

/* The place of a byte of the file that begins in a data chunk. */
static inline uint64_t data_at(unsigned chunk, uint64_t offset) {
    return DATA + (chunk + offset / MK_MFS_CHUNK_SIZE) * MK_MFS_CHUNK_STORED +
           offset % MK_MFS_CHUNK_SIZE;
}

#endif
