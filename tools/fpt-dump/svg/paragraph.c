/* SPDX-License-Identifier: MIT */
#include "draw.h"

#include "markup.h"

#include <string.h>

#define LINE_ROOM 256

static void line(struct svg_page *page, const char *class, double size, const char *text) {
    page->y += size + 5;
    fprintf(page->body, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\">", class,
            SVG_MARGIN, page->y, size);
    markup_text(page->body, text);
    fprintf(page->body, "</text>\n");
}

/* A word that is wider than a line gets its own line and is cut. */
void svg_paragraph(struct svg_page *page, const char *class, double size, const char *text) {
    char words[LINE_ROOM] = "";
    while (*text) {
        size_t n = strcspn(text, " "), used = strlen(words);
        char longer[2 * LINE_ROOM];
        snprintf(longer, sizeof longer, "%s%s%.*s", words, used ? " " : "", (int)n, text);
        if (used && (svg_text_width(longer, size) > SVG_INSIDE || strlen(longer) >= LINE_ROOM)) {
            line(page, class, size, words);
            *words = '\0';
            continue;
        }
        snprintf(words, sizeof words, "%.*s", LINE_ROOM - 1, longer);
        text += n + strspn(text + n, " ");
    }
    if (*words)
        line(page, class, size, words);
}
