#include "dump.h"

#include <inttypes.h>
#include <mekit/base/arith.h>
#include <mekit/base/text.h>

#define WIDTH     900u
#define ROW       60u
#define MARGIN    20u
#define LABEL_MIN 28u /* a narrower box has no room for a name */

struct bar {
    FILE *words;
    uint64_t start, size; /* what the whole width stands for */
    unsigned y;
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

static void box(const struct bar *bar, uint64_t start, uint64_t end, const char *name,
                const char *fill) {
    uint64_t from = mk_min(start - mk_min(start, bar->start), bar->size);
    uint64_t to = mk_min(end - mk_min(end, bar->start), bar->size);
    unsigned x = (unsigned)(from * WIDTH / bar->size), right = (unsigned)(to * WIDTH / bar->size);
    unsigned width = right > x ? right - x : 1;
    fprintf(
        bar->words,
        "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" fill=\"%s\" stroke=\"#333\"><title>",
        MARGIN + x, bar->y, width, ROW - MARGIN, fill);
    escape(bar->words, name);
    fprintf(bar->words, " 0x%" PRIx64 " - 0x%" PRIx64 "</title></rect>\n", start, end);
    if (width < LABEL_MIN)
        return;
    fprintf(bar->words, "<text x=\"%u\" y=\"%u\" font-size=\"11\" font-family=\"sans-serif\">",
            MARGIN + x + 3, bar->y + 24);
    escape(bar->words, name);
    fprintf(bar->words, "</text>\n");
}

static void regions(const struct mk_image *image, const struct bar *bar) {
    for (unsigned i = 0; i < image->descriptor.n_regions; i++) {
        const struct mk_region *r = &image->descriptor.regions[i];
        if (r->used && r->start < image->bytes.n)
            box(bar, r->start, mk_min(r->end, image->bytes.n), mk_region_name(i),
                i == MK_REGION_ME ? "#f4b183" : "#d9e2f3");
    }
}

static void partitions(const struct mk_image *image, const struct bar *bar) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    char name[MK_TEXT_ROOM(4)];
    for (unsigned i = 0; i < fpt->n; i++) {
        const struct mk_fpt_entry *entry = &fpt->entries[i];
        struct mk_span bytes = mk_span_clip(image->region, entry->start, entry->end - entry->start);
        if (entry->has_data)
            box(bar, image->region.at + entry->start, image->region.at + entry->end,
                mk_text_mask(name, sizeof name, entry->name, 4),
                mk_span_is_filled(bytes, 0xFF) ? "#eeeeee" : "#f8cbad");
    }
}

void dump_svg(FILE *words, const struct mk_image *image) {
    struct bar flash = {words, 0, image->bytes.n, MARGIN};
    struct bar me = {words, image->region.at, image->region.n, MARGIN + ROW};
    fprintf(words,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\">\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
            WIDTH + 2 * MARGIN, 2 * ROW + 2 * MARGIN);
    if (image->has_descriptor)
        regions(image, &flash);
    if (image->region.n > 0)
        partitions(image, &me);
    fprintf(words, "</svg>\n");
}
