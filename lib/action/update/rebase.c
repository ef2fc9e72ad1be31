/* SPDX-License-Identifier: MIT */
#include "rebase.h"

/* Offset of the page table from the partition's start. */
static uint64_t table_at(const struct mk_partition *p) {
    return mk_span_offset(p->bytes, p->llut.bytes) + MK_LLUT_HEADER_SIZE;
}

/* The number that the hardware adds to SpiBase to find the table. */
static uint64_t pages_below(const struct mk_partition *p) {
    return p->llut.table_address - p->llut.spi_base;
}

/* The stream begins directly after the table, which gives the partition's old place in its region.
 */
static bool find_old_place(const struct mk_partition *p, uint64_t *place, struct mk_error *e) {
    uint64_t end = table_at(p) + (uint64_t)p->llut.n * MK_LLUT_ENTRY_SIZE;
    if (p->llut.stream_start < end)
        return mk_fail_limit(e, MK_E_RANGE, p->llut.bytes.at, p->llut.stream_start, end,
                             "the stream begins before the page table ends");
    *place = p->llut.stream_start - end;
    return true;
}

static bool rebase_chunk(const struct mk_partition *p, unsigned i, uint64_t old, uint64_t place,
                         struct mk_buffer b, struct mk_error *e) {
    const struct mk_chunk *chunk = &p->llut.chunks[i];
    uint64_t at = table_at(p) + (uint64_t)i * MK_LLUT_ENTRY_SIZE;
    if (chunk->kind == MK_CHUNK_EMPTY || chunk->start == 0)
        return true;
    if (chunk->start < old || chunk->start - old > p->bytes.n)
        return mk_fail_limit(e, MK_E_RANGE, p->bytes.at + at, chunk->start, old + p->bytes.n,
                             "a page lies outside its partition");
    return mk_field_put(b, place + at, &mk_chunk_fields[MK_CHUNK_OFFSET],
                        chunk->start - old + place);
}

bool mki_rebase_table(const struct mk_partition *p, uint64_t place, struct mk_buffer b,
                      struct mk_error *e) {
    uint64_t old = 0, head = place + mk_span_offset(p->bytes, p->llut.bytes);
    if (!p->has_llut)
        return true;
    if (!find_old_place(p, &old, e))
        return false;
    for (unsigned i = 0; i < p->llut.n; i++)
        if (!rebase_chunk(p, i, old, place, b, e))
            return false;
    return mk_field_put(b, head, &mk_llut_fields[MK_LLUT_SPI_BASE],
                        place + table_at(p) - pages_below(p)) &&
           mk_field_put(b, head, &mk_llut_fields[MK_LLUT_STREAM_START],
                        p->llut.stream_start - old + place);
}
