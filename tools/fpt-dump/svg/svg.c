/* SPDX-License-Identifier: MIT */
#include "draw.h"

#include "markup.h"

#include <stdlib.h>
#include <string.h>

/* The file's name without folders, which are noise in a picture. */
static const char *base_name(const char *name) {
    const char *slash = strrchr(name, '/');
    return slash && slash[1] ? slash + 1 : name;
}

static void name(struct svg_page *page, const struct svg_sheet *sheet) {
    char text[2 * MAP_SENTENCE_ROOM];
    snprintf(text, sizeof text, "%s%s%s", sheet->role ? sheet->role : "", sheet->role ? ": " : "",
             base_name(sheet->input->name));
    svg_paragraph(page, "head", 20, text);
}

static void heading(struct svg_page *page, const struct map *map) {
    char text[2 * MAP_SENTENCE_ROOM];
    svg_paragraph(page, "small", 13, map->subject);
    if (*map->state) {
        snprintf(text, sizeof text, "state: %s", map->state);
        svg_paragraph(page, "small", 13, text);
    }
    snprintf(text, sizeof text, "verdict: %s", map->verdict);
    svg_paragraph(page,
                  map->proof == MAP_PROVEN    ? "head good"
                  : map->proof == MAP_DAMAGED ? "head bad"
                                              : "head",
                  13, text);
    page->y += 8;
}

static bool sheet_bars(struct svg_page *page, const struct map *map) {
    page->above = NULL;
    for (unsigned i = 0; i < map->n_bars; i++) {
        if (!svg_bar(page, &map->bars[i]))
            return false;
        page->above = &map->bars[i];
        page->y += 8;
    }
    return true;
}

static bool body(struct svg_page *page, const struct svg_sheet *sheets, size_t n) {
    bool told = !page->keys; /* a page has this text above */
    for (size_t i = 0; i < n; i++) {
        page->y += i ? 28 : 8;
        if (told || n > 1)
            name(page, &sheets[i]);
        if (told)
            heading(page, sheets[i].map);
        else
            page->y += 4;
        if (!sheet_bars(page, sheets[i].map))
            return false;
        if (told)
            svg_paragraph(page, "small", 13, sheets[i].map->strip);
    }
    svg_legend(page);
    page->y += SVG_MARGIN / 2;
    return true;
}

static void head(FILE *words, const struct svg_sheet *sheets, size_t n, bool embedded,
                 double height) {
    double left = embedded ? SVG_MARGIN - 1 : 0; /* a page has its own margin */
    fprintf(words,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%.0f 0 %.0f %.0f\" "
            "role=\"img\">\n<title>Map of ",
            left, SVG_WIDTH - 2 * left, height);
    for (size_t i = 0; i < n; i++) {
        fputs(i ? " and " : "", words);
        markup_text(words, sheets[i].input->name);
    }
    fprintf(words, "</title>\n");
    if (!embedded)
        fprintf(words, "<style>%s</style>\n", svg_css);
    svg_patterns(words);
    fprintf(words, "<rect class=\"paper\" width=\"%.0f\" height=\"%.0f\"/>\n", SVG_WIDTH, height);
}

bool svg_write(FILE *words, const struct svg_sheet *sheets, size_t n, bool embedded,
               struct mk_error *e) {
    char *text = NULL;
    size_t size;
    struct svg_page page = {.body = open_memstream(&text, &size), .keys = embedded};
    bool drawn = page.body && body(&page, sheets, n);
    drawn = page.body && fclose(page.body) == 0 && drawn;
    if (drawn) {
        head(words, sheets, n, embedded, page.y);
        fputs(text, words);
        fprintf(words, "</svg>\n");
    }
    free(text);
    return drawn || mk_fail_memory(e);
}
