/* SPDX-License-Identifier: MIT */
/* A forged image with its findings, its map, and its picture or page as text. */
#ifndef MEKIT_TESTS_DRAWN_H
#define MEKIT_TESTS_DRAWN_H

#include "dump/shown.h"

#include <fpt-dump/map/map.h>
#include <fpt-dump/svg/svg.h>
#include <mekit/inspect/inspect.h>

struct drawn {
    struct shown shown;
    struct mk_inspection seen;
    struct map map;
};

static inline void drawn_look(struct drawn *d) {
    struct mk_error e = {0};
    d->seen = (struct mk_inspection){.verified = false};
    d->map = (struct map){.n_bars = 0};
    if (!d->shown.known)
        return;
    cr_assert(dump_look(&d->shown.run, &d->shown.image, &d->seen, &e));
    cr_assert(map_read(&d->shown.image, &d->seen, &d->map, &e));
}

static inline void drawn_open(struct drawn *d, const char *recipe) {
    shown_open(&d->shown, recipe);
    drawn_look(d);
}

static inline void drawn_forget(struct drawn *d) {
    map_free(&d->map);
    mk_inspection_free(&d->seen);
}

/* Reads it again after a test changed its bytes. */
static inline void drawn_again(struct drawn *d) {
    drawn_forget(d);
    shown_again(&d->shown);
    drawn_look(d);
}

static inline void drawn_close(struct drawn *d) {
    drawn_forget(d);
    shown_close(&d->shown);
}

/* The picture or the page of one image, or of two; the caller frees it. */
static inline char *drawn_text(struct drawn *const *d, size_t n, bool html) {
    struct dump_options options = {.svg = !html, .html = html};
    struct dump_view views[2];
    struct mk_error e = {0};
    char *text = NULL;
    size_t size;
    FILE *words = open_memstream(&text, &size);
    struct tool_run run = d[0]->shown.run;
    json_t *differences = n > 1 ? json_array() : NULL;
    cr_assert(words);
    run.words = words;
    run.options = &options;
    for (size_t i = 0; i < n; i++)
        views[i] = (struct dump_view){&d[i]->shown.input, &d[i]->shown.image, &d[i]->seen};
    cr_assert(dump_picture(&run, views, n, differences, &e));
    fclose(words);
    json_decref(differences);
    return text;
}

#define DEPTH 8

static inline bool is_entity(const char *p) {
    static const char *const known[] = {"&lt;",  "&gt;",     "&amp;",   "&quot;",
                                        "&#39;", "&#10003;", "&#10007;"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strncmp(p, known[i], strlen(known[i])) == 0)
            return true;
    return false;
}

/* Checks as much XML as this picture uses: nested elements, quoted attributes, known entities. */
static inline bool is_well_formed(const char *p) {
    char open[DEPTH][16];
    size_t depth = 0, roots = 0, n;
    while (*p) {
        if (*p == '&' && !is_entity(p))
            return false;
        if (*p++ != '<')
            continue;
        bool closes = *p == '/';
        p += closes;
        n = strspn(p, "abcdefghijklmnopqrstuvwxyz");
        if (n == 0 || n >= sizeof *open)
            return false;
        if (closes) {
            if (depth == 0 || strlen(open[depth - 1]) != n || strncmp(open[--depth], p, n) != 0 ||
                p[n] != '>')
                return false;
            p += n + 1;
            continue;
        }
        if (depth == DEPTH || (depth == 0 && roots++ > 0))
            return false;
        memcpy(open[depth], p, n);
        open[depth++][n] = '\0';
        for (p += n; *p && *p != '>' && *p != '/';) {
            size_t name = strspn(p += strspn(p, " "),
                                 "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-");
            if (name == 0 || strncmp(p + name, "=\"", 2) != 0)
                return false;
            p += name + 2;
            while (*p && !strchr("\"<", *p)) {
                if (*p == '&' && !is_entity(p))
                    return false;
                p++;
            }
            if (*p++ != '"')
                return false;
        }
        depth -= *p == '/';
        p += *p == '/';
        if (*p++ != '>')
            return false;
    }
    return depth == 0 && roots == 1;
}

#endif
