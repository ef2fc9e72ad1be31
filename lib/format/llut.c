/* SPDX-License-Identifier: MIT */
#include <mekit/base/arith.h>
#include <mekit/base/limit.h>
#include <mekit/base/sorted.h>
#include <mekit/format/llut.h>
#include <mekit/format/tag.h>

#include <stdlib.h>

#define VIRTUAL_BASE 0x10000000u

const struct mk_field mk_llut_fields[MK_LLUT_FIELDS] = {
    [MK_LLUT_TAG] = {"tag", 0x00, 4, 0, 0, "\"LLUT\""},
    [MK_LLUT_COUNT] = {"chunks", 0x04, 4, 0, 0, "number of chunks"},
    [MK_LLUT_ADDR_BASE] = {"AddrBase", 0x08, 4, 0, 0, "virtual address of page 0 - 0x10000000"},
    [MK_LLUT_SPI_BASE] = {"SpiBase", 0x0C, 4, 0, 0, "where the table of all pages would begin"},
    [MK_LLUT_STREAM_LENGTH] = {"stream length", 0x10, 4, 0, 0, "bytes"},
    [MK_LLUT_STREAM_START] = {"stream start", 0x14, 4, 0, 0, "from the region"},
    [MK_LLUT_FLAGS] = {"flags", 0x18, 4, 0, 0, "bit 0: 1 KiB pages"},
    [MK_LLUT_PAGE_SIZE] = {"page size", 0x30, 4, 0, 0, "uncompressed bytes of a chunk"},
};

const struct mk_field mk_chunk_fields[MK_CHUNK_FIELDS] = {
    [MK_CHUNK_OFFSET] = {"offset", 0x00, 4, 0, 24, "from the region"},
    [MK_CHUNK_KIND] = {"kind", 0x00, 4, 24, 8, "80 empty, 40 code, C0 data, 00 stored"},
};

static uint32_t get(struct mk_span header, enum mk_llut_field field) {
    return (uint32_t)mk_field_get(header, &mk_llut_fields[field]);
}

/* sorted: the offsets of all chunks that have one; end: the end of the stream. */
static void bound_chunk(struct mk_chunk *chunk, const uint32_t *sorted, size_t n, uint32_t end) {
    size_t first = mk_sorted_not_below(sorted, n, chunk->start);
    size_t next = mk_sorted_above(sorted, n, chunk->start);
    chunk->repeated = next - first > 1;
    uint32_t bound = next < n ? sorted[next] : end;
    /* A chunk that begins beyond the stream gets at least one byte there, so that it is noticed. */
    chunk->end = bound > chunk->start ? bound : chunk->start + 1;
}

static void read_chunks(struct mk_llut *llut, uint32_t *offsets) {
    size_t n = 0;
    for (unsigned i = 0; i < llut->n; i++) {
        struct mk_span raw = mk_span_clip(llut->bytes, MK_LLUT_HEADER_SIZE + i * MK_LLUT_ENTRY_SIZE,
                                          MK_LLUT_ENTRY_SIZE);
        struct mk_chunk *chunk = &llut->chunks[i];
        chunk->kind = (uint8_t)mk_field_get(raw, &mk_chunk_fields[MK_CHUNK_KIND]);
        if (chunk->kind == MK_CHUNK_EMPTY)
            continue;
        chunk->start = (uint32_t)mk_field_get(raw, &mk_chunk_fields[MK_CHUNK_OFFSET]);
        if (chunk->start != 0)
            offsets[n++] = chunk->start;
    }
    mk_sorted_sort(offsets, n);
    uint32_t end = (uint32_t)mk_min((uint64_t)llut->stream_start + llut->stream_length, UINT32_MAX);
    for (unsigned i = 0; i < llut->n; i++)
        if (llut->chunks[i].start != 0)
            bound_chunk(&llut->chunks[i], offsets, n, end);
}

static bool check_header(struct mk_span header, struct mk_error *e) {
    uint32_t page = get(header, MK_LLUT_PAGE_SIZE), n = get(header, MK_LLUT_COUNT);
    if (page != MK_LLUT_PAGE_1K && page != MK_LLUT_PAGE_4K)
        return mk_fail_limit(e, MK_E_FIELD, header.at + mk_llut_fields[MK_LLUT_PAGE_SIZE].offset,
                             page, MK_LLUT_PAGE_1K, "page size of the LLUT");
    if (n > MK_LIMIT_CHUNKS)
        return mk_fail_limit(e, MK_E_COUNT, header.at + mk_llut_fields[MK_LLUT_COUNT].offset, n,
                             MK_LIMIT_CHUNKS, "chunks of the LLUT");
    return true;
}

/* end: the end of the stream if the header does not give it; else 0. */
static bool read_table(struct mk_span s, uint32_t end, struct mk_llut *llut, struct mk_error *e) {
    struct mk_span header;
    if (!mk_span_cut(s, 0, MK_LLUT_HEADER_SIZE, &header))
        return mk_fail(e, MK_E_TRUNCATED, s.at + s.n, "the LLUT's header is cut off");
    if (!check_header(header, e))
        return false;
    *llut = (struct mk_llut){
        .addr_base = get(header, MK_LLUT_ADDR_BASE),
        .spi_base = get(header, MK_LLUT_SPI_BASE),
        .stream_length = get(header, MK_LLUT_STREAM_LENGTH),
        .stream_start = get(header, MK_LLUT_STREAM_START),
        .page_size = get(header, MK_LLUT_PAGE_SIZE),
        .n = get(header, MK_LLUT_COUNT),
    };
    if (end > llut->stream_start)
        llut->stream_length = end - llut->stream_start;
    llut->table_address =
        (uint64_t)llut->spi_base +
        MK_LLUT_ENTRY_SIZE * ((uint64_t)(llut->addr_base & 0x0FFFFFFFu) / llut->page_size);
    if (!mk_span_cut(s, 0, MK_LLUT_HEADER_SIZE + (uint64_t)llut->n * MK_LLUT_ENTRY_SIZE,
                     &llut->bytes))
        return mk_fail_limit(e, MK_E_RANGE, header.at + mk_llut_fields[MK_LLUT_COUNT].offset,
                             llut->n, s.n / MK_LLUT_ENTRY_SIZE,
                             "chunks of the LLUT beyond its partition");
    llut->chunks = calloc((size_t)llut->n + 1, sizeof *llut->chunks);
    uint32_t *offsets = calloc((size_t)llut->n + 1, sizeof *offsets);
    if (llut->chunks && offsets)
        read_chunks(llut, offsets);
    free(offsets);
    if (llut->chunks && offsets)
        return true;
    mk_llut_free(llut);
    return mk_fail_memory(e);
}

bool mk_llut_read(struct mk_span s, struct mk_llut *llut, struct mk_error *e) {
    if (!mk_tag_is_at(s, 0, MK_TAG_LLUT))
        return mk_fail(e, MK_E_TAG, s.at, "expected \"LLUT\"");
    return read_table(s, 0, llut, e);
}

bool mk_glut_read(struct mk_span s, uint64_t region_size, struct mk_llut *glut,
                  struct mk_error *e) {
    if (!mk_span_has(s, 0, "GLUT", 4) && !mk_span_has(s, 0, "\0LUT", 4))
        return mk_fail(e, MK_E_TAG, s.at, "expected \"GLUT\"");
    return read_table(s, (uint32_t)mk_min(region_size, UINT32_MAX), glut, e);
}

void mk_llut_free(struct mk_llut *llut) {
    free(llut->chunks);
    llut->chunks = NULL;
    llut->n = 0;
}

void mk_llut_pages(const struct mk_llut *llut, uint32_t load_base, uint32_t code_size,
                   unsigned *first, unsigned *n) {
    int64_t below = (int64_t)load_base - ((int64_t)llut->addr_base + VIRTUAL_BASE);
    int64_t page = (int64_t)llut->page_size;
    int64_t start = below >= 0 ? below / page : -((-below + page - 1) / page);
    int64_t end = start + ((int64_t)code_size + page - 1) / page;
    start = start < 0 ? 0 : start > llut->n ? llut->n : start;
    end = end < start ? start : end > llut->n ? llut->n : end;
    *first = (unsigned)start;
    *n = (unsigned)(end - start);
}
