/* SPDX-License-Identifier: MIT */
/* The layout table at the start of a CSE region: where the data partition and the boot partitions
 * are. Version 1.6: CSME 12-14; 1.7: CSME 15 and later. Neither has a tag: mekit recognises them by
 * the structures that their pointers hit. IFWI 2.0 (TXE 3/4) has no such table: it starts with a
 * boot partition descriptor table. Source: MEAnalyzer 089b991; checked on 50 tables. All offsets
 * count from the region. */
#ifndef MEKIT_FORMAT_LAYOUT_H
#define MEKIT_FORMAT_LAYOUT_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/field.h>
#include <mekit/base/limit.h>

MK_BEGIN_DECLS

enum mk_layout_version {
    MK_IFWI_NONE, /* a flat region: $FPT alone */
    MK_IFWI_16,
    MK_IFWI_17,
    MK_IFWI_20
};
const char *mk_layout_version_name(enum mk_layout_version v); /* "none", "1.6", "1.7", "2.0" */

/* Each pointer is {u32 offset, u32 size}; 0, 0: absent. */
enum mk_layout_pointer {
    MK_POINTER_DATA,
    MK_POINTER_BP1,
    MK_POINTER_BP2,
    MK_POINTER_BP3,
    MK_POINTER_BP4,
    MK_POINTER_BP5,
    MK_POINTER_TEMP, /* 1.7: pages for a DRAM cache, 0 on SPI flash */
    MK_POINTER_ELOG, /* 1.7, if the table is long enough: inside the data partition */
    MK_POINTERS      /* the named ones; Meteor Lake and later have more, without names */
};
#define MK_LAYOUT_POINTERS_MAX 16u
const char *mk_layout_pointer_name(unsigned p); /* "Data", "BP1", ...; "8", "9", ... */
extern const struct mk_field mk_layout_16_fields[MK_POINTERS];
extern const struct mk_field mk_layout_17_fields[MK_POINTERS];

/* The rest of 1.7's table. */
enum mk_layout_field {
    MK_LAYOUT_LENGTH, /* bytes from 0x10 on: 8, plus 8 for each pointer; 0x28 to 0x60 seen */
    MK_LAYOUT_FLAGS,
    MK_LAYOUT_RESERVED, /* 0 */
    MK_LAYOUT_CRC,
    MK_LAYOUT_FIELDS
};
extern const struct mk_field mk_layout_fields[MK_LAYOUT_FIELDS];
#define MK_LAYOUT_REDUNDANT 1u /* flags bit 0: a second $FPT is at Data + 0x1000 */

struct mk_layout_extent {
    uint32_t offset, size; /* as stored: check them before use */
};

struct mk_layout {
    enum mk_layout_version version;
    unsigned flags;             /* 1.7 */
    uint32_t crc, crc_expected; /* 1.7: equal if right. 1.6 has none: both 0 */
    unsigned n_pointers;        /* as many as the table has; all others are 0, 0 */
    struct mk_layout_extent pointers[MK_LAYOUT_POINTERS_MAX];
};

/* True if region begins with one of the three. In IFWI 2.0, BP1 is the whole region, or its first
 * half if its second half begins with another BPDT: that half is then BP2. It accepts a wrong CRC.
 */
bool mk_layout_read(struct mk_span region, struct mk_layout *layout);

MK_END_DECLS

#endif
