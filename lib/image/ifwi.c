/* SPDX-License-Identifier: MIT */
#include "tree.h"

#include <mekit/base/arith.h>
#include <mekit/format/structure.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Notes a problem; false only if memory runs out. */
static bool note(struct mk_firmware *f, const struct mk_error *problem, struct mk_error *e) {
    return mk_errors_add(&f->problems, problem, e);
}

static bool note_pointer(struct mk_span region, struct mk_firmware *f, enum mk_layout_pointer i,
                         const char *what, struct mk_error *e) {
    const struct mk_layout_extent *p = &f->layout.pointers[i];
    struct mk_error problem;
    mk_fail(&problem, MK_E_RANGE, region.at, "layout table: %s, +0x%x, 0x%x bytes, %s",
            mk_layout_pointer_name(i), p->offset, p->size, what);
    return note(f, &problem, e);
}

static bool is_present(const struct mk_layout_extent *p) {
    return p->size != 0 && p->size != UINT32_MAX;
}

static bool overlap(const struct mk_layout_extent *a, const struct mk_layout_extent *b) {
    return is_present(a) && is_present(b) && a->offset < (uint64_t)b->offset + b->size &&
           b->offset < (uint64_t)a->offset + a->size;
}

static bool is_alias(const struct mk_layout_extent *a, const struct mk_layout_extent *b) {
    return a->offset == b->offset && a->size == b->size;
}

/* Firmware of graphics chips describes the free part of the flash with this pointer: its files end
 * before that. */
static bool is_free_space(struct mk_span region, const struct mk_firmware *f, unsigned i) {
    return i == MK_POINTER_BP5 && region.at == 0 && f->layout.pointers[i].offset >= region.n;
}

/* Two boot partitions may have the same place; any other overlap is damage. */
static bool check_pointers(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    for (unsigned i = MK_POINTER_DATA; i <= MK_POINTER_BP5; i++) {
        const struct mk_layout_extent *p = &f->layout.pointers[i];
        if (is_present(p) && (uint64_t)p->offset + p->size > region.n &&
            !is_free_space(region, f, i) &&
            !note_pointer(region, f, i, "extends past the end of the region", e))
            return false;
        for (unsigned k = MK_POINTER_DATA; k < i; k++) {
            const struct mk_layout_extent *other = &f->layout.pointers[k];
            bool legal = k != MK_POINTER_DATA && is_alias(p, other);
            if (overlap(p, other) && !legal &&
                !note_pointer(region, f, i, "overlaps another partition", e))
                return false;
        }
    }
    return true;
}

static bool check_layout(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    struct mk_error problem;
    if (f->layout.crc != f->layout.crc_expected) {
        mk_fail_limit(&problem, MK_E_CHECKSUM, region.at + mk_layout_fields[MK_LAYOUT_CRC].offset,
                      f->layout.crc, f->layout.crc_expected, "CRC of the layout table");
        if (!note(f, &problem, e))
            return false;
    }
    return check_pointers(region, f, e);
}

/* ---- the data partition ---- */

static void read_backup(struct mk_span data, struct mk_firmware *f) {
    uint64_t size = mk_fpt_end(&f->fpt);
    struct mk_fpt backup;
    f->has_backup =
        mk_structure_is_at(mk_span_clip(data, MK_FPT_BACKUP_AT, data.n), MK_STRUCTURE_FPT);
    if (!f->has_backup)
        return;
    f->backup_differs =
        !mk_span_equal(mk_span_clip(data, 0, size), mk_span_clip(data, MK_FPT_BACKUP_AT, size));
    f->backup_sum_right =
        mk_fpt_read(mk_span_clip(data, MK_FPT_BACKUP_AT, data.n), &backup, NULL) &&
        mk_fpt_sum_is_right(&backup);
}

static bool read_data(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    const struct mk_layout_extent *p = &f->layout.pointers[MK_POINTER_DATA];
    struct mk_span data = mk_span_clip(region, p->offset, p->size);
    struct mk_error problem;
    if (!is_present(p) || data.n == 0)
        return true;
    f->fpt_base = p->offset;
    if (!mk_fpt_read(data, &f->fpt, &problem)) {
        f->fpt = (struct mk_fpt){.n = 0};
        return note(f, &problem, e);
    }
    read_backup(data, f);
    return true;
}

/* ---- boot partitions ---- */

static bool read_table(struct mk_span region, struct mk_firmware *f, struct mk_boot_partition *bp,
                       struct mk_error *e) {
    struct mk_span s = mk_span_clip(region, bp->start, bp->end - bp->start);
    struct mk_error problem;
    bp->has_table = mk_bpdt_read(s, &bp->table, &problem);
    if (!bp->has_table)
        return note(f, &problem, e);
    if (bp->table.crc == bp->table.crc_expected)
        return true;
    mk_fail_limit(&problem, MK_E_CHECKSUM, s.at + mk_bpdt_fields[MK_BPDT_CRC].offset, bp->table.crc,
                  bp->table.crc_expected, "CRC of the BPDT");
    return note(f, &problem, e);
}

uint64_t mk_boot_partition_base(const struct mk_firmware *f, const struct mk_boot_partition *bp) {
    uint64_t home = f->layout.pointers[bp->number].offset;
    if (f->layout.version != MK_IFWI_20)
        return home;
    for (unsigned i = 0; i < bp->table.n; i++)
        if (bp->table.entries[i].size != 0 && bp->table.entries[i].offset < home)
            return home;
    return 0;
}

static bool add_second(struct mk_span region, struct mk_firmware *f, size_t i,
                       const struct mk_bpdt_entry *entry, struct mk_error *e) {
    const struct mk_boot_partition *first = &f->boots[i];
    uint64_t start = mk_boot_partition_base(f, first) + entry->offset;
    struct mk_error problem;
    if (start == first->start || start >= region.n || f->n_boots >= MK_LIMIT_BOOT_TABLES) {
        mk_fail(&problem, MK_E_RANGE, region.at + first->start,
                "S-BPDT of BP%u at 0x%" PRIx64 ": not a place for a second table", first->number,
                region.at + start);
        return note(f, &problem, e);
    }
    struct mk_boot_partition *second = &f->boots[f->n_boots++];
    *second = (struct mk_boot_partition){.number = first->number, .second = true, .start = start};
    second->end = mk_min(start + entry->size, region.n);
    return read_table(region, f, second, e);
}

static bool read_boot_partition(struct mk_span region, struct mk_firmware *f, unsigned number,
                                struct mk_error *e) {
    const struct mk_layout_extent *p = &f->layout.pointers[number];
    if (!is_present(p) || p->offset >= region.n)
        return true;
    struct mk_boot_partition *bp = &f->boots[f->n_boots++];
    *bp = (struct mk_boot_partition){.number = number, .start = p->offset};
    bp->end = mk_min((uint64_t)p->offset + p->size, region.n);
    for (unsigned k = MK_POINTER_BP1; k < number && bp->alias == 0; k++)
        if (is_alias(p, &f->layout.pointers[k]))
            bp->alias = k;
    return bp->alias != 0 || read_table(region, f, bp, e);
}

static bool read_boots(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    for (unsigned i = MK_POINTER_BP1; i <= MK_POINTER_BP5; i++)
        if (!read_boot_partition(region, f, i, e))
            return false;
    for (size_t i = 0, n = f->n_boots; i < n; i++)
        for (unsigned k = 0; f->boots[i].has_table && k < f->boots[i].table.n; k++) {
            const struct mk_bpdt_entry *entry = &f->boots[i].table.entries[k];
            if (entry->type == MK_BPDT_TYPE_SECOND && entry->size != 0 &&
                !add_second(region, f, i, entry, e))
                return false;
        }
    return true;
}

/* ---- partitions in boot partitions ---- */

/* The directory's own name decides: CSE Lite has MFTP in FTPR's slot. */
static void name_partition(struct mk_partition *p, unsigned type) {
    if (p->layout == MK_LAYOUT_DIRECTORY && p->cpd.n > 0)
        memcpy(p->name, p->cpd.name, sizeof p->name);
    else
        memcpy(p->name, mk_bpdt_type_name(type), strnlen(mk_bpdt_type_name(type), sizeof p->name));
}

static bool read_slot(struct mk_span region, struct mk_firmware *f,
                      const struct mk_boot_partition *bp, unsigned i, struct mk_error *e) {
    const struct mk_bpdt_entry *entry = &bp->table.entries[i];
    uint64_t start = mk_boot_partition_base(f, bp) + entry->offset;
    struct mk_error problem;
    if (start >= region.n || start + entry->size > region.n) {
        mk_fail_limit(&problem, MK_E_RANGE,
                      region.at + bp->start + MK_BPDT_HEADER_SIZE +
                          (uint64_t)i * MK_BPDT_ENTRY_SIZE,
                      start + entry->size, region.n, "BPDT entry beyond the region");
        if (!note(f, &problem, e))
            return false;
        if (start >= region.n)
            return true;
    }
    struct mk_partition *p = &f->partitions[f->n_partitions++];
    *p = (struct mk_partition){
        .boot = bp->number, .second = bp->second, .entry = i, .start = start, .size = entry->size};
    p->end = mk_min(start + entry->size, region.n);
    p->bytes = mk_span_clip(region, p->start, p->end - p->start);
    bool read = mki_partition_read(p, 0, e);
    name_partition(p, entry->type);
    return read;
}

static bool is_slot_used(const struct mk_bpdt_entry *entry) {
    return entry->size != 0 && entry->offset != 0 && entry->type != MK_BPDT_TYPE_SECOND;
}

static bool read_slots(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    size_t n = 0;
    struct mk_error problem;
    for (size_t i = 0; i < f->n_boots; i++)
        for (unsigned k = 0; f->boots[i].has_table && k < f->boots[i].table.n; k++) {
            if (!is_slot_used(&f->boots[i].table.entries[k]))
                continue;
            if (++n > MK_LIMIT_BOOT_PARTITIONS) {
                mk_fail_limit(&problem, MK_E_COUNT, region.at + f->boots[i].start, n,
                              MK_LIMIT_BOOT_PARTITIONS, "partitions in all boot tables");
                return note(f, &problem, e);
            }
            if (!read_slot(region, f, &f->boots[i], k, e))
                return false;
        }
    return true;
}

/* Sub-partitions of one boot partition never share bytes. */
static bool check_overlaps(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    struct mk_error problem;
    for (size_t i = 0; i < f->n_partitions; i++)
        for (size_t k = 0; k < i && f->problems.n < MK_LIMIT_ERRORS; k++) {
            const struct mk_partition *a = &f->partitions[k], *b = &f->partitions[i];
            if (a->boot == 0 || a->boot != b->boot || a->start >= b->end || b->start >= a->end)
                continue;
            mk_fail(&problem, MK_E_RANGE, region.at + b->start,
                    "entries %u and %u of BP%u's table overlap", a->entry, b->entry, b->boot);
            if (!note(f, &problem, e))
                return false;
        }
    return true;
}

bool mki_ifwi_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    f->partitions = calloc(MK_LIMIT_FPT_ENTRIES + MK_LIMIT_BOOT_PARTITIONS, sizeof *f->partitions);
    if (!f->partitions)
        return mk_fail_memory(e);
    return check_layout(region, f, e) && read_data(region, f, e) && read_boots(region, f, e) &&
           mki_fpt_partitions_read(region, f, e) && read_slots(region, f, e) &&
           check_overlaps(region, f, e);
}
