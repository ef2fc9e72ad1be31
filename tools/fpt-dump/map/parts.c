/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include <inttypes.h>
#include <mekit/base/arith.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct map_bar *map_bar_start(struct map *map, const char *name, uint64_t start, uint64_t end) {
    struct map_bar *bar = &map->bars[map->n_bars++];
    *bar = (struct map_bar){.start = start, .end = end};
    snprintf(bar->what, sizeof bar->what, "%s", name);
    return bar;
}

static bool append(struct map_part **list, size_t *n, size_t *capacity, struct map_part part) {
    if (*n == *capacity) {
        size_t larger = *capacity ? 2 * *capacity : 16;
        struct map_part *more = mk_resize(*list, larger, sizeof *more);
        if (!more)
            return false;
        *list = more;
        *capacity = larger;
    }
    (*list)[(*n)++] = part;
    return true;
}

bool map_part_add(struct map_bar *bar, struct map_part part) {
    part.start = mk_max(part.start, bar->start);
    part.end = mk_min(part.end, bar->end);
    if (!*part.label)
        snprintf(part.label, sizeof part.label, "(no name)");
    return part.start >= part.end || bar->n >= MAP_MOST ||
           append(&bar->parts, &bar->n, &bar->capacity, part);
}

bool map_group_add(struct map_bar *bar, struct map_part group) {
    group.start = mk_max(group.start, bar->start);
    group.end = mk_min(group.end, bar->end);
    return group.start >= group.end || bar->n_groups >= MAP_MOST ||
           append(&bar->groups, &bar->n_groups, &bar->group_capacity, group);
}

void map_mark_add(struct map_bar *bar, uint64_t at, const char *label) {
    if (at <= bar->start || at >= bar->end || bar->n_marks == MAP_MARKS)
        return;
    struct map_mark *mark = &bar->marks[bar->n_marks++];
    mark->at = at;
    snprintf(mark->label, sizeof mark->label, "%s", label);
}

/* ---- order ---- */

static int compare(const void *left, const void *right) {
    const struct map_part *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return strcmp(a->label, b->label);
}

/* Joins two names of the same bytes. */
static void join_names(struct map_part *part, const struct map_part *other) {
    size_t used = strlen(part->label), more = strlen(other->label);
    if (strcmp(part->label, other->label) != 0 && used + more + 2 <= sizeof part->label) {
        part->label[used] = '/';
        memcpy(part->label + used + 1, other->label, more + 1);
    }
    part->proof = part->proof > other->proof ? part->proof : other->proof;
}

static bool place(struct map_bar *settled, struct map_part part) {
    struct map_part *last = settled->n ? &settled->parts[settled->n - 1] : NULL;
    if (!last || part.start >= last->end)
        return append(&settled->parts, &settled->n, &settled->capacity, part);
    if (part.start == last->start && part.end == last->end) {
        join_names(last, &part);
        return true;
    }
    struct map_part group = part;
    if (part.end <= last->end) {
        group = *last;
        *last = part;
    }
    return map_group_add(settled, group);
}

/* ---- bytes between parts ---- */

static const struct map_part *group_at(const struct map_bar *bar, uint64_t at) {
    for (size_t i = bar->n_groups; i > 0; i--)
        if (bar->groups[i - 1].start <= at && at < bar->groups[i - 1].end &&
            bar->groups[i - 1].kind > MAP_ABSENT)
            return &bar->groups[i - 1];
    return NULL;
}

static struct map_part rest_of(const struct map_part *group) {
    struct map_part part = *group;
    if (strlen(part.label) + sizeof "rest of " <= sizeof part.label) {
        memmove(part.label + 8, part.label, strlen(part.label) + 1);
        memcpy(part.label, "rest of ", 8);
    }
    return part;
}

/* Groups may begin and end anywhere, so a hole ends at the next border of a group. */
static uint64_t hole_end(const struct map_bar *bar, uint64_t start, uint64_t end) {
    for (size_t i = 0; i < bar->n_groups; i++) {
        const struct map_part *g = &bar->groups[i];
        if (g->start > start)
            end = mk_min(end, g->start);
        if (g->end > start)
            end = mk_min(end, g->end);
    }
    return end;
}

static struct map_part hole(const struct map_bar *bar, const struct mk_image *image, uint64_t start,
                            uint64_t end) {
    const struct map_part *group = group_at(bar, start);
    struct mk_span bytes = mk_span_clip(image->bytes, start, end - start);
    struct map_part part = {.kind = MAP_FREE, .label = "free"};
    if (bytes.n == 0)
        part = (struct map_part){.kind = MAP_ABSENT, .label = "not in this file"};
    else if (!mk_span_is_filled(bytes, 0xFF))
        part = group ? rest_of(group) : (struct map_part){.kind = MAP_GAP, .label = "unlisted"};
    if (part.kind == MAP_GAP && image->in_bios)
        part = (struct map_part){.kind = MAP_REGION, .label = "host firmware"};
    part.start = start;
    part.end = end;
    return part;
}

static bool fill_hole(struct map_bar *bar, const struct map_bar *groups,
                      const struct mk_image *image, uint64_t start, uint64_t end) {
    for (uint64_t stop; start < end; start = stop) {
        stop = hole_end(groups, start, end);
        if (start < image->bytes.n)
            stop = mk_min(stop, image->bytes.n);
        if (!map_part_add(bar, hole(groups, image, start, stop)))
            return false;
    }
    return true;
}

static bool fill_holes(struct map_bar *bar, const struct mk_image *image) {
    struct map_bar filled = {.start = bar->start, .end = bar->end};
    uint64_t at = bar->start;
    bool done = true;
    for (size_t i = 0; i < bar->n && done; i++) {
        done = fill_hole(&filled, bar, image, at, bar->parts[i].start) &&
               map_part_add(&filled, bar->parts[i]);
        at = bar->parts[i].end;
    }
    done = done && fill_hole(&filled, bar, image, at, bar->end);
    free(bar->parts);
    bar->parts = filled.parts;
    bar->n = filled.n;
    bar->capacity = filled.capacity;
    return done;
}

bool map_bar_settle(struct map_bar *bar, const struct mk_image *image) {
    struct map_part *parts = bar->parts;
    size_t n = bar->n;
    bool placed = true;
    if (n > 0)
        qsort(parts, n, sizeof *parts, compare);
    bar->parts = NULL;
    bar->n = bar->capacity = 0;
    for (size_t i = 0; i < n && placed; i++)
        placed = place(bar, parts[i]);
    free(parts);
    return placed && fill_holes(bar, image);
}
