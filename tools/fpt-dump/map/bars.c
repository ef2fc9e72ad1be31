#include "fpt-dump/dump.h"

#include "column.h"

#include <inttypes.h>
#include <mekit/base/arith.h>
#include <mekit/base/text.h>

#define BAR 30u /* columns beside name, place and size */

/* What a bar shows: from start to end of the file, or of the flash where it goes on behind it. */
struct scale {
    struct mk_span file;
    uint64_t start, end;
};

static char cell_of(const struct scale *s, uint64_t start, uint64_t end) {
    struct mk_span bytes;
    if (start >= end)
        return ' ';
    if (!mk_span_cut(s->file, start, end - start, &bytes))
        return '?';
    return mk_span_is_filled(bytes, 0xFF) ? '.' : '#';
}

/* A part smaller than a column still shows. */
static void text_bar(FILE *words, const struct scale *s, uint64_t start, uint64_t end) {
    uint64_t length = s->end - s->start;
    fputc('|', words);
    for (unsigned i = 0; i < BAR; i++) {
        uint64_t from = s->start + length * i / BAR, to = s->start + length * (i + 1) / BAR;
        fputc(cell_of(s, mk_max(from, start), mk_min(to, end)), words);
    }
    fputs("|\n", words);
}

static void text_part(FILE *words, const struct scale *s, const char *name, uint64_t start,
                      uint64_t end) {
    char size[COLUMN_SIZE_ROOM];
    fprintf(words, "  %-12s 0x%07" PRIx64 " - 0x%07" PRIx64 " %10s ", name, start, end,
            column_size(end - start, size));
    text_bar(words, s, start, end);
}

static uint64_t find_flash_end(const struct mk_image *image) {
    const struct mk_descriptor *d = &image->descriptor;
    uint64_t end = image->bytes.n;
    for (unsigned i = 0; image->has_descriptor && i < d->n_regions; i++)
        end = mk_max(end, d->regions[i].end);
    return end;
}

static void text_flash(FILE *words, const struct mk_image *image) {
    const struct mk_descriptor *d = &image->descriptor;
    struct scale s = {image->bytes, 0, find_flash_end(image)};
    char size[COLUMN_SIZE_ROOM];
    fprintf(words, COLUMN_BOLD "flash" COLUMN_PLAIN ", %s (# data, . erased, ? not in this file)\n",
            column_size(s.end, size));
    for (unsigned i = 0; i < d->n_regions; i++)
        if (d->regions[i].used)
            text_part(words, &s, mk_region_name(i), d->regions[i].start, d->regions[i].end);
}

static void text_region(FILE *words, const struct mk_image *image) {
    const struct mk_firmware *f = &image->firmware;
    uint64_t at = image->region.at;
    struct scale s = {image->bytes, at, at + image->region.n};
    char name[MK_TEXT_ROOM(4)], version[MK_VERSION_ROOM], size[COLUMN_SIZE_ROOM];
    fprintf(words, COLUMN_BOLD "ME region" COLUMN_PLAIN ", %s, %s %s\n",
            column_size(image->region.n, size), f->family, mk_version_text(f->version, version));
    for (size_t i = 0; i < f->n_partitions; i++) {
        const struct mk_partition *p = &f->partitions[i];
        text_part(words, &s, mk_text_mask(name, sizeof name, p->name, 4), at + p->start,
                  at + p->end);
    }
}

void dump_map(FILE *words, const struct mk_image *image) {
    if (image->has_descriptor)
        text_flash(words, image);
    if (image->firmware.n_partitions > 0)
        text_region(words, image);
}
