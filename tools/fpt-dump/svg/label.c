/* SPDX-License-Identifier: MIT */
#include "draw.h"

#include "column.h"
#include "markup.h"

#include <stdlib.h>
#include <string.h>

#define MOST_ROWS 12
#define SIZE      11.0 /* size of the letters */
#define ROW       14.0
#define LEAD      14.0 /* distance below the bar at which a leader turns */
#define GAP       10.0 /* between two labels of a row */
#define STEP      9.0  /* between two leaders */

/* Labels hang on flagpoles that keep the order of the parts, so that no two leaders cross. Each
 * label is a row higher than its left neighbour, so that no pole passes through a label. */
struct label {
    const struct map_part *part;
    char text[MAP_LABEL_ROOM + COLUMN_SIZE_ROOM];
    double middle, width, x;
    unsigned row;
};

struct labels {
    struct label *list;
    size_t n;
    unsigned rows;
};

static double larger(double a, double b) {
    return a > b ? a : b;
}

static double smaller(double a, double b) {
    return a < b ? a : b;
}

/* Places each label as near to its part as the labels to its left allow. */
static void push_right(struct labels *l) {
    double ends[MOST_ROWS] = {0}, last = SVG_MARGIN - STEP;
    for (size_t i = 0; i < l->n; i++) {
        struct label *label = &l->list[i];
        label->row = l->rows - 1 - (unsigned)(i % l->rows);
        label->x = larger(label->middle, last + STEP);
        for (unsigned row = 0; row <= label->row; row++)
            label->x = larger(label->x, ends[row]);
        ends[label->row] = label->x + label->width + GAP;
        last = label->x;
    }
}

/* Moves labels back inside the page. False: there is no room. */
static bool push_left(struct labels *l) {
    double starts[MOST_ROWS], last = SVG_RIGHT + STEP;
    for (unsigned row = 0; row < MOST_ROWS; row++)
        starts[row] = SVG_RIGHT + GAP;
    for (size_t i = l->n; i > 0; i--) {
        struct label *label = &l->list[i - 1];
        label->x = smaller(label->x, last - STEP);
        for (unsigned row = label->row; row < l->rows; row++)
            label->x = smaller(label->x, starts[row] - GAP - label->width);
        starts[label->row] = label->x;
        last = label->x;
    }
    return l->n == 0 || l->list[0].x >= SVG_MARGIN;
}

static double farthest(const struct labels *l) {
    double most = 0;
    for (size_t i = 0; i < l->n; i++)
        most = larger(most,
                      larger(l->list[i].x - l->list[i].middle, l->list[i].middle - l->list[i].x));
    return most;
}

/* Prefers few rows and short leaders. */
static bool arrange(struct labels *l) {
    double best = -1;
    unsigned rows = 0;
    for (l->rows = 1; l->rows <= MOST_ROWS; l->rows++) {
        push_right(l);
        double cost = farthest(l) + 45.0 * l->rows;
        if (!push_left(l))
            continue;
        cost = larger(cost, farthest(l) + 45.0 * l->rows);
        if (best < 0 || cost < best) {
            best = cost;
            rows = l->rows;
        }
    }
    l->rows = rows;
    if (rows == 0)
        return false;
    push_right(l);
    return push_left(l);
}

static void collect(struct labels *l, const struct map_bar *bar, const bool *out,
                    uint64_t smallest) {
    l->n = 0;
    for (size_t i = 0; i < bar->n; i++) {
        const struct map_part *part = &bar->parts[i];
        struct label *label = &l->list[l->n];
        char size[COLUMN_SIZE_ROOM];
        if (!out[i] || part->end - part->start < smallest)
            continue;
        snprintf(label->text, sizeof label->text, "%s %s", part->label,
                 column_size(part->end - part->start, size));
        label->part = part;
        label->middle = (svg_place(bar, part->start) + svg_place(bar, part->end)) / 2;
        label->width = svg_text_width(label->text, SIZE) + (part->proof ? 22 : 8);
        l->n++;
    }
}

static void draw(struct svg_page *page, const struct label *label, double y) {
    double turn = y + LEAD, base = turn + ROW * (label->row + 1) - 3;
    enum map_proof proof = label->part->proof;
    fprintf(page->body,
            "<path class=\"line\" d=\"M%.1f %.1fL%.1f %.1fV%.1f\"/>"
            "<text class=\"small\" x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\">",
            label->middle, y, label->x, turn, base + 2, label->x + 4, base, SIZE);
    markup_text(page->body, label->text);
    fprintf(page->body, "%s%s</text>\n", proof ? " " : "", svg_proof_mark(proof));
    page->proofs |= 1u << proof;
}

static void tell_rest(struct svg_page *page, size_t wanted, size_t n) {
    if (wanted > n)
        fprintf(page->body,
                "<text class=\"small\" x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" "
                "text-anchor=\"end\">%zu smaller parts have no label</text>\n",
                SVG_RIGHT, page->y += ROW, SIZE, wanted - n);
}

bool svg_lead_out(struct svg_page *page, const struct map_bar *bar, const bool *out, double y) {
    struct labels l = {.list = calloc(bar->n ? bar->n : 1, sizeof *l.list)};
    uint64_t smallest = 0;
    if (!l.list)
        return false;
    collect(&l, bar, out, smallest);
    size_t wanted = l.n;
    while (!arrange(&l))
        collect(&l, bar, out, smallest = smallest ? 2 * smallest : 64);
    for (size_t i = 0; i < l.n; i++)
        draw(page, &l.list[i], y);
    page->y = l.n ? y + LEAD + ROW * l.rows : y;
    tell_rest(page, wanted, l.n);
    free(l.list);
    return true;
}
