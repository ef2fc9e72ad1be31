/* SPDX-License-Identifier: MIT */
#include "draw.h"

#include "column.h"
#include "markup.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define HEIGHT 56.0
#define NAME   13.0 /* letters inside a box */
#define SMALL  11.0
#define LANE   15.0
#define LANES  8

/* ---- above the bar ---- */

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

/* A bracket with its name inside, or beside it if the name is too long. */
struct bracket {
    double left, right, text, width;
};

static struct bracket bracket_of(const struct map_bar *bar, const struct map_part *g) {
    struct bracket b = {.left = svg_place(bar, g->start),
                        .right = svg_place(bar, g->end),
                        .width = svg_text_width(g->label, SMALL)};
    if (b.width + 12 <= b.right - b.left)
        b.text = (b.left + b.right - b.width) / 2;
    else if (b.right + 4 + b.width <= SVG_RIGHT)
        b.text = b.right + 4;
    else
        b.text = b.left - 4 - b.width;
    return b;
}

static void group(struct svg_page *page, const struct bracket *b, const char *label, double y) {
    bool split = b->text > b->left && b->text < b->right;
    fprintf(page->body, "<path class=\"line\" d=\"M%.1f %.1fV%.1fH%.1f", b->left, y, y - 6,
            split ? b->text - 4 : b->right);
    if (split)
        fprintf(page->body, "M%.1f %.1fH%.1f", b->text + b->width + 4, y - 6, b->right);
    fprintf(page->body, "V%.1f\"/><text class=\"small\" x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\">",
            y, b->text, y - 2, SMALL);
    markup_text(page->body, label);
    fprintf(page->body, "</text>\n");
}

/* Brackets that don't overlap share a lane. */
static void groups(struct svg_page *page, const struct map_bar *bar) {
    double ends[LANES] = {0};
    unsigned lanes = 0;
    for (size_t i = 0; i < bar->n_groups; i++) {
        struct bracket b = bracket_of(bar, &bar->groups[i]);
        double start = b.left < b.text ? b.left : b.text, end = b.text + b.width + 4;
        unsigned lane = 0;
        while (lane < LANES && start < ends[lane])
            lane++;
        if (lane == LANES)
            continue;
        ends[lane] = end > b.right ? end : b.right;
        lanes = lane + 1 > lanes ? lane + 1 : lanes;
        group(page, &b, bar->groups[i].label, page->y + LANE * (lane + 1) - 2);
    }
    page->y += LANE * lanes;
}

/* Labels of marks, above the bar, each on its own line. */
static void marks(struct svg_page *page, const struct map_bar *bar) {
    for (unsigned i = 0; i < bar->n_marks; i++) {
        double x = svg_place(bar, bar->marks[i].at);
        bool left = x + svg_text_width(bar->marks[i].label, SMALL) + 4 > SVG_RIGHT;
        page->y += 14;
        fprintf(page->body, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\"%s>",
                left ? x - 4 : x + 4, page->y - 1, SMALL, left ? " text-anchor=\"end\"" : "");
        markup_text(page->body, bar->marks[i].label);
        fprintf(page->body, "</text>\n");
    }
    page->y += bar->n_marks ? 4 : 0;
}

/* The lines leave out the middle of the bar, where the labels are. */
static void mark_lines(struct svg_page *page, const struct map_bar *bar) {
    for (unsigned i = 0; i < bar->n_marks; i++) {
        double x = svg_place(bar, bar->marks[i].at), top = page->y, bottom = top + HEIGHT;
        double above = top - 14 * (bar->n_marks - i) - 1;
        fprintf(page->body,
                "<path class=\"cut\" d=\"M%.1f %.1fv9M%.1f %.1fv-9\"/>"
                "<path class=\"mark\" d=\"M%.1f %.1fV%.1fM%.1f %.1fv-15\"/>\n",
                x, top, x, bottom, x, above, top + 9, x, bottom + 6);
    }
}

/* Connects the part of the bar above with the whole of this bar, which shows it closer. */
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
    static const bool dark[MAP_KINDS] = {[MAP_TABLE] = true, [MAP_BOOT] = true};
    const char *class = dark[part->kind] ? "light" : "halo";
    char size[COLUMN_SIZE_ROOM];
    column_size(part->end - part->start, size);
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
    fprintf(page->body, "<g class=\"part%s\"%s><title>", p->proof == MAP_DAMAGED ? " damaged" : "",
            page->keys ? " tabindex=\"0\" role=\"img\"" : "");
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
    mark_lines(page, bar);
    page->above_ends = page->y + HEIGHT;
    bool led = svg_lead_out(page, bar, out, page->above_ends);
    free(out);
    return led;
}
