/* SPDX-License-Identifier: MIT */
#include "names.h"

#include <mekit/base/text.h>
#include <mekit/format/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE 4u

/* Takes the next name from *text and pads it with NUL. False: it is empty or too long, or has a
 * broken \xNN. */
static bool next_name(const char **text, uint8_t name[NAME_SIZE]) {
    size_t n = 0;
    memset(name, 0, NAME_SIZE);
    while (**text && **text != ',') {
        unsigned value = (unsigned char)**text;
        size_t width = 1;
        if (strncmp(*text, "\\x", 2) == 0) {
            static const char digits[] = "0123456789abcdefABCDEF";
            if (strspn(*text + 2, digits) < 2)
                return false;
            char hex[3] = {(*text)[2], (*text)[3], '\0'};
            value = (unsigned)strtoul(hex, NULL, 16);
            width = 4;
        }
        if (n == NAME_SIZE)
            return false;
        name[n++] = (uint8_t)value;
        *text += width;
    }
    return n > 0;
}

/* Steps through a list: *text is the rest, NULL after the last name or a bad one. */
static bool step(const char **text, uint8_t name[NAME_SIZE], bool *bad) {
    if (!*text)
        return false;
    *bad = !next_name(text, name);
    *text = *bad || !**text ? NULL : *text + 1;
    return !*bad;
}

bool mk_name_list_check(struct mk_name_list list, struct mk_error *e) {
    uint8_t name[NAME_SIZE];
    char masked[120];
    bool bad = false;
    for (const char *text = list.text; step(&text, name, &bad);)
        ;
    return !bad ||
           mk_fail(e, MK_E_USAGE, MK_NOWHERE,
                   "expected partition names of 1 to 4 bytes, separated by commas only, found %s",
                   mk_text_mask_string(masked, sizeof masked, list.text));
}

bool mk_name_list_has(struct mk_name_list list, const uint8_t name[4]) {
    uint8_t listed[NAME_SIZE];
    bool bad;
    for (const char *text = list.text; step(&text, listed, &bad);)
        if (memcmp(listed, name, NAME_SIZE) == 0)
            return true;
    return false;
}

static bool is_present(const struct mk_fpt *fpt, const uint8_t name[NAME_SIZE]) {
    for (unsigned i = 0; i < fpt->n; i++)
        if (memcmp(fpt->entries[i].name, name, NAME_SIZE) == 0)
            return true;
    return false;
}

/* ---- the likely name for a wrong one ---- */

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

static uint8_t folded(uint8_t c) {
    return c >= 'a' && c <= 'z' ? (uint8_t)(c - 'a' + 'A') : c;
}

static size_t length_of(const uint8_t name[NAME_SIZE]) {
    const uint8_t *end = memchr(name, 0, NAME_SIZE);
    return end ? (size_t)(end - name) : NAME_SIZE;
}

/* The number of characters to change, add, remove or swap with the next one; case does not count.
 */
static unsigned distance(const uint8_t a[NAME_SIZE], const uint8_t b[NAME_SIZE]) {
    unsigned d[NAME_SIZE + 1][NAME_SIZE + 1];
    size_t n = length_of(a), m = length_of(b);
    for (size_t i = 0; i <= n; i++)
        for (size_t k = 0; k <= m; k++) {
            if (i == 0 || k == 0) {
                d[i][k] = (unsigned)(i + k);
                continue;
            }
            bool same = folded(a[i - 1]) == folded(b[k - 1]);
            d[i][k] = least(d[i - 1][k - 1] + !same, least(d[i - 1][k], d[i][k - 1]) + 1);
            if (i > 1 && k > 1 && folded(a[i - 1]) == folded(b[k - 2]) &&
                folded(a[i - 2]) == folded(b[k - 1]))
                d[i][k] = least(d[i][k], d[i - 2][k - 2] + 1);
        }
    return d[n][m];
}

struct guess {
    uint8_t name[NAME_SIZE];
    unsigned distance;
};

static void consider(struct guess *guess, const uint8_t wrong[NAME_SIZE],
                     const uint8_t name[NAME_SIZE]) {
    unsigned d = distance(wrong, name);
    if (d >= guess->distance)
        return;
    guess->distance = d;
    memcpy(guess->name, name, NAME_SIZE);
}

/* Prefers a name in this image. False: no name is near, since more than half of the letters would
 * have to change. */
static bool guess_name(const struct mk_fpt *fpt, const uint8_t wrong[NAME_SIZE],
                       uint8_t name[NAME_SIZE]) {
    struct guess guess = {.distance = (unsigned)(length_of(wrong) / 2 + 1)};
    unsigned bound = guess.distance;
    const char *known;
    for (unsigned i = 0; i < fpt->n; i++)
        consider(&guess, wrong, fpt->entries[i].name);
    for (size_t i = 0; (known = mk_partition_name(i)); i++)
        consider(&guess, wrong, (const uint8_t *)known);
    memcpy(name, guess.name, NAME_SIZE);
    return guess.distance < bound;
}

/* Writes a name as a list accepts it: bytes that are not printable there become \xNN. */
static char *mask_name(char out[MK_TEXT_ROOM(NAME_SIZE)], const uint8_t name[NAME_SIZE]) {
    size_t n = NAME_SIZE, used = 0;
    while (n > 1 && name[n - 1] == 0)
        n--;
    for (size_t i = 0; i < n; i++) {
        bool plain = name[i] > ' ' && name[i] < 0x7F && name[i] != ',' && name[i] != '\\';
        used += (size_t)snprintf(out + used, MK_TEXT_ROOM(NAME_SIZE) - used,
                                 plain ? "%c" : "\\x%02x", name[i]);
    }
    return out;
}

/* Writes " Present: FTPR NFTP", as many names as fit. */
static void list_present(const struct mk_fpt *fpt, char *out, size_t room) {
    char name[MK_TEXT_ROOM(NAME_SIZE)];
    size_t used = 0;
    out[0] = '\0';
    for (unsigned i = 0; i < fpt->n && used + sizeof name + sizeof " Present:" < room; i++) {
        mask_name(name, fpt->entries[i].name);
        used += (size_t)snprintf(out + used, room - used, "%s %s", i ? "" : " Present:", name);
    }
}

static bool fail_name(const struct mk_fpt *fpt, const uint8_t wrong[NAME_SIZE],
                      struct mk_error *e) {
    char masked[MK_TEXT_ROOM(NAME_SIZE)], meant[MK_TEXT_ROOM(NAME_SIZE)], present[220];
    uint8_t name[NAME_SIZE];
    bool near = guess_name(fpt, wrong, name);
    mask_name(masked, wrong);
    mask_name(meant, name);
    list_present(fpt, present, sizeof present);
    return mk_fail(e, MK_E_NAME, MK_NOWHERE, "there is no partition %s.%s%s%s%s", masked,
                   near ? " Did you mean " : "", near ? meant : "", near ? "?" : "", present);
}

static bool check_names(const struct mk_fpt *fpt, struct mk_name_list list, struct mk_error *e) {
    uint8_t name[NAME_SIZE];
    bool bad;
    if (!mk_name_list_check(list, e))
        return false;
    for (const char *text = list.text; step(&text, name, &bad);)
        if (!is_present(fpt, name) && !mk_partition_name_is_known(name))
            return fail_name(fpt, name, e);
    return true;
}

bool mki_names_check(const struct mk_image *image, const struct mk_strip_options *o,
                     struct mk_error *e) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    return check_names(fpt, o->keep, e) && check_names(fpt, o->remove, e);
}

void mki_names_remark_absent(const struct mk_image *image, const struct mk_strip_options *o,
                             struct mk_plan *plan) {
    uint8_t name[NAME_SIZE];
    char masked[MK_TEXT_ROOM(NAME_SIZE)];
    bool bad;
    for (const char *text = o->remove.text ? o->remove.text : o->keep.text;
         step(&text, name, &bad);)
        if (!is_present(&image->firmware.fpt, name))
            mk_plan_remark(plan, MK_REMARK_FACT, "partition %s is not in this image: nothing to %s",
                           mk_text_mask(masked, sizeof masked, name, NAME_SIZE),
                           o->remove.text ? "remove" : "keep");
}
