/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/limit.h>
#include <mekit/format/llut.h>

TestSuite(llut, .fini = check_leaks);

#define AT     0x7000u /* offset of the table in its file */
#define CHUNKS 8u
#define SIZE   (MK_LLUT_HEADER_SIZE + 4u * CHUNKS)
#define ROOM   (MK_LLUT_HEADER_SIZE + 4u * MK_LIMIT_CHUNKS + 8)

static uint8_t bytes[ROOM];
static const struct mk_buffer b = {bytes, ROOM};

static struct mk_span table_of(size_t n) {
    return (struct mk_span){.p = bytes, .n = n, .at = AT};
}

static void make(uint32_t n, uint32_t page, const uint32_t *chunks) {
    mk_buffer_fill(b, 0, ROOM, 0);
    mk_buffer_put(b, 0, "LLUT", 4);
    mk_buffer_uint(b, 0x04, 4, n);
    mk_buffer_uint(b, 0x08, 4, 0x21234000);
    mk_buffer_uint(b, 0x0C, 4, 0x5000);
    mk_buffer_uint(b, 0x10, 4, 0x1000);
    mk_buffer_uint(b, 0x14, 4, 0x9000);
    mk_buffer_uint(b, 0x30, 4, page);
    for (uint32_t i = 0; chunks && i < n; i++)
        mk_buffer_uint(b, MK_LLUT_HEADER_SIZE + 4 * i, 4, chunks[i]);
}

static struct mk_llut read(size_t n) {
    struct mk_llut llut;
    struct mk_error e = {0};
    cr_assert(mk_llut_read(table_of(n), &llut, &e), "%s", e.what);
    return llut;
}

static void refused(size_t n, enum mk_code code, uint64_t offset, uint64_t got, uint64_t limit) {
    struct mk_llut llut;
    struct mk_error e = {0};
    cr_assert_not(mk_llut_read(table_of(n), &llut, &e), "%zu bytes", n);
    cr_assert(e.code == code && e.offset == offset, "%zu bytes: %s", n, e.what);
    cr_assert(e.got == got && e.limit == limit, "%zu bytes: %s", n, e.what);
}

Test(llut, the_header_is_read) {
    static const uint32_t chunks[CHUNKS] = {0x40009000};
    make(CHUNKS, 0x400, chunks);
    struct mk_llut llut = read(SIZE);
    cr_assert(llut.n == CHUNKS && llut.page_size == 0x400);
    cr_assert(llut.addr_base == 0x21234000 && llut.spi_base == 0x5000);
    cr_assert(llut.stream_length == 0x1000 && llut.stream_start == 0x9000);
    cr_assert(llut.bytes.at == AT && llut.bytes.n == SIZE);
    cr_assert_eq(llut.table_address, 0x5000 + 4 * (0x1234000 / 0x400));
    mk_llut_free(&llut);
    cr_assert(!llut.chunks && llut.n == 0);
    mk_buffer_uint(b, 0x30, 4, 0x1000);
    mk_buffer_uint(b, 0x0C, 4, 0xFFFFFFFC);
    llut = read(ROOM);
    cr_assert_eq(llut.page_size, 0x1000);
    cr_assert_eq(llut.table_address, UINT64_C(0xFFFFFFFC) + 4 * (0x1234000 / 0x1000));
    cr_assert_eq(llut.bytes.n, SIZE);
    mk_llut_free(&llut);
}

/* A chunk ends at the next larger offset, the last one at the end of the stream. */
Test(llut, where_chunks_end) {
    static const uint32_t chunks[CHUNKS] = {0x40009800, 0xC0009000, 0x80000000, 0x80009123,
                                            0x00009800, 0x00000000, 0x4000B000, 0xC0009FFF};
    static const struct {
        uint32_t start, end;
        uint8_t kind;
        bool repeated;
    } expected[CHUNKS] = {
        {0x9800, 0x9FFF, 0x40, true},  {0x9000, 0x9800, 0xC0, false}, {0, 0, 0x80, false},
        {0, 0, 0x80, false},           {0x9800, 0x9FFF, 0x00, true},  {0, 0, 0x00, false},
        {0xB000, 0xB001, 0x40, false}, {0x9FFF, 0xB000, 0xC0, false},
    };
    make(CHUNKS, 0x400, chunks);
    struct mk_llut llut = read(SIZE);
    for (unsigned i = 0; i < CHUNKS; i++) {
        const struct mk_chunk *chunk = &llut.chunks[i];
        cr_assert(chunk->start == expected[i].start && chunk->end == expected[i].end,
                  "chunk %u: %x to %x", i, chunk->start, chunk->end);
        cr_assert(chunk->kind == expected[i].kind && chunk->repeated == expected[i].repeated,
                  "chunk %u", i);
    }
    mk_llut_free(&llut);
}

Test(llut, the_last_chunk_ends_with_the_stream) {
    static const struct {
        uint32_t chunk, start, length, end;
    } cases[] = {
        {0x40009FFE, 0x9000, 0x1000, 0xA000},    {0x40009FFF, 0x9000, 0x1000, 0xA000},
        {0x4000A000, 0x9000, 0x1000, 0xA001},    {0x40000001, 0x9000, 0x1000, 0xA000},
        {0x40FFFFFF, 0xFFFFFFFF, 5, UINT32_MAX}, {0x40000001, 0xFFFFFFFE, 1, UINT32_MAX},
        {0x40000001, 0xFFFFFFFE, 0, 0xFFFFFFFE}, {0x40000005, 0, 0, 6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make(1, 0x400, &cases[i].chunk);
        mk_buffer_uint(b, 0x10, 4, cases[i].length);
        mk_buffer_uint(b, 0x14, 4, cases[i].start);
        struct mk_llut llut = read(ROOM);
        cr_assert_eq(llut.chunks[0].end, cases[i].end, "case %zu: %x", i, llut.chunks[0].end);
        cr_assert_not(llut.chunks[0].repeated);
        mk_llut_free(&llut);
    }
}

Test(llut, an_offset_of_1_is_one) {
    static const uint32_t chunks[] = {0x40000001, 0x40000001, 0x40000000, 0x40009000};
    make(4, 0x400, chunks);
    struct mk_llut llut = read(ROOM);
    cr_assert(llut.chunks[0].repeated && llut.chunks[1].repeated && llut.chunks[1].end == 0x9000);
    cr_assert(!llut.chunks[2].repeated && llut.chunks[2].end == 0, "0 is none");
    mk_llut_free(&llut);
}

Test(llut, pages_and_counts_that_cannot_be) {
    static const uint32_t pages[] = {0, 1, 0x3FF, 0x401, 0x800, 0xFFF, 0x1001, UINT32_MAX};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        make(1, pages[i], NULL);
        refused(ROOM, MK_E_FIELD, AT + 0x30, pages[i], 0x400);
    }
    make(MK_LIMIT_CHUNKS, 0x400, NULL);
    struct mk_llut llut = read(ROOM);
    cr_assert_eq(llut.n, MK_LIMIT_CHUNKS);
    mk_llut_free(&llut);
    make(MK_LIMIT_CHUNKS + 1, 0x400, NULL);
    refused(ROOM, MK_E_COUNT, AT + 4, MK_LIMIT_CHUNKS + 1, MK_LIMIT_CHUNKS);
    make(UINT32_MAX, 0x400, NULL);
    refused(ROOM, MK_E_COUNT, AT + 4, UINT32_MAX, MK_LIMIT_CHUNKS);
}

Test(llut, a_table_that_is_cut_off) {
    make(CHUNKS, 0x400, NULL);
    for (size_t n = 0; n < SIZE; n++)
        if (n < 4)
            refused(n, MK_E_TAG, AT, 0, 0);
        else if (n < MK_LLUT_HEADER_SIZE)
            refused(n, MK_E_TRUNCATED, AT + n, 0, 0);
        else
            refused(n, MK_E_RANGE, AT + 4, CHUNKS, n / 4);
    make(0, 0x400, NULL);
    struct mk_llut llut = read(MK_LLUT_HEADER_SIZE);
    cr_assert_eq(llut.n, 0);
    mk_llut_free(&llut);
    bytes[3] = 't';
    refused(SIZE, MK_E_TAG, AT, 0, 0);
}

/* Compares with counting page by page, from the start of a page and from a byte before and after
 * it. */
static void check_pages(uint32_t page, int64_t base, uint32_t size) {
    const struct mk_llut llut = {.addr_base = 0x8000, .page_size = page, .n = 5};
    unsigned first, n, low = 5, high = 0;
    int64_t from = base < 0 ? -((-base + page - 1) / page) : base / page;
    for (int64_t i = from; i < from + (size + page - 1) / page; i++)
        if (i >= 0 && i < 5) {
            low = low < i ? low : (unsigned)i;
            high = (unsigned)i + 1;
        }
    mk_llut_pages(&llut, (uint32_t)(0x10008000 + base), size, &first, &n);
    cr_assert_eq(n, high > low ? high - low : 0, "base %d size %x", (int)base, size);
    cr_assert(n == 0 || first == low, "base %d size %x", (int)base, size);
    cr_assert_leq(first, 5);
}

Test(llut, a_module_covers_its_pages_of_the_table) {
    for (uint32_t page = 0x400; page <= 0x1000; page += 0xC00)
        for (int i = 0; i <= 10 * 4; i++)
            for (uint32_t k = 1; k <= 8 * 4; k++) {
                int64_t base = (i / 4 - 3) * (int64_t)page + i % 4 - 1;
                check_pages(page, base, k / 4 * page + k % 4);
                check_pages(page, base, k / 4 * page - (k >= 4));
            }
}

Test(llut, the_largest_numbers_cover_the_whole_table) {
    struct mk_llut llut = {.addr_base = UINT32_MAX, .page_size = 0x400, .n = 3};
    unsigned first, n;
    mk_llut_pages(&llut, 0, UINT32_MAX, &first, &n);
    cr_assert(first == 0 && n == 0, "it ends before the table begins");
    llut.addr_base = 0;
    mk_llut_pages(&llut, 0, UINT32_MAX, &first, &n);
    cr_assert(first == 0 && n == 3);
    mk_llut_pages(&llut, UINT32_MAX, UINT32_MAX, &first, &n);
    cr_assert(first == 3 && n == 0);
    mk_llut_pages(&llut, 0x10000000, UINT32_MAX, &first, &n);
    cr_assert(first == 0 && n == 3);
}
