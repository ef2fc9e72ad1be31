/* SPDX-License-Identifier: MIT */
#include "component.h"

#include <mekit/action/descriptor_edit.h>

#include <inttypes.h>

#define DENSITY_NONE 0xFu
#define SLOWEST_V1   0u /* 20 MHz */
#define SLOWEST_V2   6u /* 17 MHz, 14 MHz from Tiger Point on */
#define WORD         4u

static void put_clock(struct mk_buffer word, unsigned code) {
    static const enum mk_component_field fields[] = {
        MK_COMPONENT_FAST_CLOCK, MK_COMPONENT_WRITE_CLOCK, MK_COMPONENT_ID_CLOCK};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        mk_field_put(word, 0, &mk_component_fields[fields[i]], code);
}

static bool set_clock(const struct mk_descriptor *d, unsigned mhz, struct mk_buffer word,
                      struct mk_error *e) {
    const uint8_t *clocks = mk_platform_clocks(d->platform);
    if (!clocks)
        return mk_fail(e, MK_E_PLATFORM, d->fcba, "the codes of the SPI clock are not known for %s",
                       d->platform->title);
    for (unsigned code = 0; code < MK_CLOCK_CODES; code++)
        if (clocks[code] == mhz) {
            put_clock(word, code);
            return true;
        }
    return mk_fail(e, MK_E_UNFIT, d->fcba, "%s has no SPI clock of %u MHz", d->platform->title,
                   mhz);
}

static void set_em100(const struct mk_descriptor *d, struct mk_buffer word) {
    mk_field_put(word, 0, &mk_component_fields[MK_COMPONENT_DUAL_OUTPUT], 0);
    put_clock(word, d->version == 1 ? SLOWEST_V1 : SLOWEST_V2);
}

/* ---- chips ---- */

/* False: the platform has no code for that size. */
static bool code_of(const struct mk_descriptor *d, unsigned chip, uint64_t density,
                    unsigned *code) {
    if (density == MK_DENSITY_NONE) {
        *code = DENSITY_NONE;
        return chip == 1 && !d->platform->old_density;
    }
    for (*code = 0; *code < DENSITY_NONE; ++*code)
        if (mk_platform_density(d->platform, *code) == density)
            return true;
    return false;
}

static bool set_density(const struct mk_descriptor *d, unsigned chip, uint64_t density,
                        struct mk_buffer word, struct mk_error *e) {
    unsigned code;
    if (code_of(d, chip, density, &code)) {
        mk_field_put(word, 0, &mk_platform_density_fields(d->platform)[chip], code);
        return true;
    }
    if (density == MK_DENSITY_NONE)
        return mk_fail(e, MK_E_UNFIT, d->fcba, "chip %u can't be absent here", chip + 1);
    return mk_fail(e, MK_E_UNFIT, d->fcba, "%s has no chip of 0x%" PRIx64 " bytes",
                   d->platform->title, density);
}

static bool check_capacity(const struct mk_descriptor *d, const struct mk_set_options *o,
                           struct mk_error *e) {
    unsigned chips = o->chips ? o->chips : d->chips;
    uint64_t total = 0, end = mk_descriptor_regions_end(d);
    for (unsigned i = 0; i < chips && i < 2; i++) {
        uint64_t size = o->density[i] ? o->density[i] : d->chip_size[i];
        if (size == 0 || size == MK_DENSITY_NONE)
            return mk_fail(e, MK_E_UNFIT, d->fcba, "%u chips, but chip %u has no size", chips,
                           i + 1);
        total += size;
    }
    return total >= end
               ? true
               : mk_fail(e, MK_E_UNFIT, d->fcba,
                         "the chips would hold 0x%" PRIx64 " bytes, the regions end at 0x%" PRIx64,
                         total, end);
}

uint32_t mki_word_with(const struct mk_descriptor *d, uint32_t at, const struct mk_field *field,
                       uint64_t value) {
    uint8_t bytes[WORD] = {0};
    struct mk_buffer word = {bytes, sizeof bytes};
    struct mk_field in_word = *field;
    in_word.offset = 0;
    mk_span_copy(d->bytes, at + field->offset, bytes, WORD);
    mk_field_put(word, 0, &in_word, value);
    return mk_span_u32(mk_buffer_span(word), 0);
}

static void plan_chips(const struct mk_descriptor *d, unsigned chips, struct mk_plan *plan) {
    const struct mk_field *nc = &mk_map_fields[MK_MAP_NC];
    mk_descriptor_edit(plan, d, d->signature_at + nc->offset,
                       mki_word_with(d, d->signature_at, nc, chips - 1), "FLMAP0: %u chips", chips);
    mk_plan_remark(plan, MK_REMARK_FACT, "chips: %u -> %u", d->chips, chips);
}

static bool plan_component(const struct mk_image *image, const struct mk_set_options *o,
                           struct mk_plan *plan, struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    uint8_t bytes[WORD];
    struct mk_buffer word = {bytes, sizeof bytes};
    mk_span_copy(d->bytes, d->fcba, bytes, WORD);
    uint32_t old = mk_span_u32(mk_buffer_span(word), 0);
    for (unsigned i = 0; i < 2; i++)
        if (o->density[i] && !set_density(d, i, o->density[i], word, e))
            return false;
    bool chips = o->chips || o->density[0] || o->density[1];
    if ((chips && !check_capacity(d, o, e)) ||
        (o->spi_clock && !set_clock(d, o->spi_clock, word, e)))
        return false;
    if (o->em100)
        set_em100(d, word);
    uint32_t now = mk_span_u32(mk_buffer_span(word), 0);
    mk_descriptor_edit(plan, d, d->fcba, now, "FLCOMP: chips and clocks");
    if (now != old || o->spi_clock || o->em100 || o->density[0] || o->density[1])
        mk_plan_remark(plan, MK_REMARK_DETAIL, "FLCOMP: %08x -> %08x", old, now);
    if (o->chips)
        plan_chips(d, o->chips, plan);
    return true;
}

bool mki_component_plan(const struct mk_image *image, const struct mk_set_options *options,
                        struct mk_plan *plan, struct mk_error *e) {
    struct mk_set_options o = *options;
    unsigned chips = o.chips ? o.chips : image->descriptor.chips;
    if (o.density_of_all && chips > 1)
        o.density[1] = o.density[0];
    return plan_component(image, &o, plan, e);
}
