/* SPDX-License-Identifier: MIT */
/* Private to lib/format/mfs: the steps of reading a volume. */
#ifndef MEKIT_FORMAT_MFS_VOLUME_H
#define MEKIT_FORMAT_MFS_VOLUME_H

#include <mekit/format/mfs/mfs.h>

struct page {
    struct mk_span bytes;
    uint32_t number, erases;
    uint16_t first;
};

struct volume {
    struct mk_span bytes; /* the partition */
    struct mk_mfs *mfs;
    struct page *system, *data; /* owned; sorted by number, by first chunk; counts are in mfs */
    unsigned first;             /* number of the first data chunk, and count of system chunks */
    uint8_t *header;            /* owned: the system chunks, sorted by number */
    unsigned data_chunks;
};

/* Records a fault and keeps only the first one. */
void mki_volume_fault(struct volume *v, enum mk_code code, uint64_t offset, uint64_t got,
                      uint64_t limit, const char *what);

/* All return false only for MEMORY. */
bool mki_pages_read(struct volume *v, struct mk_error *e);
bool mki_log_read(struct volume *v, struct mk_error *e);
bool mki_files_read(struct volume *v, struct mk_error *e);

/* Checks the sum of a stored chunk and counts it. */
bool mki_chunk_is_right(struct volume *v, struct mk_span stored, uint16_t number);

#endif
