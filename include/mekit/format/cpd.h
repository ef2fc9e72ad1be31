/* SPDX-License-Identifier: MIT */
/* $CPD, the code partition directory of generation 3: named entries (manifest, metadata, modules).
 */
#ifndef MEKIT_FORMAT_CPD_H
#define MEKIT_FORMAT_CPD_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/field.h>
#include <mekit/base/limit.h>

MK_BEGIN_DECLS

#define MK_CPD_ENTRY_SIZE 0x18u

enum mk_cpd_field {
    MK_CPD_TAG,
    MK_CPD_COUNT,
    MK_CPD_VERSION,
    MK_CPD_ENTRY_VERSION,
    MK_CPD_HEADER_LENGTH, /* 0x10; version 2: 0x14 */
    MK_CPD_CHECKSUM,      /* version 1 */
    MK_CPD_NAME,
    MK_CPD_CRC, /* version 2 */
    MK_CPD_FIELDS
};
extern const struct mk_field mk_cpd_fields[MK_CPD_FIELDS];

enum mk_cpd_entry_field {
    MK_CPD_ENTRY_NAME,
    MK_CPD_ENTRY_OFFSET,  /* bits 24:0, from $CPD */
    MK_CPD_ENTRY_HUFFMAN, /* bit 25 */
    MK_CPD_ENTRY_LENGTH,  /* uncompressed for Huffman, else stored */
    MK_CPD_ENTRY_FIELDS
};
extern const struct mk_field mk_cpd_entry_fields[MK_CPD_ENTRY_FIELDS];

struct mk_cpd_entry {
    uint8_t name[12];
    uint32_t offset, length;
    bool huffman;
    uint64_t end; /* the next larger offset, or the partition's end: it can't reach further */
};

struct mk_cpd {
    uint8_t name[4];
    unsigned version, n;
    uint64_t table_end;           /* header and entries, from $CPD */
    bool checksum_right;          /* version 2: the CRC. SPS 4 has wrong ones: only a remark */
    struct mk_cpd_entry *entries; /* in the table's order; owned: mk_cpd_free */
};

/* s: the partition, clipped to the region. partition_size: as the partition table gives it; entries
 * may lie up to there (a shrunk image has lost the last ones). On TAG, TRUNCATED, COUNT, RANGE,
 * FIELD or MEMORY, *cpd has no entries or is unchanged. */
bool mk_cpd_read(struct mk_span s, uint64_t partition_size, struct mk_cpd *cpd, struct mk_error *e);
void mk_cpd_free(struct mk_cpd *cpd);

/* The name's length without its NULs, and whether it ends with suffix (".man", ".met"). */
size_t mk_cpd_name_length(const struct mk_cpd_entry *entry);
bool mk_cpd_name_ends(const struct mk_cpd_entry *entry, const char *suffix);

MK_END_DECLS

#endif
