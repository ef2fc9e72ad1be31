/* SPDX-License-Identifier: MIT */
#include <mekit/action/regions.h>
#include <mekit/base/text.h>

#include <stdio.h>
#include <string.h>

#define BLOCK      0x1000u
#define DIGITS     8u
#define NAME_ROOM  24u
#define LINE_SHOWN 40u

/* A place in a text. */
struct cursor {
    struct mk_span text;
    uint64_t at;
};

static char peek(const struct cursor *c) {
    if (c->at >= c->text.n)
        return '\n';
    return (char)mk_span_u8(c->text, c->at);
}

static void skip_blanks(struct cursor *c) {
    while (c->at < c->text.n && (peek(c) == ' ' || peek(c) == '\t' || peek(c) == '\r'))
        c->at++;
}

static int digit_of(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_hex(struct cursor *c, uint64_t *value) {
    unsigned n = 0;
    if (mk_span_has(c->text, c->at, "0x", 2) || mk_span_has(c->text, c->at, "0X", 2))
        c->at += 2;
    for (*value = 0; n <= DIGITS && digit_of(peek(c)) >= 0; n++, c->at++)
        *value = *value << 4 | (unsigned)digit_of(peek(c));
    return n > 0 && n <= DIGITS;
}

static bool read_place(struct cursor *c, struct mk_range *place) {
    uint64_t last;
    if (!read_hex(c, &place->start) || (peek(c) != ':' && peek(c) != '-'))
        return false;
    c->at++;
    if (!read_hex(c, &last))
        return false;
    place->end = last + 1;
    return true;
}

/* where: "line 3" or the word, for messages. */
static bool add(struct mk_region_wishes *w, const char *name, struct mk_range place,
                const char *where, struct mk_error *e) {
    char masked[MK_TEXT_ROOM(NAME_ROOM)];
    int number = mk_region_find(name);
    if (number < 0)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "%s: no region has the name %s", where,
                       mk_text_mask_string(masked, sizeof masked, name));
    for (size_t i = 0; i < w->n; i++)
        if (w->list[i].region == (unsigned)number)
            return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "%s: the region %s is given twice", where,
                           mk_region_name((unsigned)number));
    if (place.start >= place.end)
        place = (struct mk_range){0, 0};
    if (place.start % BLOCK != 0 || place.end % BLOCK != 0)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE,
                       "%s: 0x%x - 0x%x: a region begins and ends at a multiple of 0x%x", where,
                       (unsigned)place.start, (unsigned)(place.end - 1), BLOCK);
    w->list[w->n].region = (unsigned)number;
    w->list[w->n++].place = place;
    return true;
}

static bool fail_line(const struct cursor *line, const char *where, struct mk_error *e) {
    char shown[MK_TEXT_ROOM(LINE_SHOWN)];
    uint8_t bytes[LINE_SHOWN];
    size_t n = line->text.n < LINE_SHOWN ? line->text.n : LINE_SHOWN;
    mk_span_copy(line->text, 0, bytes, n);
    return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "%s: expected START:END NAME, found %s", where,
                   mk_text_mask(shown, sizeof shown, bytes, n));
}

/* Reads the rest of the line without blanks at its end. False: it is empty, or too long for a name.
 */
static bool read_name(struct cursor *line, char name[NAME_ROOM]) {
    size_t n = 0;
    skip_blanks(line);
    for (; line->at < line->text.n && peek(line) != '#'; line->at++) {
        if (n == NAME_ROOM - 1 || peek(line) == '\0')
            return false;
        name[n++] = peek(line);
    }
    while (n > 0 && strchr(" \t\r", name[n - 1]))
        n--;
    name[n] = '\0';
    return n > 0;
}

static bool read_line(struct mk_region_wishes *w, struct mk_span text, unsigned number,
                      struct mk_error *e) {
    struct cursor line = {text, 0};
    struct mk_range place;
    char name[NAME_ROOM], where[24];
    snprintf(where, sizeof where, "line %u", number);
    skip_blanks(&line);
    if (line.at == text.n || peek(&line) == '#')
        return true;
    if (!read_place(&line, &place) || (peek(&line) != ' ' && peek(&line) != '\t') ||
        !read_name(&line, name))
        return fail_line(&line, where, e);
    return add(w, name, place, where, e);
}

bool mk_region_wishes_file(struct mk_region_wishes *wishes, struct mk_span text,
                           struct mk_error *e) {
    unsigned number = 1;
    for (uint64_t at = 0; at < text.n; number++) {
        struct cursor c = {text, at};
        while (c.at < text.n && peek(&c) != '\n')
            c.at++;
        if (!read_line(wishes, mk_span_clip(text, at, c.at - at), number, e))
            return false;
        at = c.at + 1;
    }
    return true;
}

bool mk_region_wishes_word(struct mk_region_wishes *wishes, const char *word, struct mk_error *e) {
    char name[NAME_ROOM] = "", masked[80];
    size_t n = strcspn(word, "=");
    const char *value = word[n] ? word + n + 1 : "";
    struct cursor c = {mk_span_of(value, strlen(value)), 0};
    struct mk_range place = {0, 0};
    bool none = strcmp(value, "none") == 0;
    mk_text_mask_string(masked, sizeof masked, word);
    if (n >= sizeof name || (!none && (!read_place(&c, &place) || c.at != c.text.n)))
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "expected NAME=START-END or NAME=none, found %s",
                       masked);
    memcpy(name, word, n);
    return add(wishes, name, place, masked, e);
}
