/* SPDX-License-Identifier: MIT */
#include "column.h"
#include "parts.h"

#include <mekit/base/text.h>
#include <mekit/image/extent.h>
#include <stdio.h>
#include <string.h>

/* A module counts as erased if only pages are left that other modules use too. */
static enum map_kind kind_of_piece(struct map_facts *facts, const struct mk_module *m,
                                   enum mk_module_state state, uint64_t start, uint64_t end) {
    struct mk_span bytes = mk_span_clip(facts->image->bytes, start, end - start);
    if (bytes.n == 0)
        return MAP_ABSENT;
    if (state == MK_MODULE_ERASED || mk_span_is_filled(bytes, 0xFF))
        return MAP_ERASED;
    if (map_is_removed(facts, start, end))
        return MAP_REMOVABLE;
    if (m->kind != MK_MODULE_CODE)
        return MAP_TABLE;
    return m->essential && facts->strips ? MAP_BOOT : MAP_FIRMWARE;
}

static void tell_module(struct map_part *part, const struct mk_module *m, const char *reason) {
    char size[COLUMN_SIZE_ROOM];
    if (m->kind != MK_MODULE_CODE)
        return;
    snprintf(part->note, sizeof part->note, "%s%s", mk_compression_name(m->compression),
             m->encrypted ? ", encrypted" : "");
    if (m->code_size > 0)
        map_say(part->note, sizeof part->note, ", %s unpacked", column_size(m->code_size, size));
    if (*reason)
        map_say(part->note, sizeof part->note, "; %s", reason);
}

static bool add_ranges(struct map_bar *bar, struct map_facts *facts, const struct mk_module *m,
                       enum mk_module_state state, struct mk_ranges *ranges, struct map_part part) {
    unsigned removed = 0;
    mk_ranges_settle(ranges);
    for (size_t i = 0; i < ranges->n; i++) {
        part.start = facts->image->region.at + ranges->r[i].start;
        part.end = facts->image->region.at + ranges->r[i].end;
        part.kind = kind_of_piece(facts, m, state, part.start, part.end);
        struct map_part piece = part;
        removed |= piece.kind == MAP_REMOVABLE;
        if (piece.kind == MAP_ERASED || piece.kind == MAP_ABSENT)
            piece.proof = MAP_UNTOLD;
        if (!map_part_add(bar, piece))
            return false;
    }
    facts->modules += removed;
    return true;
}

static bool add_module(struct map_bar *bar, struct map_facts *facts, const struct mk_partition *p,
                       const struct mk_module *m) {
    struct mk_ranges ranges = {0};
    struct map_part part = {.kind = MAP_FIRMWARE};
    enum mk_module_state state;
    char reason[MAP_NOTE_ROOM];
    mk_text_mask(part.label, sizeof part.label, m->name, m->name_length);
    part.proof = map_proof_of_module(facts, p, m, reason);
    tell_module(&part, m, reason);
    bool found = m->n_pages > 0 ? mk_module_extents(p, m, &ranges)
                                : mk_ranges_add(&ranges, m->start, mk_module_stored_end(m));
    bool added = found && mk_module_state(facts->image->region, p, m, &state, NULL) &&
                 add_ranges(bar, facts, m, state, &ranges, part);
    mk_ranges_free(&ranges);
    return added;
}

static bool add_head(struct map_bar *bar, struct map_facts *facts, const struct mk_partition *p) {
    bool directory = p->layout == MK_LAYOUT_DIRECTORY;
    struct map_part head = {.start = bar->start, .kind = MAP_TABLE}, table = head;
    struct mk_module manifest = {.kind = MK_MODULE_MANIFEST, .stored = p->manifest.bytes};
    snprintf(head.label, sizeof head.label, directory ? "$CPD" : "manifest");
    head.end = bar->start + (directory ? p->cpd.table_end : p->manifest.bytes.n);
    if (!directory)
        head.proof = map_proof_of_module(facts, p, &manifest, head.note);
    snprintf(table.label, sizeof table.label, "LLUT");
    table.start = p->llut.bytes.at;
    table.end = table.start + p->llut.bytes.n;
    return (p->layout == MK_LAYOUT_DATA || map_part_add(bar, head)) &&
           (!p->has_llut || map_part_add(bar, table));
}

/* Joins neighbours that are metadata: each is too small to show. */
static void join_tables(struct map_bar *bar) {
    size_t kept = 0, joined = 1;
    for (size_t i = 1; i < bar->n; i++) {
        struct map_part *last = &bar->parts[kept], *next = &bar->parts[i];
        if (last->kind != MAP_TABLE || next->kind != MAP_TABLE || last->end != next->start ||
            !strstr(last->label, ".met") || !strstr(next->label, ".met")) {
            bar->parts[++kept] = *next;
            joined = 1;
            continue;
        }
        last->end = next->end;
        last->proof = last->proof > next->proof ? last->proof : next->proof;
        snprintf(last->label, sizeof last->label, "%zu .met", ++joined);
        snprintf(last->note, sizeof last->note, "metadata of modules");
    }
    bar->n = bar->n ? kept + 1 : 0;
}

bool map_add_boot(struct map *map, struct map_facts *facts) {
    const struct mk_partition *boot = facts->image->firmware.boot;
    bool readable = facts->image->me == MK_ME_FIRMWARE || facts->image->me == MK_ME_CSE;
    char name[MAP_LABEL_ROOM];
    if (!readable || !boot || boot->bytes.n == 0)
        return true;
    mk_text_mask(name, sizeof name, boot->name, sizeof boot->name);
    struct map_bar *bar = map_bar_start(map, name, boot->bytes.at, boot->bytes.at + boot->bytes.n);
    for (size_t i = 0; i < boot->n_modules; i++)
        if (!add_module(bar, facts, boot, &boot->modules[i]))
            return false;
    if (!add_head(bar, facts, boot) || !map_bar_settle(bar, facts->image))
        return false;
    join_tables(bar);
    return true;
}
