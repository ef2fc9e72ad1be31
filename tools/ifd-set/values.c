/* SPDX-License-Identifier: MIT */
#include "values.h"

#include <mekit/base/text.h>
#include <stdlib.h>
#include <string.h>

static bool fail_value(struct mk_error *e, const char *option, const char *text) {
    char masked[80];
    return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "--%s: can't be %s", option,
                   mk_text_mask_string(masked, sizeof masked, text));
}

/* Reads a number that the given character ends. */
static bool read_number(const char *text, char until, uint32_t *value) {
    uint64_t number;
    if (!tool_read_number(text, &text, &number))
        return false;
    *value = (uint32_t)number;
    return *text == until && number <= UINT32_MAX;
}

static bool read_density(struct value_options *o, struct mk_error *e) {
    uint64_t size = MK_DENSITY_NONE;
    bool none = strcmp(o->density, "none") == 0;
    const char *chip = o->chip ? o->chip : "";
    if (!none && !tool_read_size(o->density, &size))
        return fail_value(e, "density", o->density);
    if (*chip && strcmp(chip, "1") != 0 && strcmp(chip, "2") != 0 && strcmp(chip, "both") != 0)
        return fail_value(e, "chip", chip);
    bool all = *chip == '\0' || *chip == 'b';
    if (all || *chip == '1')
        o->set.density[0] = size;
    if (*chip == 'b' || *chip == '2')
        o->set.density[1] = size;
    o->set.density_of_all = *chip == '\0';
    return true;
}

static bool read_straps(struct value_options *o, struct mk_error *e) {
    o->strap_values = calloc(o->straps.n + 1, sizeof *o->strap_values);
    if (!o->strap_values)
        return mk_fail_memory(e);
    for (size_t i = 0; i < o->straps.n; i++) {
        const char *text = o->straps.texts[i], *equals = strchr(text, '=');
        struct mk_strap_value *strap = &o->strap_values[i];
        if (!equals || !read_number(text, '=', &strap->number) ||
            !read_number(equals + 1, '\0', &strap->value))
            return fail_value(e, "strap", text);
    }
    o->set.straps = o->strap_values;
    o->set.n_straps = o->straps.n;
    return true;
}

static bool read_count(const char *option, const char *text, unsigned *value, struct mk_error *e) {
    uint32_t number;
    if (!text)
        return true;
    if (!read_number(text, '\0', &number) || number == 0)
        return fail_value(e, option, text);
    *value = number;
    return true;
}

bool values_read(struct value_options *o, struct mk_error *e) {
    if (o->top_swap) {
        mk_fail(
            e, MK_E_PLATFORM, MK_NOWHERE,
            "--top-swap: mekit knows no strap for the size of the top swap block on any platform");
        e->next = "Set the strap by number with --strap, if your data sheet lists it";
        return false;
    }
    if (o->chip && !o->density)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "--chip needs --density");
    return (!o->density || read_density(o, e)) && read_straps(o, e) &&
           read_count("chips", o->chips, &o->set.chips, e) &&
           read_count("spi-clock", o->spi_clock, &o->set.spi_clock, e);
}
