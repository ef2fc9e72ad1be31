/* SPDX-License-Identifier: MIT */
#include <mekit/format/bpdt.h>

#include <mekit/base/crc.h>
#include <mekit/format/tag.h>

#define CRC_FROM 4u /* the CRC does not cover the signature */

const struct mk_field mk_bpdt_fields[MK_BPDT_FIELDS] = {
    [MK_BPDT_SIGNATURE] = {"signature", 0x00, 4, 0, 0, "000055AA, recovery 00AA55AA"},
    [MK_BPDT_COUNT] = {"entries", 0x04, 2, 0, 0, "number of entries"},
    [MK_BPDT_VERSION] = {"version", 0x06, 1, 0, 0, "1, 2"},
    [MK_BPDT_CONFIG] = {"configuration", 0x07, 1, 0, 0, "version 2: bit 0 redundancy"},
    [MK_BPDT_CHECKSUM] = {"checksum", 0x0A, 2, 0, 0, "version 1"},
    [MK_BPDT_CRC] = {"CRC", 0x08, 4, 0, 0, "version 2: CRC-32 from 4 to the end with this field 0"},
    [MK_BPDT_FIT_MAJOR] = {"FIT major", 0x10, 2, 0, 0, "version of the flash image tool"},
    [MK_BPDT_FIT_MINOR] = {"FIT minor", 0x12, 2, 0, 0, "version of the flash image tool"},
    [MK_BPDT_FIT_HOTFIX] = {"FIT hotfix", 0x14, 2, 0, 0, "version of the flash image tool"},
    [MK_BPDT_FIT_BUILD] = {"FIT build", 0x16, 2, 0, 0, "version of the flash image tool"},
};

const struct mk_field mk_bpdt_entry_fields[MK_BPDT_ENTRY_FIELDS] = {
    [MK_BPDT_ENTRY_TYPE] = {"type", 0x00, 4, 0, 16, "what the sub-partition is for"},
    [MK_BPDT_ENTRY_OFFSET] = {"offset", 0x04, 4, 0, 0, "from the boot partition; 2.0: the image"},
    [MK_BPDT_ENTRY_SIZE_FIELD] = {"size", 0x08, 4, 0, 0, "bytes"},
};

static uint32_t get(struct mk_span header, enum mk_bpdt_field field) {
    return (uint32_t)mk_field_get(header, &mk_bpdt_fields[field]);
}

bool mk_bpdt_is_at(struct mk_span s) {
    return mk_tag_is_at(s, 0, MK_TAG_BPDT) || mk_tag_is_at(s, 0, MK_TAG_BPDT_RECOVERY);
}

static bool check_header(struct mk_span header, struct mk_error *e) {
    uint32_t n = get(header, MK_BPDT_COUNT), version = get(header, MK_BPDT_VERSION);
    if (n > MK_LIMIT_BPDT_ENTRIES)
        return mk_fail_limit(e, MK_E_COUNT, header.at + mk_bpdt_fields[MK_BPDT_COUNT].offset, n,
                             MK_LIMIT_BPDT_ENTRIES, "entries of the BPDT");
    if (version != 1 && version != 2)
        return mk_fail_limit(e, MK_E_FIELD, header.at + mk_bpdt_fields[MK_BPDT_VERSION].offset,
                             version, 2, "version of the BPDT");
    return true;
}

static void read_entry(struct mk_span raw, struct mk_bpdt_entry *entry) {
    entry->type = (unsigned)mk_field_get(raw, &mk_bpdt_entry_fields[MK_BPDT_ENTRY_TYPE]);
    entry->offset = (uint32_t)mk_field_get(raw, &mk_bpdt_entry_fields[MK_BPDT_ENTRY_OFFSET]);
    entry->size = (uint32_t)mk_field_get(raw, &mk_bpdt_entry_fields[MK_BPDT_ENTRY_SIZE_FIELD]);
}

static void read_header(struct mk_span table, struct mk_bpdt *bpdt) {
    bpdt->recovery = mk_span_has(table, 2, "\xAA", 1);
    bpdt->version = get(table, MK_BPDT_VERSION);
    bpdt->n = get(table, MK_BPDT_COUNT);
    for (unsigned i = 0; i < 4; i++)
        bpdt->fit[i] = (uint16_t)get(table, MK_BPDT_FIT_MAJOR + i);
    if (bpdt->version != 2)
        return;
    bpdt->crc = get(table, MK_BPDT_CRC);
    bpdt->crc_expected = mk_crc32_without(mk_span_clip(table, CRC_FROM, table.n),
                                          mk_bpdt_fields[MK_BPDT_CRC].offset - CRC_FROM);
}

bool mk_bpdt_read(struct mk_span s, struct mk_bpdt *bpdt, struct mk_error *e) {
    struct mk_span header, table;
    if (!mk_bpdt_is_at(s))
        return mk_fail(e, MK_E_TAG, s.at, "expected the signature of a BPDT");
    if (!mk_span_cut(s, 0, MK_BPDT_HEADER_SIZE, &header))
        return mk_fail(e, MK_E_TRUNCATED, s.at + s.n, "the BPDT header is cut off");
    if (!check_header(header, e))
        return false;
    uint64_t size = MK_BPDT_HEADER_SIZE + (uint64_t)get(header, MK_BPDT_COUNT) * MK_BPDT_ENTRY_SIZE;
    if (!mk_span_cut(s, 0, size, &table))
        return mk_fail(e, MK_E_TRUNCATED, s.at + s.n, "the BPDT is cut off");
    *bpdt = (struct mk_bpdt){.n = 0};
    read_header(table, bpdt);
    for (unsigned i = 0; i < bpdt->n; i++)
        read_entry(mk_span_clip(table, MK_BPDT_HEADER_SIZE + (uint64_t)i * MK_BPDT_ENTRY_SIZE,
                                MK_BPDT_ENTRY_SIZE),
                   &bpdt->entries[i]);
    return true;
}

const char *mk_bpdt_type_name(unsigned type) {
    static const char *const names[] = {
        "SMIP", "RBEP", "FTPR",    "UCOD",        "IBBP", "S-BPDT", "OBBP", "NFTP", "ISHC", "DLMP",
        "UEPB", "UTOK", "UFS PHY", "UFS GPP LUN", "PMCP", "IUNP",   "NVMC", "UEP",  "WCOD", "LOCL",
        "OEMP", "FITC", "PAVP",    "IOMP",        "xPHY", "TBTP",   "PLTS", "?",    "?",    "?",
        "?",    "DPHY", "PCHC",    "ISIF",        "ISIC", "HBMI",   "OMSM", "GTGP", "MDFI", "PUNP",
        "PHYP", "SAMF", "PPHY",    "GBST",        "TCCP", "PSEP",
    };
    return type < sizeof names / sizeof *names ? names[type] : "?";
}
