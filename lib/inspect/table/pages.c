/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <mekit/base/arith.h>
#include <mekit/base/text.h>
#include <mekit/format/structure.h>
#include <mekit/image/extent.h>
#include <mekit/image/unpack.h>
#include <stdio.h>

static uint64_t table_of(const struct mk_image *image, const struct mk_partition *p) {
    return mk_span_offset(image->region, p->llut.bytes) + MK_LLUT_HEADER_SIZE;
}

/* SPS 3: OPR2 is a byte copy of OPR1, and its table still gives OPR1's place. */
static bool is_copy(const struct mk_image *image, const struct mk_partition *p) {
    const struct mk_firmware *f = &image->firmware;
    for (size_t i = 0; i < f->n_partitions; i++) {
        const struct mk_partition *other = &f->partitions[i];
        if (other != p && other->has_llut && table_of(image, other) == p->llut.table_address &&
            mk_span_equal(other->llut.bytes, p->llut.bytes))
            return true;
    }
    return false;
}

/* SPS 2 has two tables in a row in OPR1: the second one's pages follow the first one's. */
static bool begins_behind_table(const struct mk_image *image, const struct mk_partition *p) {
    uint64_t end = table_of(image, p) + (uint64_t)MK_LLUT_ENTRY_SIZE * p->llut.n;
    uint64_t told = p->llut.table_address + (uint64_t)MK_LLUT_ENTRY_SIZE * p->llut.n;
    return p->llut.stream_start == told ||
           mk_structure_is_at(mk_span_clip(image->region, end, image->region.n), MK_STRUCTURE_LLUT);
}

static uint32_t lowest_of(const struct mk_llut *llut) {
    uint32_t lowest = UINT32_MAX;
    for (unsigned i = 0; i < llut->n; i++)
        if (llut->chunks[i].start != 0 && llut->chunks[i].start < lowest)
            lowest = llut->chunks[i].start;
    return lowest;
}

/* Modules without Huffman code follow the pages without a gap, and their places are signed.
 * UINT64_MAX: there is none. */
static uint64_t end_of_stream(const struct mk_partition *p) {
    uint64_t end = UINT64_MAX;
    for (size_t i = 0; i < p->n_modules; i++) {
        const struct mk_module *m = &p->modules[i];
        if (m->compression != MK_HUFFMAN && m->end > m->start && m->start > p->llut.stream_start)
            end = mk_min(end, m->start);
    }
    return end;
}

static bool ends_at_the_next_module(const struct mk_image *image, const struct mk_partition *p) {
    uint64_t end = end_of_stream(p);
    return end == UINT64_MAX || p->llut.table_address != table_of(image, p) ||
           (uint64_t)p->llut.stream_start + p->llut.stream_length == end;
}

/* Bit 0 says that pages have 1 KiB; the bytes between the flags and the page size are 0. */
static bool are_flags_possible(const struct mk_llut *llut) {
    const struct mk_field *flags = &mk_llut_fields[MK_LLUT_FLAGS];
    uint64_t value = mk_field_get(llut->bytes, flags);
    uint64_t behind = flags->offset + flags->width;
    struct mk_span reserved =
        mk_span_clip(llut->bytes, behind, mk_llut_fields[MK_LLUT_PAGE_SIZE].offset - behind);
    return value == (llut->page_size == MK_LLUT_PAGE_1K) && mk_span_is_filled(reserved, 0);
}

/* Kinds are 00, 40, 80, C0; every chunk but an empty one has an offset. */
static bool are_chunks_possible(const struct mk_llut *llut) {
    for (unsigned i = 0; i < llut->n; i++) {
        const struct mk_chunk *chunk = &llut->chunks[i];
        bool empty = chunk->kind == MK_CHUNK_EMPTY;
        struct mk_span raw =
            mk_span_clip(llut->bytes, MK_LLUT_HEADER_SIZE + (uint64_t)i * MK_LLUT_ENTRY_SIZE,
                         MK_LLUT_ENTRY_SIZE);
        uint64_t offset = mk_field_get(raw, &mk_chunk_fields[MK_CHUNK_OFFSET]);
        if ((chunk->kind & ~MK_CHUNK_DATA) != 0 || empty != (offset == 0))
            return false;
    }
    return true;
}

/* The addresses of a lone partition count from its intended place, so do not check them. */
static bool inspect_header(const struct mk_image *image, const struct mk_partition *p,
                           struct mk_findings *f, struct mk_error *e) {
    const struct mk_llut *llut = &p->llut;
    uint32_t lowest = lowest_of(llut);
    const char *text = NULL;
    enum mk_llut_field field = MK_LLUT_TAG;
    bool alone = image->kind == MK_IMAGE_PARTITION;
    if (!alone && llut->table_address != table_of(image, p) && !is_copy(image, p)) {
        field = MK_LLUT_SPI_BASE;
        text = "SpiBase and AddrBase of its LLUT do not point to the LLUT";
    } else if (lowest != UINT32_MAX && llut->stream_start != lowest) {
        field = MK_LLUT_STREAM_START;
        text = "the pages of its LLUT do not begin where the LLUT says";
    } else if (!begins_behind_table(image, p)) {
        field = MK_LLUT_COUNT;
        text = "the pages of its LLUT do not begin after the LLUT";
    } else if (!ends_at_the_next_module(image, p)) {
        field = MK_LLUT_STREAM_LENGTH;
        text = "the pages of its LLUT do not end where the next module begins";
    } else if (!are_flags_possible(llut)) {
        field = MK_LLUT_FLAGS;
        text = "its LLUT has flags that no LLUT has";
    } else if (!are_chunks_possible(llut)) {
        text = "its LLUT has entries that no LLUT has";
    }
    return !text || mki_table_find(image, p, f, MK_FINDING_LLUT_DAMAGED,
                                   llut->bytes.at + mk_llut_fields[field].offset, text, e);
}

/* The stored size of a module is signed, the places of its pages are not. Take sizes from the
 * table, never from bytes: a stripped image keeps its table. */
static bool inspect_size(const struct mk_image *image, const struct mk_partition *p,
                         const struct mk_module *m, struct mk_findings *f, struct mk_error *e) {
    struct mk_ranges pages = {0};
    char text[160], name[MK_TEXT_ROOM(16)];
    bool added = mk_module_extents(p, m, &pages);
    uint64_t size = mk_ranges_size(&pages);
    mk_ranges_free(&pages);
    if (!added)
        return mk_fail_memory(e);
    if (m->stored_size == 0 || m->n_pages == 0 || size == m->stored_size)
        return true;
    snprintf(text, sizeof text,
             "the pages of %s have 0x%llx bytes in the LLUT, and 0x%lx by its "
             "signed size",
             mk_text_mask(name, sizeof name, m->name, m->name_length), (unsigned long long)size,
             (unsigned long)m->stored_size);
    return mki_table_find(image, p, f, MK_FINDING_LLUT_DAMAGED, p->llut.bytes.at, text, e);
}

/* Of 87,354 pages in stock images none is only FF; of 4,919 pages of boot modules none repeats a
 * single byte. */
static bool is_lost(const struct mk_module *m, struct mk_span s) {
    return s.n > 1 && mk_span_is_filled(s, m->essential ? mk_span_u8(s, 0) : 0xFF);
}

static unsigned count_lost(const struct mk_image *image, const struct mk_partition *p,
                           const struct mk_module *m, uint64_t *first) {
    unsigned n = 0;
    *first = MK_NOWHERE;
    for (unsigned i = 0; i < m->n_pages; i++) {
        const struct mk_chunk *chunk = &p->llut.chunks[m->first_page + i];
        struct mk_span bytes =
            mk_chunk_bytes(image->region, &p->llut, chunk, (uint64_t)chunk->end - chunk->start);
        if (!is_lost(m, bytes))
            continue;
        *first = mk_min(*first, bytes.at);
        n++;
    }
    return n;
}

/* A strip that also wipes shared pages leaves only the pages that a removed module shares with boot
 * modules. */
static bool is_wiped(const struct mk_image *image, const struct mk_partition *p,
                     const struct mk_module *m, bool *wiped, struct mk_error *e) {
    struct mk_ranges pages = {0}, kept = {0};
    bool done = mk_module_extents(p, m, &pages) && mk_essential_extents(p, &kept) &&
                mk_ranges_subtract(&pages, &kept);
    *wiped = done && mk_extents_are_filled(&pages, image->region, 0xFF);
    mk_ranges_free(&pages);
    mk_ranges_free(&kept);
    return done ? true : mk_fail_memory(e);
}

/* *removed: the module is not needed to boot and was removed completely. */
static bool is_removed(const struct mk_image *image, const struct mk_partition *p,
                       const struct mk_module *m, bool *removed, struct mk_error *e) {
    enum mk_module_state state;
    *removed = false;
    if (m->essential)
        return true;
    if (!mk_module_state(image->region, p, m, &state, e))
        return false;
    *removed = state != MK_MODULE_PRESENT;
    return *removed || is_wiped(image, p, m, removed, e);
}

/* A single page of FF may be intended. Tables of SPS list pages that exist nowhere. */
static bool inspect_bytes(const struct mk_image *image, const struct mk_partition *p,
                          const struct mk_module *m, struct mk_findings *f, struct mk_error *e) {
    char text[120], name[MK_TEXT_ROOM(16)];
    uint64_t first;
    bool removed, told = m->essential || !image->firmware.is_sps;
    unsigned n = told ? count_lost(image, p, m, &first) : 0;
    if (n <= (m->essential ? 0 : 1))
        return true;
    if (!is_removed(image, p, m, &removed, e) || removed)
        return removed;
    snprintf(text, sizeof text, "%u pages of %s%s contain one byte repeated", n,
             mk_text_mask(name, sizeof name, m->name, m->name_length),
             m->essential ? ", which is needed to boot," : "");
    return mki_table_find(image, p, f,
                          m->essential ? MK_FINDING_BOOT_CODE_DAMAGED : MK_FINDING_CODE_DAMAGED,
                          first, text, e);
}

/* Nobody can find its pages: there is no LLUT where the signed entry says. */
static bool inspect_lost(const struct mk_image *image, const struct mk_partition *p,
                         const struct mk_module *m, struct mk_findings *f, struct mk_error *e) {
    char text[120], name[MK_TEXT_ROOM(16)];
    if (p->has_llut || p->problem.code || p != image->firmware.boot)
        return true;
    snprintf(text, sizeof text, "no LLUT says where the pages of %s are",
             mk_text_mask(name, sizeof name, m->name, m->name_length));
    return mki_table_find(image, p, f, MK_FINDING_LLUT_DAMAGED, m->entry.at, text, e);
}

bool mki_pages_inspect(const struct mk_image *image, const struct mk_partition *p,
                       struct mk_findings *f, struct mk_error *e) {
    if (p->layout != MK_LAYOUT_MANIFEST)
        return true;
    if (p->has_llut && !inspect_header(image, p, f, e))
        return false;
    for (size_t i = 0; i < p->n_modules; i++) {
        const struct mk_module *m = &p->modules[i];
        if (m->compression != MK_HUFFMAN)
            continue;
        if (!inspect_lost(image, p, m, f, e) || !inspect_size(image, p, m, f, e) ||
            !inspect_bytes(image, p, m, f, e))
            return false;
    }
    return true;
}
