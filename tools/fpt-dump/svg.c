#include "dump.h"

#include <inttypes.h>
#include <mekit/base/arith.h>
#include <mekit/base/text.h>

#define WIDTH   900u
#define BOX     40u
#define ROW     76u /* a box, its addresses, and air */
#define MARGIN  20u
#define LETTER  7u  /* width of one */
#define ADDRESS 64u /* width of an address below a box */
#define FONT    "font-family=\"sans-serif\" font-size"

static const char color_region[] = "#d9e2f3", color_me[] = "#f4b183", color_partition[] = "#f8cbad",
                  color_erased[] = "#eeeeee", color_absent[] = "#ffffff";

struct bar {
    FILE *words;
    uint64_t start, size; /* what the whole width stands for */
    unsigned y;
    unsigned addressed; /* up to here (x) there are addresses below the boxes */
};

static void escape(FILE *words, const char *text) {
    for (; *text; text++) {
        const char *entity = *text == '<'   ? "&lt;"
                             : *text == '>' ? "&gt;"
                             : *text == '&' ? "&amp;"
                                            : NULL;
        if (entity)
            fputs(entity, words);
        else
            fputc(*text, words);
    }
}

static unsigned place(const struct bar *bar, uint64_t offset) {
    uint64_t inside = mk_min(offset - mk_min(offset, bar->start), bar->size);
    return bar->size ? (unsigned)(inside * WIDTH / bar->size) : 0;
}

static void label(const struct bar *bar, unsigned x, unsigned width, const char *name) {
    size_t letters = 0;
    while (name[letters])
        letters++;
    if (letters * LETTER > width)
        return;
    fprintf(bar->words, "<text x=\"%u\" y=\"%u\" " FONT "=\"11\">", MARGIN + x + 3,
            bar->y + BOX / 2 + 4);
    escape(bar->words, name);
    fprintf(bar->words, "</text>\n");
}

static void address(struct bar *bar, unsigned x, uint64_t offset) {
    if (x < bar->addressed)
        return;
    fprintf(bar->words, "<text x=\"%u\" y=\"%u\" " FONT "=\"9\">0x%" PRIx64 "</text>\n", MARGIN + x,
            bar->y + BOX + 12, offset);
    bar->addressed = x + ADDRESS;
}

static void box(struct bar *bar, uint64_t start, uint64_t end, const char *name, const char *fill) {
    unsigned x = place(bar, start), right = place(bar, end);
    unsigned width = right > x ? right - x : 1;
    fprintf(bar->words,
            "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" fill=\"%s\" stroke=\"#333\"%s>"
            "<title>",
            MARGIN + x, bar->y, width, BOX, fill,
            fill == color_absent ? " stroke-dasharray=\"4\"" : "");
    escape(bar->words, name);
    fprintf(bar->words, " 0x%" PRIx64 " - 0x%" PRIx64 "</title></rect>\n", start, end);
    label(bar, x, width, name);
    address(bar, x, start);
}

static void caption(const struct bar *bar, const char *text) {
    fprintf(bar->words, "<text x=\"%u\" y=\"%u\" " FONT "=\"12\" font-weight=\"bold\">%s</text>\n",
            MARGIN, bar->y - 6, text);
}

static const char *region_color(const struct mk_image *image, unsigned i) {
    struct mk_span bytes;
    if (!mk_image_region(image, i, &bytes))
        return color_absent;
    if (mk_span_is_filled(bytes, 0xFF))
        return color_erased;
    return i == MK_REGION_ME ? color_me : color_region;
}

/* The part of a region that is not in this file (the other chip's) is dashed. */
static void regions(const struct mk_image *image, struct bar *bar) {
    caption(bar, "flash");
    for (unsigned i = 0; i < image->descriptor.n_regions; i++) {
        const struct mk_region *r = &image->descriptor.regions[i];
        uint64_t end = mk_min(r->end, image->bytes.n);
        if (r->used && r->start < end)
            box(bar, r->start, end, mk_region_name(i), region_color(image, i));
        if (r->used && r->end > image->bytes.n)
            box(bar, mk_max(r->start, image->bytes.n), r->end, mk_region_name(i), color_absent);
    }
}

static bool overlaps_earlier(const struct mk_firmware *f, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (f->partitions[k].start < f->partitions[i].end &&
            f->partitions[i].start < f->partitions[k].end)
            return true;
    return false;
}

/* Partitions that claim the same bytes would hide each other: the later ones go below. */
static void partitions(const struct mk_image *image, struct bar bars[2]) {
    const struct mk_firmware *f = &image->firmware;
    char name[MK_TEXT_ROOM(4)];
    caption(&bars[0], "ME region");
    for (size_t i = 0; i < f->n_partitions; i++) {
        const struct mk_partition *p = &f->partitions[i];
        box(&bars[overlaps_earlier(f, i)], p->bytes.at, p->bytes.at + p->bytes.n,
            mk_text_mask(name, sizeof name, p->name, sizeof p->name),
            mk_span_is_filled(p->bytes, 0xFF) ? color_erased : color_partition);
    }
}

static uint64_t flash_size(const struct mk_image *image) {
    uint64_t size = image->bytes.n;
    for (unsigned i = 0; image->has_descriptor && i < image->descriptor.n_regions; i++)
        size = mk_max(size, image->descriptor.regions[i].end);
    return size;
}

void dump_svg(FILE *words, const struct mk_image *image) {
    struct bar flash = {words, 0, flash_size(image), 2 * MARGIN, 0};
    struct bar me[2] = {{words, image->region.at, image->region.n, 2 * MARGIN + ROW, 0},
                        {words, image->region.at, image->region.n, 2 * MARGIN + 2 * ROW, 0}};
    fprintf(words,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" role=\"img\">\n"
            "<title>Map of a flash image</title>\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
            WIDTH + 2 * MARGIN, 3 * ROW + 2 * MARGIN);
    if (image->has_descriptor)
        regions(image, &flash);
    if (image->region.n > 0)
        partitions(image, me);
    fprintf(words,
            "<text x=\"%u\" y=\"%u\" " FONT
            "=\"10\">grey: erased; dashed: not in this file</text>\n"
            "</svg>\n",
            MARGIN, 3 * ROW + MARGIN);
}
