/* SPDX-License-Identifier: MIT */
#include "fpt-dump/dump.h"

#include "column.h"
#include "map.h"

#include <inttypes.h>
#include <mekit/base/arith.h>
#include <string.h>

#define PLACE     35u /* columns of place and size, with separators */
#define NARROWEST 8u
#define WIDEST    22u /* a longer label moves only its own bar */

/* ---- the summary, for an owner's first questions ---- */

void dump_summary(FILE *words, const struct map *map) {
    static const char *const marks[] = {"", COLUMN_GOOD, COLUMN_WARN, COLUMN_BAD};
    fprintf(words, "  %s\n", map->subject);
    fprintf(words, "  " COLUMN_BOLD "verdict: %s%s" COLUMN_PLAIN "\n", marks[map->proof],
            map->verdict);
    fprintf(words, "  %s\n", map->strip);
}

/* ---- the flash as bars ---- */

static unsigned find_width(const struct map *map) {
    uint64_t width = NARROWEST;
    for (unsigned k = 0; k < map->n_bars; k++)
        for (size_t i = 0; i < map->bars[k].n; i++)
            width = mk_max(width, strlen(map->bars[k].parts[i].label));
    return (unsigned)mk_min(width, WIDEST);
}

/* Also show a part that is smaller than a column. */
static void text_bar(FILE *words, const struct map_bar *bar, const struct map_part *part,
                     unsigned columns) {
    uint64_t length = bar->end - bar->start;
    fputc('|', words);
    for (unsigned i = 0; i < columns; i++) {
        uint64_t from = bar->start + length * i / columns;
        uint64_t to = bar->start + length * (i + 1) / columns;
        bool lies_here = part->start < to && from < part->end;
        fputc(lies_here ? map_kind_letter(part->kind) : ' ', words);
    }
    fputs("|\n", words);
}

/* The title already says how much space is free, so a gap between two modules gets no row of its
 * own. */
static bool is_shown(const struct map_bar *bar, const struct map_part *part, unsigned columns) {
    return part->kind != MAP_FREE || (part->end - part->start) * columns >= bar->end - bar->start;
}

static void text_parts(FILE *words, const struct map_bar *bar, unsigned width) {
    char size[COLUMN_SIZE_ROOM];
    unsigned columns = COLUMN_WIDTH - PLACE - 4 - width;
    fprintf(words, COLUMN_BOLD "%s" COLUMN_PLAIN "\n", bar->title);
    for (size_t i = 0; i < bar->n; i++) {
        const struct map_part *p = &bar->parts[i];
        if (!is_shown(bar, p, columns))
            continue;
        fprintf(words, "  %-*s 0x%07" PRIx64 " - 0x%07" PRIx64 " %10s ", (int)width, p->label,
                p->start, p->end, column_size(p->end - p->start, size));
        text_bar(words, bar, p, columns);
    }
}

static void text_letters(FILE *words, const struct map *map) {
    bool drawn[MAP_KINDS] = {false};
    const char *mark = "";
    for (unsigned k = 0; k < map->n_bars; k++)
        for (size_t i = 0; i < map->bars[k].n; i++)
            drawn[map->bars[k].parts[i].kind] = true;
    for (unsigned i = 0; i < MAP_KINDS; i++)
        if (drawn[i]) {
            fprintf(words, "%s%c %s", mark, map_kind_letter(i), map_kind_name(i));
            mark = "; ";
        }
    fputc('\n', words);
}

void dump_map(FILE *words, const struct map *map) {
    unsigned width = find_width(map);
    dump_summary(words, map);
    for (unsigned i = 0; i < map->n_bars; i++)
        text_parts(words, &map->bars[i], width);
    if (map->n_bars > 0)
        text_letters(words, map);
}
