/* SPDX-License-Identifier: MIT */
#include "volume.h"

#include <mekit/base/crc.h>
#include <stdlib.h>

#define NUMBER_BITS 0x3FFFu
#define ERASED      0xFFFFu

/* The CCITT CRC, cut to 14 bits after each byte. */
uint16_t mk_mfs_number_mask(uint16_t previous) {
    const uint8_t bytes[] = {(uint8_t)previous, (uint8_t)(previous >> 8)};
    uint16_t crc = NUMBER_BITS;
    for (size_t i = 0; i < sizeof bytes; i++)
        crc = mk_crc16(crc, mk_span_of(&bytes[i], 1)) & NUMBER_BITS;
    return crc;
}

uint16_t mk_mfs_chunk_sum(struct mk_span bytes, uint16_t number) {
    const uint8_t tail[] = {(uint8_t)number, (uint8_t)(number >> 8)};
    return mk_crc16(mk_crc16(0xFFFF, bytes), mk_span_of(tail, sizeof tail));
}

bool mki_chunk_is_right(struct volume *v, struct mk_span stored, uint16_t number) {
    uint16_t sum = mk_span_u16(stored, MK_MFS_CHUNK_SIZE);
    uint16_t right = mk_mfs_chunk_sum(mk_span_clip(stored, 0, MK_MFS_CHUNK_SIZE), number);
    if (sum == right) {
        v->mfs->right++;
        return true;
    }
    v->mfs->wrong++;
    mki_volume_fault(v, MK_E_CHECKSUM, stored.at + MK_MFS_CHUNK_SIZE, sum, right, "sum of a chunk");
    return false;
}

/* A wrong chunk must not replace an earlier right one. */
static void read_chunk(struct volume *v, const struct page *page, unsigned i, uint16_t number) {
    struct mk_span stored = mk_span_clip(
        page->bytes, MK_MFS_SYSTEM_AT + (uint64_t)i * MK_MFS_CHUNK_STORED, MK_MFS_CHUNK_STORED);
    bool right = mki_chunk_is_right(v, stored, number);
    if (number >= v->first)
        mki_volume_fault(v, MK_E_RANGE, page->bytes.at + MK_MFS_SYSTEM_WORDS + 2 * (uint64_t)i,
                         number, v->first, "number of a system chunk");
    else if (right)
        mk_span_copy(stored, 0, v->header + (size_t)number * MK_MFS_CHUNK_SIZE, MK_MFS_CHUNK_SIZE);
}

static void read_page(struct volume *v, const struct page *page) {
    uint16_t number = 0;
    for (unsigned i = 0; i < MK_MFS_SYSTEM_CHUNKS; i++) {
        uint16_t word = mk_span_u16(page->bytes, MK_MFS_SYSTEM_WORDS + 2 * (uint64_t)i);
        if (word == MK_MFS_NUMBERS_END || word == ERASED)
            return;
        number = word ^ mk_mfs_number_mask(number);
        read_chunk(v, page, i, number);
    }
}

bool mki_log_read(struct volume *v, struct mk_error *e) {
    v->header = calloc((size_t)v->first + 1, MK_MFS_CHUNK_SIZE);
    if (!v->header)
        return mk_fail_memory(e);
    for (unsigned i = 0; i < v->mfs->system_pages; i++)
        read_page(v, &v->system[i]);
    return true;
}
