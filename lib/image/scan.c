/* SPDX-License-Identifier: MIT */
#include <mekit/image/scan.h>

#include <mekit/base/arith.h>
#include <mekit/base/limit.h>
#include <mekit/format/descriptor.h>
#include <mekit/format/structure.h>
#include <stdio.h>
#include <string.h>

#define BLOCK      0x1000u
#define LOOK_BACK  0x200000u /* a layout table is at most this far before its first partition */
#define DESCRIPTOR 0x10u     /* from a descriptor to its signature, except in the oldest ones */

const char *mk_found_kind_name(enum mk_found_kind kind) {
    static const char *const names[] = {"descriptor", "region", "ifwi", "partition"};
    return names[kind];
}

/* The end of the firmware. No table of IFWI 2.0 gives it. */
static uint64_t end_of(const struct mk_firmware *f) {
    bool told = f->layout.version != MK_IFWI_20;
    uint64_t end = 0;
    for (size_t i = 0; i < f->n_partitions; i++)
        end = mk_max(end, f->partitions[i].end);
    for (unsigned i = 0; told && i < f->layout.n_pointers; i++)
        end = mk_max(end, (uint64_t)f->layout.pointers[i].offset + f->layout.pointers[i].size);
    return end;
}

static void tell(const struct mk_firmware *f, struct mk_found *found) {
    snprintf(found->family, sizeof found->family, "%s", f->family);
    found->version = f->version;
}

/* A small table may make the scan read many partitions again and again, so count them. */
static void take_note(struct mk_scan *scan, const struct mk_firmware *f) {
    for (size_t i = 0; i < f->n_partitions; i++)
        scan->tried += f->partitions[i].layout != MK_LAYOUT_DATA;
}

/* A table must lead to a manifest: its tag alone also occurs in code that searches for it. */
static bool leads_to_code(const struct mk_firmware *f) {
    for (size_t i = 0; i < f->n_partitions; i++)
        if (f->partitions[i].has_manifest)
            return true;
    return false;
}

/* The bytes from at to the end of the smallest region around it: a table may be open to the end of
 * its region. */
static struct mk_span rest_of_region(const struct mk_scan *scan, uint64_t at) {
    uint64_t end = scan->file.n;
    for (unsigned i = 0; i < scan->n_regions; i++)
        if (scan->regions[i].start <= at && at < scan->regions[i].end)
            end = mk_min(end, scan->regions[i].end);
    return mk_span_clip(scan->file, at, end - at);
}

static bool try_region(struct mk_scan *scan, uint64_t at, enum mk_found_kind kind,
                       struct mk_found *found, struct mk_error *e) {
    struct mk_firmware f;
    struct mk_span s = rest_of_region(scan, at);
    if (!mk_firmware_read(s, &f, e))
        return false;
    bool real = leads_to_code(&f);
    take_note(scan, &f);
    *found = (struct mk_found){.kind = kind, .offset = at, .size = mk_min(end_of(&f), s.n)};
    tell(&f, found);
    mk_firmware_free(&f);
    return real;
}

static bool try_table(struct mk_scan *scan, uint64_t at, struct mk_found *found,
                      struct mk_error *e) {
    scan->tried++;
    return (at >= 0x10 && try_region(scan, at - 0x10, MK_FOUND_REGION, found, e)) ||
           (e->code != MK_E_MEMORY && try_region(scan, at, MK_FOUND_REGION, found, e));
}

/* The scan finds a boot table before the layout table that points to it. That table lies before it,
 * unless this is an IFWI 2.0. */
static bool try_boot_table(struct mk_scan *scan, uint64_t at, struct mk_found *found,
                           struct mk_error *e) {
    struct mk_layout layout;
    scan->tried++;
    for (uint64_t back = BLOCK; back <= mk_min(at, LOOK_BACK); back += BLOCK) {
        struct mk_span s = mk_span_clip(scan->file, at - back, scan->file.n);
        if (mk_layout_read(s, &layout) && layout.version != MK_IFWI_20 &&
            layout.pointers[MK_POINTER_BP1].offset == back)
            return try_region(scan, at - back, MK_FOUND_IFWI, found, e);
    }
    return try_region(scan, at, MK_FOUND_IFWI, found, e);
}

static uint64_t partition_end(const struct mk_partition *p) {
    struct mk_span extension;
    struct mk_partition_hash hash;
    static const uint32_t types[] = {MK_EXTENSION_IFWI_PARTITION_INFO, MK_EXTENSION_PARTITION_INFO};
    uint64_t end = mk_span_offset(p->bytes, p->manifest.bytes) + p->manifest.bytes.n;
    if (p->layout == MK_LAYOUT_MANIFEST)
        return end;
    for (size_t i = 0; i < 2; i++)
        if (mk_extension_find(p->manifest.body, types[i], &extension) &&
            mk_partition_hash_read(extension, types[i], MK_HASH_256, &hash))
            end = mk_max(end, hash.size);
    for (unsigned i = 0; i < p->cpd.n; i++)
        if (!p->cpd.entries[i].huffman)
            end = mk_max(end, (uint64_t)p->cpd.entries[i].offset + p->cpd.entries[i].length);
    return end;
}

static bool try_partition(struct mk_scan *scan, uint64_t at, struct mk_found *found,
                          struct mk_error *e) {
    struct mk_firmware f;
    struct mk_span s = mk_span_clip(scan->file, at, scan->file.n);
    scan->tried++;
    if (!mk_firmware_read_partition(s, &f, e))
        return false;
    const struct mk_partition *p = &f.partitions[0];
    bool real = p->has_manifest && p->problem.code == MK_OK;
    *found = (struct mk_found){.kind = MK_FOUND_PARTITION, .offset = at};
    found->size = real ? mk_min(partition_end(p), s.n) : 0;
    memcpy(found->name, p->name, sizeof found->name);
    tell(&f, found);
    found->version = p->manifest.version;
    mk_firmware_free(&f);
    return real;
}

/* A descriptor that is read at the wrong one of its two places does not begin with its own region.
 */
static bool read_descriptor(const struct mk_scan *scan, uint64_t at, struct mk_descriptor *d) {
    const struct mk_region *itself = &d->regions[MK_REGION_FD];
    return mk_descriptor_read(mk_span_clip(scan->file, at, scan->file.n), NULL, d, NULL) &&
           itself->used && itself->start == 0;
}

static bool try_descriptor(struct mk_scan *scan, uint64_t map, struct mk_found *found,
                           struct mk_error *e) {
    (void)e;
    struct mk_descriptor d;
    uint64_t at = map - mk_min(map, DESCRIPTOR), end = 0;
    scan->tried++;
    if (!read_descriptor(scan, at, &d)) {
        at = map;
        if (!read_descriptor(scan, at, &d))
            return false;
    }
    scan->n_regions = 0;
    for (unsigned i = 0; i < d.n_regions; i++) {
        const struct mk_region *r = &d.regions[i];
        if (!r->used)
            continue;
        end = mk_max(end, r->end);
        scan->regions[scan->n_regions++] = (struct mk_range){at + r->start, at + r->end};
    }
    *found = (struct mk_found){.kind = MK_FOUND_DESCRIPTOR, .offset = at};
    found->size = mk_min(end, scan->file.n - at);
    return true;
}

/* The next place from scan->at on with the first two bytes of a structure that try_here searches,
 * or the end. */
static uint64_t next_place(const struct mk_scan *scan) {
    static const uint8_t pairs[][2] = {
        {0x5A, 0xA5}, {'$', 'F'}, {'$', 'C'}, {'$', 'M'}, {0xAA, 0x55}};
    size_t at =
        mk_span_find_pair(scan->file, (size_t)scan->at, pairs, sizeof pairs / sizeof *pairs);
    return at == MK_SPAN_NONE ? scan->file.n : at;
}

/* The structures to search, and the check that each is real. */
static const struct {
    enum mk_structure_id id;
    bool (*is_found)(struct mk_scan *scan, uint64_t at, struct mk_found *found, struct mk_error *e);
} searches[] = {
    {MK_STRUCTURE_MAP, try_descriptor},  {MK_STRUCTURE_FPT, try_table},
    {MK_STRUCTURE_BPDT, try_boot_table}, {MK_STRUCTURE_BPDT_RECOVERY, try_boot_table},
    {MK_STRUCTURE_CPD, try_partition},   {MK_STRUCTURE_MN2, try_partition},
    {MK_STRUCTURE_MAN, try_partition},
};

static bool try_here(struct mk_scan *scan, struct mk_found *found, struct mk_error *e) {
    uint32_t word = mk_span_u32(scan->file, scan->at);
    bool inside = scan->at < scan->known_end;
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        const struct mk_structure *s = &mk_structures[searches[i].id];
        if (word == s->tag && scan->at >= s->tag_at &&
            (!inside || searches[i].id == MK_STRUCTURE_MAP))
            return searches[i].is_found(scan, scan->at - s->tag_at, found, e);
    }
    return false;
}

bool mk_scan_next(struct mk_scan *scan, struct mk_found *found, struct mk_error *e) {
    struct mk_error ignored = {0};
    for (scan->at = next_place(scan); scan->at + 4 <= scan->file.n; scan->at = next_place(scan)) {
        if (scan->tried >= MK_LIMIT_SCAN)
            return mk_fail(e, MK_E_COUNT, scan->at,
                           "too many places look like firmware: the rest was not searched");
        bool is_found = try_here(scan, found, &ignored);
        if (ignored.code == MK_E_MEMORY)
            return mk_fail_as(e, &ignored);
        scan->at++;
        if (!is_found)
            continue;
        if (found->kind != MK_FOUND_DESCRIPTOR)
            scan->known_end = mk_max(found->offset + found->size, scan->at);
        return true;
    }
    return mk_fail_as(e, &(struct mk_error){.code = MK_OK});
}
