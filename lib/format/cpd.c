/* SPDX-License-Identifier: MIT */
#include <mekit/base/crc.h>
#include <mekit/base/sorted.h>
#include <mekit/format/cpd.h>
#include <mekit/format/tag.h>

#include <stdlib.h>
#include <string.h>

#define HEADER_V1 0x10u
#define HEADER_V2 0x14u

const struct mk_field mk_cpd_fields[MK_CPD_FIELDS] = {
    [MK_CPD_TAG] = {"tag", 0x00, 4, 0, 0, "\"$CPD\""},
    [MK_CPD_COUNT] = {"entries", 0x04, 4, 0, 0, "number of entries"},
    [MK_CPD_VERSION] = {"version", 0x08, 1, 0, 0, "header version"},
    [MK_CPD_ENTRY_VERSION] = {"entry version", 0x09, 1, 0, 0, "entry version"},
    [MK_CPD_HEADER_LENGTH] = {"header length", 0x0A, 1, 0, 0, "10; version 2: 14"},
    [MK_CPD_CHECKSUM] = {"checksum", 0x0B, 1, 0, 0, "version 1: makes the byte sum 0"},
    [MK_CPD_NAME] = {"name", 0x0C, 4, 0, 0, "partition name"},
    [MK_CPD_CRC] = {"CRC", 0x10, 4, 0, 0, "version 2: CRC-32 with this field 0"},
};

const struct mk_field mk_cpd_entry_fields[MK_CPD_ENTRY_FIELDS] = {
    [MK_CPD_ENTRY_NAME] = {"name", 0x00, 12, 0, 0, "NUL-padded"},
    [MK_CPD_ENTRY_OFFSET] = {"offset", 0x0C, 4, 0, 25, "from $CPD"},
    [MK_CPD_ENTRY_HUFFMAN] = {"Huffman", 0x0C, 4, 25, 1, "compressed by Huffman"},
    [MK_CPD_ENTRY_LENGTH] = {"length", 0x10, 4, 0, 0, "stored; Huffman: uncompressed"},
};

static uint32_t get(struct mk_span header, enum mk_cpd_field field) {
    return (uint32_t)mk_field_get(header, &mk_cpd_fields[field]);
}

static uint32_t entry_get(struct mk_span entry, enum mk_cpd_entry_field field) {
    return (uint32_t)mk_field_get(entry, &mk_cpd_entry_fields[field]);
}

size_t mk_cpd_name_length(const struct mk_cpd_entry *entry) {
    size_t n = sizeof entry->name;
    while (n > 0 && entry->name[n - 1] == 0)
        n--;
    return n;
}

bool mk_cpd_name_ends(const struct mk_cpd_entry *entry, const char *suffix) {
    size_t n = mk_cpd_name_length(entry), wanted = strlen(suffix);
    return n >= wanted && memcmp(entry->name + n - wanted, suffix, wanted) == 0;
}

static void bound_entries(struct mk_cpd *cpd, uint32_t *offsets, uint64_t partition_size) {
    for (unsigned i = 0; i < cpd->n; i++)
        offsets[i] = cpd->entries[i].offset;
    mk_sorted_sort(offsets, cpd->n);
    for (unsigned i = 0; i < cpd->n; i++) {
        size_t next = mk_sorted_above(offsets, cpd->n, cpd->entries[i].offset);
        cpd->entries[i].end = next < cpd->n ? offsets[next] : partition_size;
    }
}

static bool read_entry(struct mk_span raw, const struct mk_cpd *cpd, uint64_t partition_size,
                       struct mk_cpd_entry *entry, struct mk_error *e) {
    mk_span_copy(raw, 0, entry->name, sizeof entry->name);
    entry->offset = entry_get(raw, MK_CPD_ENTRY_OFFSET);
    entry->length = entry_get(raw, MK_CPD_ENTRY_LENGTH);
    entry->huffman = entry_get(raw, MK_CPD_ENTRY_HUFFMAN) != 0;
    uint64_t at = raw.at + mk_cpd_entry_fields[MK_CPD_ENTRY_OFFSET].offset;
    if (entry->offset < cpd->table_end && entry->length > 0)
        return mk_fail_limit(e, MK_E_FIELD, at, entry->offset, cpd->table_end,
                             "$CPD entry inside the directory");
    if (entry->offset > partition_size)
        return mk_fail_limit(e, MK_E_RANGE, at, entry->offset, partition_size,
                             "$CPD entry beyond its partition");
    return true;
}

static bool read_entries(struct mk_span table, uint64_t partition_size, struct mk_cpd *cpd,
                         uint32_t *offsets, struct mk_error *e) {
    for (unsigned i = 0; i < cpd->n; i++) {
        struct mk_span raw =
            mk_span_clip(table, (uint64_t)i * MK_CPD_ENTRY_SIZE, MK_CPD_ENTRY_SIZE);
        if (!read_entry(raw, cpd, partition_size, &cpd->entries[i], e))
            return false;
    }
    bound_entries(cpd, offsets, partition_size);
    return true;
}

static bool check_header(struct mk_span s, struct mk_span header, struct mk_error *e) {
    uint32_t length = get(header, MK_CPD_HEADER_LENGTH), n = get(header, MK_CPD_COUNT);
    if (length != HEADER_V1 && length != HEADER_V2)
        return mk_fail_limit(e, MK_E_FIELD, s.at + mk_cpd_fields[MK_CPD_HEADER_LENGTH].offset,
                             length, HEADER_V1, "header length of $CPD");
    if (n > MK_LIMIT_CPD_ENTRIES)
        return mk_fail_limit(e, MK_E_COUNT, s.at + mk_cpd_fields[MK_CPD_COUNT].offset, n,
                             MK_LIMIT_CPD_ENTRIES, "entries of $CPD");
    return true;
}

/* Version 2 has a CRC-32 at the place where version 1's entries begin. */
static bool is_checksum_right(struct mk_span table, uint32_t header_length) {
    if (header_length == HEADER_V1)
        return (mk_span_sum(table) & 0xFF) == 0;
    uint64_t at = mk_cpd_fields[MK_CPD_CRC].offset;
    return mk_span_u32(table, at) == mk_crc32_without(table, at);
}

bool mk_cpd_read(struct mk_span s, uint64_t partition_size, struct mk_cpd *cpd,
                 struct mk_error *e) {
    struct mk_span header, table;
    if (!mk_tag_is_at(s, 0, MK_TAG_CPD))
        return mk_fail(e, MK_E_TAG, s.at, "expected \"$CPD\"");
    if (!mk_span_cut(s, 0, HEADER_V1, &header))
        return mk_fail(e, MK_E_TRUNCATED, s.at + s.n, "the $CPD header is cut off");
    if (!check_header(s, header, e))
        return false;
    uint32_t length = get(header, MK_CPD_HEADER_LENGTH), n = get(header, MK_CPD_COUNT);
    if (!mk_span_cut(s, length, (uint64_t)n * MK_CPD_ENTRY_SIZE, &table))
        return mk_fail_limit(e, MK_E_RANGE, s.at + mk_cpd_fields[MK_CPD_COUNT].offset, n,
                             s.n / MK_CPD_ENTRY_SIZE, "entries of $CPD beyond its partition");
    *cpd = (struct mk_cpd){.version = get(header, MK_CPD_VERSION), .n = n};
    cpd->table_end = length + (uint64_t)n * MK_CPD_ENTRY_SIZE;
    mk_span_copy(header, mk_cpd_fields[MK_CPD_NAME].offset, cpd->name, sizeof cpd->name);
    cpd->checksum_right = is_checksum_right(mk_span_clip(s, 0, cpd->table_end), length);
    cpd->entries = calloc((size_t)cpd->n + 1, sizeof *cpd->entries);
    uint32_t *offsets = calloc((size_t)cpd->n + 1, sizeof *offsets);
    bool read = cpd->entries && offsets ? read_entries(table, partition_size, cpd, offsets, e)
                                        : mk_fail_memory(e);
    free(offsets);
    if (!read)
        mk_cpd_free(cpd);
    return read;
}

void mk_cpd_free(struct mk_cpd *cpd) {
    free(cpd->entries);
    cpd->entries = NULL;
    cpd->n = 0;
}
