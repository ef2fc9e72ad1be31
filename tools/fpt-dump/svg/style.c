/* SPDX-License-Identifier: MIT */
#include "draw.h"

const char svg_css[] =
    "\n"
    "text{font-family:\"DejaVu Sans\",Verdana,sans-serif;fill:#111827}\n"
    ".paper{fill:#fff}.head{font-weight:bold}.small{fill:#374151}\n"
    ".light text,text.light{fill:#fff}.halo{paint-order:stroke;stroke:#fff;stroke-width:3px;"
    "stroke-linejoin:round}\n"
    ".line{fill:none;stroke:#4b5563;stroke-width:.8}.mark{stroke:#111827;stroke-width:1.5;"
    "stroke-dasharray:5 3}\n"
    ".zoom{fill:#6b7280;fill-opacity:.13}.good{fill:#166534}.bad{fill:#b91c1c}\n"
    ".box{stroke:#374151;stroke-width:.8}\n"
    ".free{fill:#fff;stroke:#9ca3af}.gap{fill:#fecaca}.absent{fill:#fff;stroke-dasharray:4 3}\n"
    ".erased{fill:#f3f4f6}.region{fill:#93c5fd}.table{fill:#4b5563}.firmware{fill:#fde68a}\n"
    ".boot{fill:#14532d;stroke:#000;stroke-width:2}.removable{fill:#e5e7eb}\n"
    ".ink{stroke:#6b7280;fill:none}.spot{fill:#6b7280}.warm{stroke:#d97706;stroke-opacity:.55;fill:"
    "none}.cut{stroke:#fff;stroke-width:4}\n"
    ".damaged .box{stroke:#b91c1c;stroke-width:3}\n"
    ".part:focus{outline:none}.part:focus .box,.part:hover .box{stroke:#7c3aed;stroke-width:3}\n";

static const char patterns[] =
    "<defs>\n"
    "<pattern id=\"p-removable\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
    "<path class=\"ink\" d=\"M-2 2L2 -2M0 8L8 0M6 10L10 6\"/></pattern>\n"
    "<pattern id=\"p-gap\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
    "<path class=\"ink\" d=\"M0 0L8 8M0 8L8 0\"/></pattern>\n"
    "<pattern id=\"p-erased\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
    "<circle class=\"spot\" cx=\"3\" cy=\"3\" r=\"0.9\"/></pattern>\n"
    "<pattern id=\"p-firmware\" width=\"8\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
    "<path class=\"warm\" d=\"M0 3H8\" stroke-width=\".8\"/></pattern>\n"
    "</defs>\n";

void svg_patterns(FILE *words) {
    fputs(patterns, words);
}

const char *svg_kind_class(enum map_kind kind) {
    static const char *const classes[MAP_KINDS] = {
        [MAP_FREE] = "free",         [MAP_GAP] = "gap",       [MAP_ABSENT] = "absent",
        [MAP_ERASED] = "erased",     [MAP_REGION] = "region", [MAP_TABLE] = "table",
        [MAP_FIRMWARE] = "firmware", [MAP_BOOT] = "boot",     [MAP_REMOVABLE] = "removable",
    };
    return classes[kind];
}

const char *svg_proof_mark(enum map_proof proof) {
    static const char *const marks[] = {"", "&#10003;", "?", "&#10007;"};
    return marks[proof];
}

void svg_box(struct svg_page *page, double x, double y, double width, double height,
             enum map_kind kind) {
    static const bool patterned[MAP_KINDS] = {
        [MAP_GAP] = true, [MAP_ERASED] = true, [MAP_FIRMWARE] = true, [MAP_REMOVABLE] = true};
    const char *class = svg_kind_class(kind);
    fprintf(page->body,
            "<rect class=\"box %s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", class,
            x, y, width, height);
    if (patterned[kind])
        fprintf(page->body,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                "fill=\"url(#p-%s)\"/>",
                x, y, width, height, class);
    page->kinds |= 1u << kind;
}

/* ---- text ---- */

double svg_text_width(const char *text, double size) {
    double width = 0;
    for (; *text; text++)
        width += *text >= 'A' && *text <= 'Z'   ? 0.74
                 : *text == 'm' || *text == 'w' ? 0.95
                 : *text == 'i' || *text == 'l' || *text == '.' || *text == ',' || *text == ' ' ||
                         *text == '/'
                     ? 0.36
                     : 0.64;
    return width * size;
}

double svg_place(const struct map_bar *bar, uint64_t offset) {
    double before = (double)(offset - bar->start), size = (double)(bar->end - bar->start);
    return SVG_MARGIN + SVG_INSIDE * before / size;
}
