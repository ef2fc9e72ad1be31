/* SPDX-License-Identifier: MIT */
/* Corrects the sums of a file system's volume after a test changed its bytes, so that the reader
 * goes past the sums. */
#ifndef MEKIT_TESTS_MFS_MEND_H
#define MEKIT_TESTS_MFS_MEND_H

#include <mekit/format/mfs/mfs.h>

static inline void mfs_mend_chunk(struct mk_buffer b, uint64_t at, unsigned number) {
    struct mk_span bytes = mk_span_clip(mk_buffer_span(b), at, MK_MFS_CHUNK_SIZE);
    mk_buffer_uint(b, at + MK_MFS_CHUNK_SIZE, 2, mk_mfs_chunk_sum(bytes, (uint16_t)number));
}

static inline void mfs_mend_data(struct mk_buffer b, uint64_t page, unsigned first) {
    for (unsigned i = 0; i < MK_MFS_DATA_CHUNKS; i++)
        if (mk_span_u8(mk_buffer_span(b), page + MK_MFS_DATA_MARKS + i) == 0)
            mfs_mend_chunk(b, page + MK_MFS_DATA_AT + (uint64_t)i * MK_MFS_CHUNK_STORED, first + i);
}

static inline void mfs_mend_log(struct mk_buffer b, uint64_t page) {
    uint16_t number = 0;
    for (unsigned i = 0; i < MK_MFS_SYSTEM_CHUNKS; i++) {
        uint16_t word = mk_span_u16(mk_buffer_span(b), page + MK_MFS_SYSTEM_WORDS + 2 * i);
        if ((word & MK_MFS_NUMBERS_END) == MK_MFS_NUMBERS_END)
            return;
        number = word ^ mk_mfs_number_mask(number);
        mfs_mend_chunk(b, page + MK_MFS_SYSTEM_AT + (uint64_t)i * MK_MFS_CHUNK_STORED, number);
    }
}

static inline void mfs_mend(struct mk_buffer b) {
    for (uint64_t at = 0; at + MK_MFS_PAGE_SIZE <= b.n; at += MK_MFS_PAGE_SIZE) {
        struct mk_span page = mk_span_clip(mk_buffer_span(b), at, MK_MFS_PAGE_SIZE);
        unsigned first = (unsigned)mk_field_get(page, &mk_mfs_page_fields[MK_PAGE_FIRST]);
        if (mk_field_get(page, &mk_mfs_page_fields[MK_PAGE_MAGIC]) != MK_MFS_PAGE_MAGIC)
            continue;
        mk_field_put(b, at, &mk_mfs_page_fields[MK_PAGE_SUM], mk_mfs_page_sum(page));
        if (first == 0)
            mfs_mend_log(b, at);
        else
            mfs_mend_data(b, at, first);
    }
}

#endif
