/* SPDX-License-Identifier: MIT */
#include "page.h"

#include "../svg/markup.h"
#include "report.h"

#include <inttypes.h>

static void start(FILE *words, const struct dump_view *views, size_t n) {
    fprintf(words, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; "
                   "form-action 'none'\">\n<title>");
    for (size_t i = 0; i < n; i++) {
        fputs(i ? " and " : "", words);
        markup_text(words, views[i].input->name);
    }
    fprintf(words, "</title>\n<style>%s%s</style></head>\n<body>\n", svg_css, page_style);
}

static const char *verdict_class(enum map_proof proof) {
    return proof == MAP_PROVEN ? "good" : proof == MAP_DAMAGED ? "bad" : "open";
}

static void paragraph(FILE *words, const char *class, const char *lead, const char *text) {
    if (!*text)
        return;
    fprintf(words, "<p class=\"%s\">%s", class, lead);
    markup_text(words, text);
    fprintf(words, "</p>\n");
}

static void findings(FILE *words, const struct mk_findings *f) {
    if (f->n == 0) {
        fprintf(words, "<p>No findings: nothing odd was seen.</p>\n");
        return;
    }
    fprintf(words, "<ul class=\"findings\">\n");
    for (size_t i = 0; i < f->n; i++) {
        const struct mk_finding *one = &f->list[i];
        const char *severity = mk_severity_name(one->severity);
        fprintf(words, "<li class=\"%s\"><strong>%s: %s</strong>", severity, severity,
                mk_finding_word(one->id));
        if (one->offset != MK_NOWHERE)
            fprintf(words, " <span class=\"at\">at 0x%06" PRIx64 "</span>", one->offset);
        fprintf(words, "<br>");
        markup_text(words, one->text);
        if (*one->next) {
            fprintf(words, "<br><em>Next: ");
            markup_text(words, one->next);
            fprintf(words, "</em>");
        }
        fprintf(words, "</li>\n");
    }
    fprintf(words, "</ul>\n");
}

static void summary(FILE *words, const struct dump_view *view, const struct svg_sheet *sheet) {
    const struct map *map = sheet->map;
    fprintf(words, "<section class=\"summary\"><h1>");
    if (sheet->role)
        fprintf(words, "<small>%s</small> ", sheet->role);
    markup_text(words, view->input->name);
    fprintf(words, "</h1>\n");
    paragraph(words, "subject", "", map->subject);
    paragraph(words, "state", "State: ", map->state);
    paragraph(words, verdict_class(map->proof), "Verdict: ", map->verdict);
    findings(words, &view->seen->findings);
    paragraph(words, "strip", "", map->strip);
    fprintf(words, "</section>\n");
}

static bool picture(FILE *words, const struct svg_sheet *sheets, size_t n, struct mk_error *e) {
    fprintf(words, "<section><h2>Map</h2>\n<p id=\"told\" aria-live=\"polite\">Point at a part, or "
                   "reach it with Tab and the arrow keys.</p>\n<div class=\"map wide\">\n");
    bool drawn = svg_write(words, sheets, n, true, e);
    fprintf(words, "</div></section>\n");
    return drawn;
}

/* Shows the content of dump_json for the last image, which the page shows in full. */
static bool tables(const struct tool_run *run, const struct dump_view *view, struct mk_error *e) {
    struct tool_run one = *run;
    struct tool_input input = *view->input;
    one.inputs = &input;
    json_t *document = dump_json(&one, view->image, &view->seen->findings);
    page_access(run->words, view->image);
    page_tables(run->words, document);
    json_decref(document);
    return report_is_whole(e);
}

bool page_write(const struct tool_run *run, const struct dump_view *views,
                const struct svg_sheet *sheets, size_t n, const json_t *differences,
                struct mk_error *e) {
    FILE *words = run->words;
    start(words, views, n);
    fprintf(words, "<main>\n");
    for (size_t i = 0; i < n; i++)
        summary(words, &views[i], &sheets[i]);
    if (!picture(words, sheets, n, e))
        return false;
    if (differences)
        page_differences(words, differences);
    bool told = tables(run, &views[n - 1], e);
    fprintf(words,
            "</main>\n<footer>%s " MEKIT_VERSION "</footer>\n<script>%s</script>\n</body></html>\n",
            run->tool->name, page_script);
    return told;
}
