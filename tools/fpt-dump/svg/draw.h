/* SPDX-License-Identifier: MIT */
/* Private to the picture. Lengths are user units: a page is SVG_WIDTH of them wide. */
#ifndef MEKIT_TOOLS_SVG_DRAW_H
#define MEKIT_TOOLS_SVG_DRAW_H

#include "svg.h"

#define SVG_WIDTH  960.0
#define SVG_MARGIN 24.0
#define SVG_INSIDE (SVG_WIDTH - 2 * SVG_MARGIN)
#define SVG_RIGHT  (SVG_WIDTH - SVG_MARGIN)

struct svg_page {
    FILE *body;
    double y; /* everything above it is drawn */
    bool keys;
    const struct map_bar *above; /* the previous bar, or NULL; its box ends at above_ends */
    double above_ends;
    unsigned kinds, proofs; /* sets of the drawn kinds and proofs, for the legend */
};

/* The x of an offset of the bar. */
double svg_place(const struct map_bar *bar, uint64_t offset);

/* An upper estimate of the width of text in common fonts without serifs. */
double svg_text_width(const char *text, double size);

/* Writes text from the left margin on, in as many lines as it needs; moves y below them. */
void svg_paragraph(struct svg_page *page, const char *class, double size, const char *text);

/* The mark of a proof: a character reference, or "". */
const char *svg_proof_mark(enum map_proof proof);
const char *svg_kind_class(enum map_kind kind);

/* A box with the kind's colour and pattern. */
void svg_box(struct svg_page *page, double x, double y, double width, double height,
             enum map_kind kind);

/* Draws labels with leaders below y for parts that have no room inside; moves page->y below them.
 * Part i of bar needs one if out[i]. False: no memory. */
bool svg_lead_out(struct svg_page *page, const struct map_bar *bar, const bool *out, double y);

bool svg_bar(struct svg_page *page, const struct map_bar *bar);
void svg_legend(struct svg_page *page);
void svg_patterns(FILE *words);

#endif
