/* SPDX-License-Identifier: MIT */
#include <mekit/image/unpack.h>

#include <mekit/base/arith.h>
#include <mekit/base/limit.h>
#include <mekit/base/sorted.h>
#include <mekit/codec/lzma.h>
#include <mekit/image/extent.h>
#include <stdlib.h>

#define PAGE         0x1000u /* page size of a directory's modules */
#define PAGE_ENTRY   4u
#define OFFSET_MASK  0x01FFFFFFu
#define KIND_SHIFT   25u
#define KIND_CODE    0x20u
#define KIND_DATA    0x60u
#define STREAM_ALIGN 0x40u

/* The codebook that unpacks a module, and the codewords that it used. */
struct unpacker {
    const struct mk_codebook *book;
    struct mk_codewords *met, *of_page; /* of earlier pages, of this page. NULL: not wanted */
};

static bool unpack_coded(const struct unpacker *u, bool data, struct mk_span stream,
                         struct mk_buffer page, size_t *used, struct mk_error *e) {
    if (u->met) {
        mk_codewords_add(u->met, u->of_page);
        *u->of_page = (struct mk_codewords){.bits = {{0}}};
    }
    return mk_huffman_page(u->book, data, stream, page.p, page.n, used, u->of_page, e);
}

/* ---- generation 2: the LLUT lists whole pages; in ME 6 code ends inside the last page ---- */

/* A byte copy of a partition keeps the original's addresses: SpiBase shows how far it moved. */
struct mk_span mk_chunk_bytes(struct mk_span region, const struct mk_llut *llut,
                              const struct mk_chunk *chunk, uint64_t size) {
    uint64_t moved =
        mk_span_offset(region, llut->bytes) + MK_LLUT_HEADER_SIZE - llut->table_address;
    return mk_span_clip(region, chunk->start + moved, size);
}

static bool unpack_chunk(struct mk_span region, const struct mk_llut *llut,
                         const struct mk_chunk *chunk, const struct unpacker *u,
                         struct mk_buffer page, struct mk_error *e) {
    size_t used;
    bool data = (chunk->kind & MK_CHUNK_DATA) == MK_CHUNK_DATA;
    if ((chunk->kind & MK_CHUNK_DATA) == MK_CHUNK_STORED) {
        struct mk_span stored = mk_chunk_bytes(region, llut, chunk, page.n);
        return mk_span_copy(stored, 0, page.p, page.n) ||
               mk_fail(e, MK_E_STREAM, stored.at, "a stored page continues past the end");
    }
    if (!u->book)
        return mk_fail(e, MK_E_CODEBOOK, region.at + chunk->start, "a page is Huffman-coded");
    struct mk_span stream =
        mk_chunk_bytes(region, llut, chunk, (uint64_t)chunk->end - chunk->start);
    return unpack_coded(u, data, stream, page, &used, e);
}

static bool unpack_chunks(struct mk_span region, const struct mk_partition *p,
                          const struct mk_module *m, const struct unpacker *u, struct mk_buffer out,
                          struct mk_error *e) {
    const struct mk_llut *llut = &p->llut;
    size_t at = 0;
    for (unsigned i = 0; i < m->n_pages && at < out.n; i++) {
        const struct mk_chunk *chunk = &llut->chunks[m->first_page + i];
        if (chunk->kind == MK_CHUNK_EMPTY)
            continue;
        struct mk_buffer page = {out.p + at, llut->page_size};
        if (!unpack_chunk(region, llut, chunk, u, page, e))
            return false;
        at += page.n;
    }
    return at == out.n || mk_fail_limit(e, MK_E_STREAM, m->entry.at, at, out.n,
                                        "pages of a module in the LLUT, bytes");
}

/* ---- directories: a table at the module's start lists the pages ---- */

struct paged {
    struct mk_span table, streams;
    uint32_t *offsets; /* sorted */
    size_t n;
};

static bool read_pages(const struct mk_module *m, size_t n, struct paged *paged,
                       struct mk_error *e) {
    *paged = (struct paged){.n = n};
    struct mk_span stored = mk_module_stored(m);
    if (!mk_span_cut(stored, 0, n * PAGE_ENTRY, &paged->table))
        return mk_fail(e, MK_E_STREAM, m->stored.at, "the table of pages is cut off");
    paged->streams = mk_span_clip(stored, n * PAGE_ENTRY, stored.n);
    paged->offsets = calloc(n + 1, sizeof *paged->offsets);
    if (!paged->offsets)
        return mk_fail_memory(e);
    for (size_t i = 0; i < n; i++)
        paged->offsets[i] = mk_span_u32(paged->table, i * PAGE_ENTRY) & OFFSET_MASK;
    mk_sorted_sort(paged->offsets, n);
    return true;
}

/* Zeros fill a page's stream up to the next page. After the last page, another module may begin if
 * the stored size is unknown. */
static bool check_rest(struct mk_span stream, size_t used, bool last, struct mk_error *e) {
    uint64_t end = last ? mk_align(used, STREAM_ALIGN) : stream.n;
    struct mk_span rest = mk_span_clip(stream, used, end - used);
    return mk_span_is_filled(rest, 0) ||
           mk_fail(e, MK_E_STREAM, rest.at, "the bytes between two pages are not zero");
}

static bool unpack_page(const struct paged *paged, size_t i, const struct unpacker *u, uint8_t *out,
                        struct mk_error *e) {
    uint32_t entry = mk_span_u32(paged->table, i * PAGE_ENTRY);
    uint32_t start = entry & OFFSET_MASK, kind = entry >> KIND_SHIFT;
    size_t next = mk_sorted_above(paged->offsets, paged->n, start), used;
    uint64_t end = next < paged->n ? paged->offsets[next] : paged->streams.n;
    struct mk_span stream = mk_span_clip(paged->streams, start, end - mk_min(start, end));
    if (kind != KIND_CODE && kind != KIND_DATA)
        return mk_fail(e, MK_E_STREAM, paged->table.at + i * PAGE_ENTRY, "a page of kind 0x%x",
                       kind);
    return unpack_coded(u, kind == KIND_DATA, stream, (struct mk_buffer){out, PAGE}, &used, e) &&
           check_rest(stream, used, next >= paged->n, e);
}

static bool unpack_pages(const struct mk_module *m, const struct unpacker *u, struct mk_buffer out,
                         struct mk_error *e) {
    struct paged paged;
    if (!u->book)
        return mk_fail(e, MK_E_CODEBOOK, m->stored.at, "its pages are Huffman-coded");
    bool done = out.n % PAGE == 0 || mk_fail_limit(e, MK_E_STREAM, m->entry.at, out.n, PAGE,
                                                   "size of a module that is made of pages");
    if (!done || !read_pages(m, out.n / PAGE, &paged, e))
        return false;
    for (size_t i = 0; done && i < paged.n; i++)
        done = unpack_page(&paged, i, u, out.p + i * PAGE, e);
    free(paged.offsets);
    return done;
}

/* ---- all ---- */

uint64_t mk_module_code_size(const struct mk_module *m, struct mk_error *e) {
    uint64_t size = m->code_size;
    if (m->encrypted)
        mk_fail(e, MK_E_NO_OPERATION, m->entry.at, "the module is encrypted");
    else if (m->compression == MK_COMPRESSION_UNKNOWN)
        mk_fail(e, MK_E_NO_OPERATION, m->entry.at, "the compression is unknown");
    if (m->encrypted || m->compression == MK_COMPRESSION_UNKNOWN)
        return 0;
    uint64_t absent = m->compression == MK_STORED ? 0 : m->absent_size;
    if (m->compression == MK_STORED)
        size = mk_module_stored(m).n;
    else if (m->compression == MK_LZMA && size == 0)
        size = mk_lzma_size(m->stored);
    if (size > absent && size - absent <= MK_LIMIT_CODE)
        return size - absent;
    mk_fail_limit(e, MK_E_RANGE, m->entry.at, size, MK_LIMIT_CODE, "size of a module's code");
    return 0;
}

static bool unpack_with(struct mk_span region, const struct mk_partition *p,
                        const struct mk_module *m, const struct unpacker *u, struct mk_buffer *out,
                        struct mk_error *e) {
    uint64_t size = mk_module_code_size(m, e);
    if (size == 0)
        return false;
    if (m->compression == MK_HUFFMAN && p->layout == MK_LAYOUT_MANIFEST && !p->has_llut)
        return mk_fail(e, MK_E_NO_OPERATION, m->entry.at, "no table says where its pages are");
    bool paged = m->compression == MK_HUFFMAN && p->layout == MK_LAYOUT_MANIFEST;
    uint64_t room = paged ? mk_align(size, p->llut.page_size) : size;
    *out = (struct mk_buffer){malloc((size_t)room), (size_t)room};
    if (!out->p)
        return mk_fail_memory(e);
    bool done = m->compression == MK_LZMA ? mk_lzma_unpack(mk_module_stored(m), out->p, out->n, e)
                : m->compression == MK_STORED     ? mk_span_copy(m->stored, 0, out->p, out->n)
                : p->layout == MK_LAYOUT_MANIFEST ? unpack_chunks(region, p, m, u, *out, e)
                                                  : unpack_pages(m, u, *out, e);
    out->n = (size_t)size;
    if (!done) {
        free(out->p);
        *out = (struct mk_buffer){NULL, 0};
    }
    return done;
}

bool mk_module_unpack(struct mk_span region, const struct mk_partition *p,
                      const struct mk_module *m, const struct mk_codebook *book,
                      struct mk_buffer *out, struct mk_error *e) {
    return unpack_with(region, p, m, &(struct unpacker){.book = book}, out, e);
}

bool mk_module_codewords(struct mk_span region, const struct mk_partition *p,
                         const struct mk_module *m, const struct mk_codebook *book,
                         struct mk_codewords *met, struct mk_error *e) {
    struct mk_buffer code;
    struct mk_error problem = {0};
    struct mk_codewords of_page = {.bits = {{0}}}, before = {.bits = {{0}}};
    bool done =
        unpack_with(region, p, m, &(struct unpacker){book, &before, &of_page}, &code, &problem);
    if (done)
        free(code.p);
    mk_codewords_add(met, &of_page);
    if (problem.code != MK_E_STREAM)
        mk_codewords_add(met, &before);
    if (!done)
        mk_fail_as(e, &problem);
    return done;
}
