/* SPDX-License-Identifier: MIT */
/* A map of an image, as data: up to three bars, each a closer look at a part of the one above it.
 * All outputs (picture, page, text) take names, kinds and sentences only from here. All text is
 * already masked. */
#ifndef MEKIT_TOOLS_MAP_H
#define MEKIT_TOOLS_MAP_H

#include <mekit/inspect/inspect.h>

enum map_kind {
    MAP_FREE,      /* belongs to no part, every byte FF */
    MAP_GAP,       /* belongs to no part, not blank */
    MAP_ABSENT,    /* not in this file */
    MAP_ERASED,    /* a part of which every byte is FF */
    MAP_REGION,    /* a region of the flash other than the ME's */
    MAP_TABLE,     /* says where other parts are, or what they should be */
    MAP_FIRMWARE,  /* code and data that me-strip does not touch */
    MAP_BOOT,      /* needed to boot */
    MAP_REMOVABLE, /* me-strip removes it */
    MAP_KINDS
};
const char *map_kind_name(enum map_kind kind); /* "needed to boot" */
char map_kind_letter(enum map_kind kind);      /* for bars of text; never a blank */

/* Whether signatures and hashes show that a part is as its vendor made it. */
enum map_proof { MAP_UNTOLD, MAP_PROVEN, MAP_UNPROVEN, MAP_DAMAGED };
const char *map_proof_name(enum map_proof proof); /* "proven"; "" for UNTOLD */

#define MAP_LABEL_ROOM    48
#define MAP_NOTE_ROOM     160
#define MAP_SENTENCE_ROOM 320
#define MAP_BARS          3
#define MAP_MARKS         3

struct map_part {
    uint64_t start, end; /* in the file, end exclusive */
    char label[MAP_LABEL_ROOM];
    enum map_kind kind;
    enum map_proof proof;
    char note[MAP_NOTE_ROOM]; /* another remark, or "" */
};

/* A line across a bar. */
struct map_mark {
    uint64_t at;
    char label[MAP_LABEL_ROOM];
};

struct map_bar {
    char title[MAP_NOTE_ROOM]; /* "ME region, 5.0 MiB, 3.5 MiB free" */
    char what[MAP_LABEL_ROOM]; /* "ME region" */
    uint64_t start, end;
    struct map_part *parts; /* owned; sorted, without holes, from start to end */
    size_t n, capacity;
    struct map_part *groups; /* owned; each holds several parts, or claims bytes of others */
    size_t n_groups, group_capacity;
    struct map_mark marks[MAP_MARKS];
    unsigned n_marks;
};

struct map {
    char subject[MAP_SENTENCE_ROOM]; /* "ME 8.1.70.1590, Panther Point, two chips (8 + 4 MiB)" */
    char state[MAP_SENTENCE_ROOM];   /* "stock, soft-disabled, locked" */
    char verdict[MAP_SENTENCE_ROOM]; /* "valid; boot code proven (2 modules)" */
    enum map_proof proof;            /* in one word: PROVEN only if all boot code is */
    char strip[MAP_SENTENCE_ROOM];   /* what me-strip would remove, or why nothing */
    struct map_bar bars[MAP_BARS];   /* flash, ME region, boot partition: those that exist */
    unsigned n_bars;
};

/* seen: the result of mk_inspect with MK_LOOK_CHAIN. False: MEMORY. End with map_free in any case.
 */
bool map_read(const struct mk_image *image, const struct mk_inspection *seen, struct map *map,
              struct mk_error *e);
void map_free(struct map *map);

/* "FTPR 0x096000 - 0x10afff, 468 KiB: needed to boot, proven; its note". Returns out. */
#define MAP_PART_ROOM 400
char *map_part_text(const struct map_part *part, char out[MAP_PART_ROOM]);

#endif
