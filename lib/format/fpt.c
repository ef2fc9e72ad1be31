/* SPDX-License-Identifier: MIT */
#include <mekit/base/arith.h>
#include <mekit/format/fpt.h>

#include <mekit/base/crc.h>
#include <mekit/format/tag.h>

#include <string.h>

#define NO_OFFSET   UINT32_MAX
#define OPEN_END    UINT32_MAX
#define VERSION_CRC 0x21u
#define LONG_HEADER 0x30u

const struct mk_field mk_fpt_fields[MK_FPT_FIELDS] = {
    [MK_FPT_TAG] = {"tag", 0x00, 4, 0, 0, "\"$FPT\""},
    [MK_FPT_COUNT] = {"entries", 0x04, 4, 0, 0, "number of entries"},
    [MK_FPT_VERSION] = {"version", 0x08, 1, 0, 0, "header version, BCD"},
    [MK_FPT_ENTRY_VERSION] = {"entry version", 0x09, 1, 0, 0, "entry version, BCD"},
    [MK_FPT_HEADER_LENGTH] = {"header length", 0x0A, 1, 0, 0, "bytes that the checksum covers"},
    [MK_FPT_CHECKSUM] = {"checksum", 0x0B, 1, 0, 0, "makes the byte sum 0; 2.1: flags"},
    [MK_FPT_CYCLE_LIFE] = {"cycle life", 0x0C, 2, 0, 0, "flash cycle life; CSE: ticks to add"},
    [MK_FPT_CYCLE_LIMIT] = {"cycle limit", 0x0E, 2, 0, 0, "flash cycle limit; CSE: tokens to add"},
    [MK_FPT_UMA_SIZE] = {"UMA size", 0x10, 4, 0, 0, "memory taken from the host, MiB"},
    [MK_FPT_FLAGS] = {"flags", 0x14, 4, 0, 0,
                      "bit 0: EFFS present; CSE: flash layout; 2.1: CRC-32"},
    [MK_FPT_FIT_MAJOR] = {"FIT major", 0x18, 2, 0, 0, "version of the tool that built it"},
    [MK_FPT_FIT_MINOR] = {"FIT minor", 0x1A, 2, 0, 0, "version of the tool that built it"},
    [MK_FPT_FIT_HOTFIX] = {"FIT hotfix", 0x1C, 2, 0, 0, "version of the tool that built it"},
    [MK_FPT_FIT_BUILD] = {"FIT build", 0x1E, 2, 0, 0, "version of the tool that built it"},
};

const struct mk_field mk_entry_fields[MK_ENTRY_FIELDS] = {
    [MK_ENTRY_NAME] = {"name", 0x00, 4, 0, 0, "NUL-padded, may be binary"},
    [MK_ENTRY_OWNER] = {"owner", 0x04, 4, 0, 0, "4 characters or FFFFFFFF"},
    [MK_ENTRY_OFFSET] = {"offset", 0x08, 4, 0, 0, "from the region; 0 or FFFFFFFF: no data"},
    [MK_ENTRY_SIZE] = {"size", 0x0C, 4, 0, 0, "bytes; FFFFFFFF: to the region's end"},
    [MK_ENTRY_TOKENS] = {"start tokens", 0x10, 4, 0, 0, "tokens on start"},
    [MK_ENTRY_MAX_TOKENS] = {"max tokens", 0x14, 4, 0, 0, "most tokens"},
    [MK_ENTRY_SCRATCH] = {"scratch sectors", 0x18, 4, 0, 0, "scratch sectors"},
    [MK_ENTRY_FLAGS] = {"flags", 0x1C, 4, 0, 0, "type, access rights"},
    [MK_ENTRY_TYPE] = {"type", 0x1C, 4, 0, 7, "0 code, 1 block, 2 NVRAM, 3 generic, 4 EFFS, 5 ROM"},
};

static uint32_t header_get(struct mk_span header, enum mk_fpt_field field) {
    return (uint32_t)mk_field_get(header, &mk_fpt_fields[field]);
}

static uint32_t entry_get(struct mk_span entry, enum mk_fpt_entry_field field) {
    return (uint32_t)mk_field_get(entry, &mk_entry_fields[field]);
}

int mk_fpt_find(struct mk_span region) {
    if (mk_tag_is_at(region, 0x10, MK_TAG_FPT))
        return 0x10;
    return mk_tag_is_at(region, 0x00, MK_TAG_FPT) ? 0x00 : -1;
}

uint8_t mk_fpt_checksum(struct mk_span region, uint32_t at, unsigned header_length) {
    struct mk_span covered = header_length == LONG_HEADER ? mk_span_clip(region, 0, LONG_HEADER)
                                                          : mk_span_clip(region, at, header_length);
    uint64_t place = at + mk_fpt_fields[MK_FPT_CHECKSUM].offset;
    return (uint8_t)(mk_span_u8(region, place) - mk_span_sum(covered));
}

uint16_t mk_fpt_table_sum(struct mk_span entries) {
    return (uint16_t)~mk_span_sum(entries);
}

static void place_entry(struct mk_fpt_entry *entry, size_t region_size) {
    bool quota = entry->type == MK_ENTRY_TYPE_NVRAM;
    if (quota || entry->offset == 0 || entry->offset == NO_OFFSET || entry->size == 0 ||
        entry->offset >= region_size)
        return;
    entry->has_data = true;
    entry->open_ended = entry->size == OPEN_END;
    entry->start = entry->offset;
    uint64_t end = entry->open_ended ? region_size : entry->start + entry->size;
    entry->clipped = end > region_size;
    entry->end = mk_min(end, region_size);
}

static void entry_read(struct mk_span region, uint64_t at, struct mk_fpt_entry *entry) {
    struct mk_span raw = mk_span_clip(region, at, MK_FPT_ENTRY_SIZE);
    *entry = (struct mk_fpt_entry){
        .at = (uint32_t)at,
        .offset = entry_get(raw, MK_ENTRY_OFFSET),
        .size = entry_get(raw, MK_ENTRY_SIZE),
        .flags = entry_get(raw, MK_ENTRY_FLAGS),
        .type = entry_get(raw, MK_ENTRY_TYPE),
    };
    mk_span_copy(raw, 0, entry->name, sizeof entry->name);
    place_entry(entry, region.n);
}

static void header_read(struct mk_span region, struct mk_span header, struct mk_fpt *fpt) {
    fpt->version = header_get(header, MK_FPT_VERSION);
    fpt->header_length = header_get(header, MK_FPT_HEADER_LENGTH);
    fpt->flags = header_get(header, MK_FPT_FLAGS);
    for (unsigned i = 0; i < 4; i++)
        fpt->fit[i] = (uint16_t)header_get(header, MK_FPT_FIT_MAJOR + i);
    if (fpt->version >= VERSION_CRC) {
        uint64_t at = mk_fpt_fields[MK_FPT_FLAGS].offset;
        fpt->crc = fpt->flags;
        fpt->crc_expected =
            mk_crc32_without(mk_span_clip(region, fpt->at, mk_fpt_end(fpt) - fpt->at), at);
        return;
    }
    fpt->checksum = (uint8_t)header_get(header, MK_FPT_CHECKSUM);
    fpt->checksum_expected = mk_fpt_checksum(region, fpt->at, fpt->header_length);
}

static bool has_table_sum(struct mk_span region, struct mk_span table, const struct mk_fpt *fpt) {
    struct mk_span sum = mk_span_clip(region, mk_fpt_end(fpt), MK_FPT_TABLE_SUM_SIZE);
    return fpt->n > 0 && fpt->version < VERSION_CRC && sum.n == MK_FPT_TABLE_SUM_SIZE &&
           mk_span_u16(sum, 0) == mk_fpt_table_sum(table);
}

bool mk_fpt_read(struct mk_span region, struct mk_fpt *fpt, struct mk_error *e) {
    int at = mk_fpt_find(region);
    struct mk_span header, table;
    if (at < 0)
        return mk_fail(e, MK_E_TAG, region.at, "expected \"$FPT\" at 0 or 0x10 of the region");
    *fpt = (struct mk_fpt){.at = (uint32_t)at};
    if (!mk_span_cut(region, fpt->at, MK_FPT_HEADER_SIZE, &header))
        return mk_fail(e, MK_E_TRUNCATED, region.at + region.n, "the $FPT header is cut off");
    uint32_t n = header_get(header, MK_FPT_COUNT);
    if (n > MK_LIMIT_FPT_ENTRIES)
        return mk_fail_limit(e, MK_E_COUNT, header.at + mk_fpt_fields[MK_FPT_COUNT].offset, n,
                             MK_LIMIT_FPT_ENTRIES, "$FPT entries");
    uint64_t size = (uint64_t)n * MK_FPT_ENTRY_SIZE;
    if (!mk_span_cut(region, fpt->at + MK_FPT_HEADER_SIZE, size, &table))
        return mk_fail(e, MK_E_TRUNCATED, region.at + region.n, "the $FPT table is cut off");
    fpt->n = n;
    header_read(region, header, fpt);
    for (unsigned i = 0; i < n; i++)
        entry_read(region, fpt->at + MK_FPT_HEADER_SIZE + (uint64_t)i * MK_FPT_ENTRY_SIZE,
                   &fpt->entries[i]);
    fpt->has_table_sum = has_table_sum(region, table, fpt);
    return true;
}

bool mk_fpt_sum_is_right(const struct mk_fpt *fpt) {
    return fpt->checksum == fpt->checksum_expected && fpt->crc == fpt->crc_expected;
}

uint64_t mk_fpt_end(const struct mk_fpt *fpt) {
    return fpt->at + MK_FPT_HEADER_SIZE + (uint64_t)fpt->n * MK_FPT_ENTRY_SIZE;
}

const struct mk_fpt_entry *mk_fpt_entry_find(const struct mk_fpt *fpt, const char name[4]) {
    for (unsigned i = 0; i < fpt->n; i++)
        if (fpt->entries[i].has_data && memcmp(fpt->entries[i].name, name, 4) == 0)
            return &fpt->entries[i];
    return NULL;
}
