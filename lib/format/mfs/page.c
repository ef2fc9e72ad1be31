/* SPDX-License-Identifier: MIT */
#include "volume.h"

#include <mekit/base/crc.h>
#include <stdlib.h>

#define SCRATCH_PAGES 1u

const struct mk_field mk_mfs_page_fields[MK_PAGE_FIELDS] = {
    [MK_PAGE_MAGIC] = {"magic", 0x00, 4, 0, 0, "AA557887; 0 or FFFFFFFF: scratch page"},
    [MK_PAGE_NUMBER] = {"number", 0x04, 4, 0, 0, "a later page has a larger one"},
    [MK_PAGE_ERASES] = {"erase count", 0x08, 4, 0, 0, "how often it was erased"},
    [MK_PAGE_NEXT] = {"next", 0x0C, 2, 0, 0, "the page that is erased next"},
    [MK_PAGE_FIRST] = {"first chunk", 0x0E, 2, 0, 0, "0: a system page"},
    [MK_PAGE_SUM] = {"sum", 0x10, 1, 0, 0, "CRC-8 of what is before"},
};

static uint32_t get(struct mk_span page, enum mk_mfs_page_field field) {
    return (uint32_t)mk_field_get(page, &mk_mfs_page_fields[field]);
}

uint8_t mk_mfs_page_sum(struct mk_span page) {
    return mk_crc8(1, mk_span_clip(page, 0, mk_mfs_page_fields[MK_PAGE_SUM].offset));
}

static int by_number(const void *a, const void *b) {
    const struct page *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static int by_first(const void *a, const void *b) {
    const struct page *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* Leave out a page with a wrong sum: it may belong anywhere. */
static void add_page(struct volume *v, struct mk_span bytes) {
    uint64_t sum = get(bytes, MK_PAGE_SUM), right = mk_mfs_page_sum(bytes);
    struct page page = {.bytes = bytes,
                        .number = get(bytes, MK_PAGE_NUMBER),
                        .erases = get(bytes, MK_PAGE_ERASES),
                        .first = (uint16_t)get(bytes, MK_PAGE_FIRST)};
    if (sum != right)
        mki_volume_fault(v, MK_E_CHECKSUM, bytes.at + mk_mfs_page_fields[MK_PAGE_SUM].offset, sum,
                         right, "sum of a page");
    else if (page.first == 0)
        v->system[v->mfs->system_pages++] = page;
    else
        v->data[v->mfs->data_pages++] = page;
}

static void sort_pages(struct volume *v) {
    if (v->mfs->system_pages > 0)
        qsort(v->system, v->mfs->system_pages, sizeof *v->system, by_number);
    if (v->mfs->data_pages > 0)
        qsort(v->data, v->mfs->data_pages, sizeof *v->data, by_first);
}

static void check_order(struct volume *v) {
    for (unsigned i = 1; i < v->mfs->system_pages; i++)
        if (v->system[i].number == v->system[i - 1].number)
            mki_volume_fault(v, MK_E_FIELD, v->system[i].bytes.at, v->system[i].number,
                             v->system[i].number + UINT64_C(1),
                             "number of a page, which another has");
    v->first = v->mfs->data_pages > 0 ? v->data[0].first : 0;
    for (unsigned i = 0; i < v->mfs->data_pages; i++)
        if (v->data[i].first != v->first + i * MK_MFS_DATA_CHUNKS)
            mki_volume_fault(v, MK_E_FIELD, v->data[i].bytes.at, v->data[i].first,
                             v->first + (uint64_t)i * MK_MFS_DATA_CHUNKS, "first chunk of a page");
    v->data_chunks = v->mfs->data_pages * MK_MFS_DATA_CHUNKS;
}

static void sort_out(struct volume *v) {
    unsigned scratch = 0;
    for (unsigned i = 0; i < v->mfs->n_pages; i++) {
        struct mk_span page =
            mk_span_clip(v->bytes, (uint64_t)i * MK_MFS_PAGE_SIZE, MK_MFS_PAGE_SIZE);
        uint32_t magic = get(page, MK_PAGE_MAGIC);
        if (magic == MK_MFS_PAGE_MAGIC)
            add_page(v, page);
        else if (magic == 0 || magic == UINT32_MAX)
            scratch++;
        else
            mki_volume_fault(v, MK_E_TAG, page.at, magic, MK_MFS_PAGE_MAGIC, "magic of a page");
    }
    sort_pages(v);
    check_order(v);
    if (scratch != SCRATCH_PAGES)
        mki_volume_fault(v, MK_E_FIELD, v->bytes.at, scratch, SCRATCH_PAGES, "scratch pages");
}

bool mki_pages_read(struct volume *v, struct mk_error *e) {
    v->system = calloc(v->mfs->n_pages + 1, sizeof *v->system);
    v->data = calloc(v->mfs->n_pages + 1, sizeof *v->data);
    if (!v->system || !v->data)
        return mk_fail_memory(e);
    sort_out(v);
    return true;
}
