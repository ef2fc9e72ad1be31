/* SPDX-License-Identifier: MIT */
/* Private to the map: functions that fill a bar. */
#ifndef MEKIT_TOOLS_MAP_PARTS_H
#define MEKIT_TOOLS_MAP_PARTS_H

#include "map.h"

#include <mekit/base/range.h>

/* The facts that are known before parts are added. */
struct map_facts {
    const struct mk_image *image;
    const struct mk_inspection *seen;
    struct mk_ranges removed; /* file offsets of the bytes that me-strip would fill */
    bool strips;              /* me-strip can work on this image */
    struct mk_error refusal;  /* or why it can't */
    uint64_t minimum;         /* the size that the region can have once it is stripped; 0: none */
    unsigned partitions, modules; /* numbers of removed ones */
};

/* Adds to a text and cuts it if it does not fit. */
void map_say(char *out, size_t room, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The next bar of the map, [start, end). */
struct map_bar *map_bar_start(struct map *map, const char *name, uint64_t start, uint64_t end);

/* Parts may come in any order and overlap. These leave out empty parts, bytes outside the bar, and
 * all parts after the first MAP_MOST. False: MEMORY. */
#define MAP_MOST 4096u
bool map_part_add(struct map_bar *bar, struct map_part part);
bool map_group_add(struct map_bar *bar, struct map_part group);
void map_mark_add(struct map_bar *bar, uint64_t at, const char *label);

/* Sorts parts. A part that contains others, or that claims bytes of an earlier one, becomes a
 * group; bytes between parts become free, or a gap. False: MEMORY. */
bool map_bar_settle(struct map_bar *bar, const struct mk_image *image);

bool map_add_flash(struct map *map, const struct map_facts *facts);
bool map_add_region(struct map *map, struct map_facts *facts);
bool map_add_boot(struct map *map, struct map_facts *facts);

/* Finds out what me-strip would remove, and changes nothing. False: MEMORY. */
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
