/* SPDX-License-Identifier: MIT */
/* BPDT, the boot partition descriptor table: it lists the sub-partitions of a boot partition.
 * Version 1: IFWI 1.6 and 2.0; version 2: IFWI 1.7. Source: MEAnalyzer 089b991, coreboot's
 * ifwitool; checked on 138 tables. */
#ifndef MEKIT_FORMAT_BPDT_H
#define MEKIT_FORMAT_BPDT_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/field.h>
#include <mekit/base/limit.h>

MK_BEGIN_DECLS

#define MK_BPDT_HEADER_SIZE 0x18u
#define MK_BPDT_ENTRY_SIZE  0x0Cu

enum mk_bpdt_field {
    MK_BPDT_SIGNATURE, /* AA 55 00 00, or AA 55 AA 00 (recovery) */
    MK_BPDT_COUNT,
    MK_BPDT_VERSION,
    MK_BPDT_CONFIG,   /* version 2 */
    MK_BPDT_CHECKSUM, /* version 1: its rule is unknown (0 in IFWI 2.0) */
    MK_BPDT_CRC,      /* version 2 */
    MK_BPDT_FIT_MAJOR,
    MK_BPDT_FIT_MINOR,
    MK_BPDT_FIT_HOTFIX,
    MK_BPDT_FIT_BUILD,
    MK_BPDT_FIELDS
};
extern const struct mk_field mk_bpdt_fields[MK_BPDT_FIELDS];

enum mk_bpdt_entry_field {
    MK_BPDT_ENTRY_TYPE,
    MK_BPDT_ENTRY_OFFSET, /* IFWI 2.0: counts from the image; else from the boot partition */
    MK_BPDT_ENTRY_SIZE_FIELD,
    MK_BPDT_ENTRY_FIELDS
};
extern const struct mk_field mk_bpdt_entry_fields[MK_BPDT_ENTRY_FIELDS];

#define MK_BPDT_TYPE_SECOND 5u /* S-BPDT: a second table with more entries */

struct mk_bpdt_entry {
    unsigned type;         /* low 16 bits */
    uint32_t offset, size; /* as stored: check them before use; 0, 0: an empty slot */
};

struct mk_bpdt {
    bool recovery; /* the other signature */
    unsigned version, n;
    uint32_t crc, crc_expected; /* version 2: equal if right; version 1: both 0 */
    uint16_t fit[4];
    struct mk_bpdt_entry entries[MK_LIMIT_BPDT_ENTRIES];
};

bool mk_bpdt_is_at(struct mk_span s);

/* TAG, TRUNCATED, COUNT, FIELD (version). A wrong CRC is not an error: compare crc with
 * crc_expected. */
bool mk_bpdt_read(struct mk_span s, struct mk_bpdt *bpdt, struct mk_error *e);

/* The name of an entry type: "FTPR", "S-BPDT"; "?": unknown. */
const char *mk_bpdt_type_name(unsigned type);

MK_END_DECLS

#endif
