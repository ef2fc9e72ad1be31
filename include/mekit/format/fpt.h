/* SPDX-License-Identifier: MIT */
/* $FPT, the flash partition table. It lists all partitions in ME 2-11, TXE 1-2 and SPS 1-4, and the
 * data partitions in CSME 12 and later (there it is at the start of the data partition).
 *
 * It is at the start of the region (version 1.0: ME 2) or at 0x10, after the 16 bytes of the
 * ROM-bypass vector. Offsets of entries count from the start of the region. Sources: me_cleaner
 * 43612a6, MEAnalyzer 089b991, me-tools b35da19; checked on 494 tables. */
#ifndef MEKIT_FORMAT_FPT_H
#define MEKIT_FORMAT_FPT_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/field.h>
#include <mekit/base/limit.h>

MK_BEGIN_DECLS

#define MK_FPT_HEADER_SIZE    0x20u
#define MK_FPT_ENTRY_SIZE     0x20u
#define MK_FPT_TABLE_SUM_SIZE 2u      /* SPS 3: behind the last entry */
#define MK_FPT_BACKUP_AT      0x1000u /* CSME 15+: a second copy; counts from the data partition */

enum mk_fpt_field {
    MK_FPT_TAG,
    MK_FPT_COUNT,
    MK_FPT_VERSION, /* 0x10, 0x20, 0x21 (BCD) */
    MK_FPT_ENTRY_VERSION,
    MK_FPT_HEADER_LENGTH, /* 0x20 or 0x30: what the checksum covers */
    MK_FPT_CHECKSUM,      /* 2.1: flags */
    MK_FPT_CYCLE_LIFE,
    MK_FPT_CYCLE_LIMIT,
    MK_FPT_UMA_SIZE,
    MK_FPT_FLAGS, /* 2.1: CRC-32 */
    MK_FPT_FIT_MAJOR,
    MK_FPT_FIT_MINOR,
    MK_FPT_FIT_HOTFIX,
    MK_FPT_FIT_BUILD,
    MK_FPT_FIELDS
};
extern const struct mk_field mk_fpt_fields[MK_FPT_FIELDS];

#define MK_FPT_FLAG_EFFS 1u /* bit 0 of the flags: an EFFS partition is present */

enum mk_fpt_entry_field {
    MK_ENTRY_NAME,
    MK_ENTRY_OWNER,
    MK_ENTRY_OFFSET,
    MK_ENTRY_SIZE,
    MK_ENTRY_TOKENS,
    MK_ENTRY_MAX_TOKENS,
    MK_ENTRY_SCRATCH,
    MK_ENTRY_FLAGS,
    MK_ENTRY_TYPE, /* bits 6:0 of the flags */
    MK_ENTRY_FIELDS
};
extern const struct mk_field mk_entry_fields[MK_ENTRY_FIELDS];

#define MK_ENTRY_TYPE_NVRAM 2u /* a quota: no data of its own from ME 4 on */

struct mk_fpt_entry {
    uint8_t name[4]; /* may be binary: ME 8 has E0 15 00 20 */
    uint32_t at;     /* region-relative offset of the entry */
    uint32_t offset, size, flags;
    unsigned type;
    bool
        has_data; /* false: a quota, offset 0 or FFFFFFFF, size 0, or it begins beyond the region */
    bool clipped; /* its end lies beyond the region (a shrunk image): [start, end) is cut to the
                     region */
    bool open_ended;     /* size FFFFFFFF: to the end of the region */
    uint64_t start, end; /* region-relative; 0, 0 without data */
};

struct mk_fpt {
    uint32_t at; /* region-relative offset of "$FPT": 0 or 0x10 */
    unsigned version, header_length;
    uint8_t checksum;           /* as stored */
    uint8_t checksum_expected;  /* equal if right; version 2.1 has no such byte: both 0 */
    uint32_t crc, crc_expected; /* version 2.1: of header and entries; else both 0 */
    uint32_t flags;
    uint16_t fit[4];
    unsigned n;
    struct mk_fpt_entry entries[MK_LIMIT_FPT_ENTRIES];
    bool has_table_sum; /* SPS 3: u16 ~sum of all entries follows the last one */
};

/* The offset of "$FPT" in the region: 0, 0x10, or -1. */
int mk_fpt_find(struct mk_span region);

/* COUNT if there are more than MK_LIMIT_FPT_ENTRIES, RANGE if the table does not fit, TAG if there
 * is none. A wrong checksum is not an error: compare the two fields. */
bool mk_fpt_read(struct mk_span region, struct mk_fpt *fpt, struct mk_error *e);

/* True if neither checksum nor CRC is wrong. Vendors leave them stale, so a wrong one is a remark,
 * not damage. */
bool mk_fpt_sum_is_right(const struct mk_fpt *fpt);

/* End of header and entries, region-relative. */
uint64_t mk_fpt_end(const struct mk_fpt *fpt);

/* The entry of that name with data, or NULL. */
const struct mk_fpt_entry *mk_fpt_entry_find(const struct mk_fpt *fpt, const char name[4]);

/* The checksum byte that makes the sum of the header's bytes in region 0. Those are bytes 0..0x2F
 * of the region if the header length is 0x30, else header length bytes from "$FPT" on. */
uint8_t mk_fpt_checksum(struct mk_span region, uint32_t at, unsigned header_length);

/* SPS 3's sum over n entries of 0x20 bytes. */
uint16_t mk_fpt_table_sum(struct mk_span entries);

MK_END_DECLS

#endif
