#include "draw.h"

#include "markup.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define HEIGHT 56.0
#define NAME   13.0 /* letters inside of a box */
#define SMALL  11.0
#define LANE   15.0
#define LANES  8

double svg_place(const struct map_bar *bar, uint64_t offset) {
    double inside = (double)(offset - bar->start), size = (double)(bar->end - bar->start);
    return SVG_MARGIN + SVG_INSIDE * inside / size;
}

/* ---- what stands above the bar ---- */

static void title(struct svg_page *page, const struct map_bar *bar) {
    page->y += 18;
    fprintf(page->body, "<text class=\"head\" x=\"%.1f\" y=\"%.1f\" font-size=\"14\">", SVG_MARGIN,
            page->y);
    markup_text(page->body, bar->title);
    fprintf(page->body,
            "</text>\n<text class=\"small\" x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" "
            "text-anchor=\"end\">0x%06" PRIx64 " - 0x%06" PRIx64 "</text>\n",
            SVG_RIGHT, page->y, SMALL, bar->start, bar->end - 1);
    page->y += 6;
}

static void group(struct svg_page *page, const struct map_bar *bar, const struct map_part *g,
                  double x, double y) {
    double left = svg_place(bar, g->start), right = svg_place(bar, g->end);
    fprintf(page->body,
            "<path class=\"line\" d=\"M%.1f %.1fV%.1fH%.1fV%.1f\"/>"
            "<text class=\"small halo\" x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\">",
            left, y, y - 5, right, y, x, y - 1, SMALL);
    markup_text(page->body, g->label);
    fprintf(page->body, "</text>\n");
}

/* Brackets that don't meet share a lane. */
static void groups(struct svg_page *page, const struct map_bar *bar) {
    double ends[LANES] = {0};
    unsigned lanes = 0;
    for (size_t i = 0; i < bar->n_groups; i++) {
        const struct map_part *g = &bar->groups[i];
        double left = svg_place(bar, g->start), right = svg_place(bar, g->end);
        double width = svg_text_width(g->label, SMALL), x = (left + right - width) / 2;
        unsigned lane = 0;
        x = x < SVG_MARGIN ? SVG_MARGIN : x + width > SVG_RIGHT ? SVG_RIGHT - width : x;
        left = left < x ? left : x;
        right = right > x + width ? right : x + width;
        while (lane < LANES && left < ends[lane])
            lane++;
        if (lane == LANES)
            continue;
        ends[lane] = right + 3;
        lanes = lane + 1 > lanes ? lane + 1 : lanes;
        group(page, bar, g, x, page->y + LANE * (lane + 1) - 2);
    }
    page->y += LANE * lanes;
}

static void marks(struct svg_page *page, const struct map_bar *bar) {
    double ends = 0;
    for (unsigned i = 0; i < bar->n_marks; i++) {
        double x = svg_place(bar, bar->marks[i].at);
        double width = svg_text_width(bar->marks[i].label, SMALL);
        bool left = x + width + 4 > SVG_RIGHT;
        if (i == 0 || x < ends)
            page->y += 14;
        ends = x + width;
        fprintf(page->body,
                "<path class=\"mark\" d=\"M%.1f %.1fV%.1f\"/>"
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\"%s>",
                x, page->y - 9, page->y + HEIGHT + 8, left ? x - 4 : x + 4, page->y - 1, SMALL,
                left ? " text-anchor=\"end\"" : "");
        markup_text(page->body, bar->marks[i].label);
        fprintf(page->body, "</text>\n");
    }
    page->y += bar->n_marks ? 4 : 0;
}

/* From what the bar looks at to the whole of it. */
static void zoom(struct svg_page *page, const struct map_bar *bar) {
    const struct map_bar *above = page->above;
    if (!above || bar->start < above->start || bar->end > above->end)
        return;
    fprintf(page->body, "<path class=\"zoom\" d=\"M%.1f %.1fL%.1f %.1fH%.1fL%.1f %.1fZ\"/>\n",
            svg_place(above, bar->start), page->above_ends, SVG_MARGIN, page->y, SVG_RIGHT,
            svg_place(above, bar->end), page->above_ends);
}

/* ---- the bar ---- */

static void inside(struct svg_page *page, const struct map_part *part, double x, double width) {
    static const bool dark[MAP_KINDS] = {
        [MAP_REGION] = true, [MAP_TABLE] = true, [MAP_BOOT] = true};
    const char *class = dark[part->kind] ? "light" : "halo";
    char size[MAP_SIZE_ROOM];
    map_size(part->end - part->start, size);
    bool both = svg_text_width(size, SMALL) + 10 <= width;
    fprintf(page->body, "<text class=\"%s head\" x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\">", class,
            x + 6, page->y + (both ? 25 : 33), NAME);
    markup_text(page->body, part->label);
    fprintf(page->body, "%s%s</text>", part->proof ? " " : "", svg_proof_mark(part->proof));
    page->proofs |= 1u << part->proof;
    if (both)
        fprintf(page->body, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\">%s</text>",
                class, x + 6, page->y + 42, SMALL, size);
}

static void part(struct svg_page *page, const struct map_bar *bar, const struct map_part *p,
                 bool *out) {
    double x = svg_place(bar, p->start), width = svg_place(bar, p->end) - x;
    double name = svg_text_width(p->label, NAME) + (p->proof ? 18 : 0) + 12;
    char text[MAP_PART_ROOM];
    bool fits = name <= width;
    *out = !fits && p->kind != MAP_FREE && (p->kind != MAP_GAP || width >= 3);
    fprintf(page->body, "<g class=\"part\"%s><title>", page->keys ? " tabindex=\"0\"" : "");
    markup_text(page->body, map_part_text(p, text));
    fprintf(page->body, "</title>");
    svg_box(page, x, page->y, width > 0.7 ? width : 0.7, HEIGHT, p->kind);
    if (fits)
        inside(page, p, x, width);
    fprintf(page->body, "</g>\n");
}

bool svg_bar(struct svg_page *page, const struct map_bar *bar) {
    bool *out = calloc(bar->n ? bar->n : 1, sizeof *out);
    if (!out)
        return false;
    title(page, bar);
    groups(page, bar);
    marks(page, bar);
    zoom(page, bar);
    for (size_t i = 0; i < bar->n; i++)
        part(page, bar, &bar->parts[i], &out[i]);
    page->above_ends = page->y + HEIGHT;
    bool led = svg_lead_out(page, bar, out, page->above_ends);
    free(out);
    return led;
}
