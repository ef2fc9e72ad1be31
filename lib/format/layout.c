/* SPDX-License-Identifier: MIT */
#include <mekit/format/layout.h>

#include <mekit/base/crc.h>
#include <mekit/format/bpdt.h>
#include <mekit/format/tag.h>

#define LAYOUT_17_AT      0x10u
#define LAYOUT_17_HEAD    0x08u /* bytes before the pointers */
#define LAYOUT_17_USUAL   0x48u
#define POINTER_SIZE      8u
#define POINTERS_16       (MK_POINTER_BP5 + 1u)
#define POINTERS_17_LEAST (MK_POINTER_BP1 + 1u)

const struct mk_field mk_layout_16_fields[MK_POINTERS] = {
    [MK_POINTER_DATA] = {"Data", 0x10, 8, 0, 0, "data partition"},
    [MK_POINTER_BP1] = {"BP1", 0x18, 8, 0, 0, "boot partition 1"},
    [MK_POINTER_BP2] = {"BP2", 0x20, 8, 0, 0, "boot partition 2"},
    [MK_POINTER_BP3] = {"BP3", 0x28, 8, 0, 0, "boot partition 3, may be BP1 again"},
    [MK_POINTER_BP4] = {"BP4", 0x30, 8, 0, 0, "boot partition 4"},
    [MK_POINTER_BP5] = {"BP5", 0x38, 8, 0, 0, "boot partition 5"},
};

const struct mk_field mk_layout_17_fields[MK_POINTERS] = {
    [MK_POINTER_DATA] = {"Data", 0x18, 8, 0, 0, "data partition"},
    [MK_POINTER_BP1] = {"BP1", 0x20, 8, 0, 0, "boot partition 1"},
    [MK_POINTER_BP2] = {"BP2", 0x28, 8, 0, 0, "boot partition 2"},
    [MK_POINTER_BP3] = {"BP3", 0x30, 8, 0, 0, "boot partition 3"},
    [MK_POINTER_BP4] = {"BP4", 0x38, 8, 0, 0, "boot partition 4"},
    [MK_POINTER_BP5] = {"BP5", 0x40, 8, 0, 0, "boot partition 5"},
    [MK_POINTER_TEMP] = {"Temp", 0x48, 8, 0, 0, "pages for a DRAM cache"},
    [MK_POINTER_ELOG] = {"ELOG", 0x50, 8, 0, 0, "fatal error log"},
};

const struct mk_field mk_layout_fields[MK_LAYOUT_FIELDS] = {
    [MK_LAYOUT_LENGTH] = {"length", 0x10, 2, 0, 0, "bytes from 0x10 on"},
    [MK_LAYOUT_FLAGS] = {"flags", 0x12, 1, 0, 0, "bit 0: $FPT is there twice"},
    [MK_LAYOUT_RESERVED] = {"reserved", 0x13, 1, 0, 0, "0"},
    [MK_LAYOUT_CRC] = {"CRC", 0x14, 4, 0, 0, "CRC-32 of the table with this field 0"},
};

const char *mk_layout_version_name(enum mk_layout_version v) {
    static const char *const names[] = {"none", "1.6", "1.7", "2.0"};
    return names[v];
}

const char *mk_layout_pointer_name(unsigned p) {
    static const char *const numbers[MK_LAYOUT_POINTERS_MAX] = {
        [8] = "8",   [9] = "9",   [10] = "10", [11] = "11",
        [12] = "12", [13] = "13", [14] = "14", [15] = "15"};
    if (p < MK_POINTERS)
        return mk_layout_17_fields[p].name;
    return p < MK_LAYOUT_POINTERS_MAX ? numbers[p] : "";
}

static void read_pointers(struct mk_span region, uint32_t first, unsigned n,
                          struct mk_layout *layout) {
    layout->n_pointers = n;
    for (unsigned i = 0; i < n; i++) {
        layout->pointers[i].offset = mk_span_u32(region, first + i * POINTER_SIZE);
        layout->pointers[i].size = mk_span_u32(region, first + i * POINTER_SIZE + 4u);
    }
}

/* Nothing else begins at offset 0, where the layout table is. */
static unsigned count_hits(struct mk_span region, const struct mk_layout *layout) {
    uint32_t data = layout->pointers[MK_POINTER_DATA].offset;
    uint32_t boot = layout->pointers[MK_POINTER_BP1].offset;
    bool data_hits = data != 0 && mk_tag_is_at(region, data, MK_TAG_FPT);
    bool boot_hits = boot != 0 && mk_bpdt_is_at(mk_span_clip(region, boot, region.n));
    return (unsigned)data_hits + (unsigned)boot_hits;
}

/* Each chipset has its own length. 0: impossible length. */
static unsigned count_pointers(struct mk_span table) {
    uint64_t length = mk_field_get(table, &mk_layout_fields[MK_LAYOUT_LENGTH]);
    bool whole = length % POINTER_SIZE == 0 && length > LAYOUT_17_HEAD &&
                 mk_field_get(table, &mk_layout_fields[MK_LAYOUT_RESERVED]) == 0;
    uint64_t n = whole ? (length - LAYOUT_17_HEAD) / POINTER_SIZE : 0;
    return n >= POINTERS_17_LEAST && n <= MK_LAYOUT_POINTERS_MAX ? (unsigned)n : 0;
}

/* A table with a damaged length is still recognised if both of its pointers hit. */
static bool read_17(struct mk_span region, struct mk_layout *layout) {
    struct mk_span table;
    if (!mk_span_cut(region, 0, LAYOUT_17_AT + LAYOUT_17_USUAL, &table))
        return false;
    unsigned n = count_pointers(table);
    uint64_t length = n > 0 ? LAYOUT_17_HEAD + n * POINTER_SIZE : LAYOUT_17_USUAL;
    if (!mk_span_cut(region, 0, LAYOUT_17_AT + length, &table))
        return false;
    *layout = (struct mk_layout){.version = MK_IFWI_17};
    layout->flags = (unsigned)mk_field_get(table, &mk_layout_fields[MK_LAYOUT_FLAGS]);
    layout->crc = (uint32_t)mk_field_get(table, &mk_layout_fields[MK_LAYOUT_CRC]);
    layout->crc_expected = mk_crc32_without(mk_span_clip(table, LAYOUT_17_AT, length),
                                            mk_layout_fields[MK_LAYOUT_CRC].offset - LAYOUT_17_AT);
    read_pointers(table, mk_layout_17_fields[MK_POINTER_DATA].offset, n > 0 ? n : MK_POINTERS,
                  layout);
    return count_hits(region, layout) > (n > 0 ? 0 : 1);
}

static bool read_16(struct mk_span region, struct mk_layout *layout) {
    struct mk_span table;
    uint32_t first = mk_layout_16_fields[MK_POINTER_DATA].offset;
    if (!mk_span_cut(region, 0, first + POINTERS_16 * POINTER_SIZE, &table))
        return false;
    *layout = (struct mk_layout){.version = MK_IFWI_16};
    read_pointers(table, first, POINTERS_16, layout);
    return count_hits(region, layout) > 0;
}

/* A flash has two logical boot partitions, each half of it; a file may contain only the first. */
static bool read_20(struct mk_span region, struct mk_layout *layout) {
    if (!mk_bpdt_is_at(region) || region.n > UINT32_MAX)
        return false;
    uint32_t half = (uint32_t)region.n / 2;
    bool second = half % 0x1000u == 0 && mk_bpdt_is_at(mk_span_clip(region, half, half));
    *layout = (struct mk_layout){.version = MK_IFWI_20};
    layout->n_pointers = second ? MK_POINTER_BP2 + 1u : MK_POINTER_BP1 + 1u;
    layout->pointers[MK_POINTER_BP1].size = second ? half : (uint32_t)region.n;
    if (second)
        layout->pointers[MK_POINTER_BP2] = (struct mk_layout_extent){half, half};
    return true;
}

bool mk_layout_read(struct mk_span region, struct mk_layout *layout) {
    return read_20(region, layout) || read_17(region, layout) || read_16(region, layout);
}
