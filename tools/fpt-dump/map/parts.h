/* SPDX-License-Identifier: MIT */
/* Private to the map: how a bar is filled. */
#ifndef MEKIT_TOOLS_MAP_PARTS_H
#define MEKIT_TOOLS_MAP_PARTS_H

#include "map.h"

#include <mekit/base/range.h>

/* What is known when parts are added. */
struct map_facts {
    const struct mk_image *image;
    const struct mk_inspection *seen;
    struct mk_ranges removed; /* file offsets of what me-strip would fill */
    bool strips;              /* me-strip has something to say of this image */
    struct mk_error refusal;  /* or why not */
    uint64_t minimum;         /* the size that the region can have once it is stripped; 0: none */
    unsigned partitions, modules; /* that go */
};

/* Adds to a text; what does not fit is left out. */
void map_say(char *out, size_t room, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The next bar of the map, [start, end). */
struct map_bar *map_bar_start(struct map *map, const char *name, uint64_t start, uint64_t end);

/* Parts may come in any order and overlap; empty ones, what lies outside of the bar and what is
 * beyond MAP_MOST of them are left out. False: MEMORY. */
#define MAP_MOST 4096u
bool map_part_add(struct map_bar *bar, struct map_part part);
bool map_group_add(struct map_bar *bar, struct map_part group);
void map_mark_add(struct map_bar *bar, uint64_t at, const char *label);

/* Puts parts in order. One that holds others, or that claims bytes of one before it, becomes a
 * group; what is left between parts becomes free, or a gap. False: MEMORY. */
bool map_bar_settle(struct map_bar *bar, const struct mk_image *image);

bool map_add_flash(struct map *map, const struct map_facts *facts);
bool map_add_region(struct map *map, struct map_facts *facts);
bool map_add_boot(struct map *map, struct map_facts *facts);

/* What me-strip removes, without carrying it out. False: MEMORY. */
bool map_strip_read(struct map_facts *facts, struct mk_error *e);
/* How many bytes of [start, end) are removed; true if most of them are. */
uint64_t map_removed_bytes(struct map_facts *facts, uint64_t start, uint64_t end);
bool map_is_removed(struct map_facts *facts, uint64_t start, uint64_t end);

enum map_proof map_proof_of_partition(const struct map_facts *facts, const struct mk_partition *p);
enum map_proof map_proof_of_module(const struct map_facts *facts, const struct mk_partition *p,
                                   const struct mk_module *m, char note[MAP_NOTE_ROOM]);

/* The sentences of the map. False: MEMORY. */
bool map_tell(struct map *map, struct map_facts *facts, struct mk_error *e);

#endif
