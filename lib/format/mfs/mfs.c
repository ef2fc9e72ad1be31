/* SPDX-License-Identifier: MIT */
#include "volume.h"

#include <stdlib.h>

const char *mk_mfs_state_name(enum mk_mfs_state s) {
    static const char *const names[] = {"whole", "damaged", "erased", "unknown"};
    return names[s];
}

static bool has_page(struct mk_span bytes) {
    for (uint64_t at = 0; at < bytes.n; at += MK_MFS_PAGE_SIZE)
        if (bytes.n - at >= sizeof(uint32_t) && mk_span_u32(bytes, at) == MK_MFS_PAGE_MAGIC)
            return true;
    return false;
}

/* n: number of pages. In a damaged volume that is unknown, so only the erase count decides. */
static bool is_as_made_page(const struct volume *v, const struct page *page, unsigned n) {
    return page->erases == 1 && page->number >= 1 &&
           (page->number <= n || v->mfs->state == MK_MFS_DAMAGED);
}

/* The vendor's tool numbers pages from 1, erases each once, and writes only configurations and a
 * manifest's copy. */
static bool is_in_use(const struct volume *v) {
    const struct mk_mfs *mfs = v->mfs;
    unsigned n = mfs->n_pages > 0 ? mfs->n_pages - 1 : 0; /* all but the scratch page */
    for (unsigned i = 0; i < mfs->system_pages; i++)
        if (!is_as_made_page(v, &v->system[i], n))
            return true;
    for (unsigned i = 0; i < mfs->data_pages; i++)
        if (!is_as_made_page(v, &v->data[i], n))
            return true;
    for (size_t i = 0; i < mfs->n_files; i++)
        if (mfs->files[i].number != MK_MFS_FILE_INTEL && mfs->files[i].number != MK_MFS_FILE_OEM &&
            mfs->files[i].number != MK_MFS_FILE_MANIFEST)
            return true;
    return false;
}

static bool read_volume(struct volume *v, struct mk_error *e) {
    v->mfs->state = MK_MFS_WHOLE;
    uint64_t pages = v->bytes.n / MK_MFS_PAGE_SIZE;
    if (pages > MK_LIMIT_MFS_PAGES) {
        mki_volume_fault(v, MK_E_COUNT, v->bytes.at, pages, MK_LIMIT_MFS_PAGES, "pages");
        return true;
    }
    v->mfs->n_pages = (unsigned)pages;
    return mki_pages_read(v, e) && mki_log_read(v, e) && mki_files_read(v, e);
}

/* Also set in_use for a damaged volume: damage does not change who wrote to it. */
static bool read_pages(struct volume *v, struct mk_error *e) {
    bool read = read_volume(v, e);
    v->mfs->in_use = read && v->system && v->data && is_in_use(v);
    free(v->system);
    free(v->data);
    free(v->header);
    return read;
}

bool mk_mfs_read(struct mk_span partition, struct mk_mfs *mfs, struct mk_error *e) {
    struct volume v = {.bytes = partition, .mfs = mfs};
    *mfs = (struct mk_mfs){.state = MK_MFS_UNKNOWN};
    if (mk_span_is_filled(partition, 0xFF))
        mfs->state = MK_MFS_ERASED;
    return !has_page(partition) || read_pages(&v, e);
}

void mk_mfs_free(struct mk_mfs *mfs) {
    free(mfs->files);
    free(mfs->memory);
    *mfs = (struct mk_mfs){.state = MK_MFS_UNKNOWN};
}

const struct mk_mfs_file *mk_mfs_file_find(const struct mk_mfs *mfs, unsigned number) {
    for (size_t i = 0; i < mfs->n_files; i++)
        if (mfs->files[i].number == number)
            return &mfs->files[i];
    return NULL;
}
