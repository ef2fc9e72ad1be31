/* SPDX-License-Identifier: MIT */
#include "draw.h"

#include "markup.h"

#define SIZE  12.0
#define LINE  22.0
#define BOX   24.0
#define SPACE 14.0

/* Moves *x past an entry of that width; if the entry does not fit, it begins on the next line. */
static double entry_start(struct svg_page *page, double *x, double width) {
    if (*x + width > SVG_RIGHT) {
        *x = SVG_MARGIN;
        page->y += LINE;
    }
    double start = *x;
    *x += width + SPACE;
    return start;
}

static void entry_text(struct svg_page *page, double x, const char *mark, const char *text) {
    fprintf(page->body, "<text class=\"small\" x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\">%s", x,
            page->y - 3, SIZE, mark);
    markup_text(page->body, text);
    fprintf(page->body, "</text>\n");
}

void svg_legend(struct svg_page *page) {
    double x = SVG_MARGIN;
    page->y += LINE + 4;
    for (unsigned i = 0; i < MAP_KINDS; i++) {
        const char *name = map_kind_name(i);
        if (!(page->kinds >> i & 1))
            continue;
        double start = entry_start(page, &x, BOX + 6 + svg_text_width(name, SIZE));
        svg_box(page, start, page->y - 15, BOX, 15, i);
        entry_text(page, start + BOX + 6, "", name);
    }
    for (unsigned i = MAP_PROVEN; i <= MAP_DAMAGED; i++) {
        const char *name = map_proof_name(i);
        if (!(page->proofs >> i & 1))
            continue;
        double start = entry_start(page, &x, 18 + svg_text_width(name, SIZE));
        entry_text(page, start, svg_proof_mark(i), "");
        entry_text(page, start + 16, "", name);
    }
}
