/* SPDX-License-Identifier: MIT */
#include "component.h"

#include <mekit/action/descriptor_edit.h>

#include <inttypes.h>

#define DENSITY_UNIT    ((uint64_t)512 << 10)
#define DENSITY_MAX_OLD 5u
#define DENSITY_MAX     7u
#define DENSITY_NONE    0xFu
#define DUAL_OUTPUT     (1u << 30)
#define SLOWEST_V1      0u /* 20 MHz */
#define SLOWEST_V2      6u /* 17 MHz, 14 MHz from Tiger Point on */
#define WORD            4u

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
    uint64_t value = mk_span_u32(mk_buffer_span(word), 0);
    mk_buffer_uint(word, 0, WORD, value & ~(uint64_t)DUAL_OUTPUT);
    put_clock(word, d->version == 1 ? SLOWEST_V1 : SLOWEST_V2);
}

/* ---- chips ---- */

/* False: the platform has no code for that size. */
static bool code_of(const struct mk_descriptor *d, unsigned chip, uint64_t density,
                    unsigned *code) {
    bool old = d->platform->old_density;
    if (density == MK_DENSITY_NONE) {
        *code = DENSITY_NONE;
        return chip == 1 && !old;
    }
    for (*code = 0; *code <= (old ? DENSITY_MAX_OLD : DENSITY_MAX); ++*code)
        if (DENSITY_UNIT << *code == density)
            return true;
    return false;
}

static bool set_density(const struct mk_descriptor *d, unsigned chip, uint64_t density,
                        struct mk_buffer word, struct mk_error *e) {
    enum mk_component_field first =
        d->platform->old_density ? MK_COMPONENT_DENSITY1_OLD : MK_COMPONENT_DENSITY1;
    unsigned code;
    if (code_of(d, chip, density, &code)) {
        mk_field_put(word, 0, &mk_component_fields[first + chip], code);
        return true;
    }
    if (density == MK_DENSITY_NONE)
        return mk_fail(e, MK_E_UNFIT, d->fcba, "chip %u can't be absent here", chip + 1);
    return mk_fail(e, MK_E_UNFIT, d->fcba, "%s has no chip of 0x%" PRIx64 " bytes",
                   d->platform->title, density);
}

static uint64_t regions_end(const struct mk_descriptor *d) {
    uint64_t end = 0;
    for (unsigned i = 0; i < d->n_regions; i++)
        if (d->regions[i].used && d->regions[i].end > end)
            end = d->regions[i].end;
    return end;
}

static bool check_capacity(const struct mk_descriptor *d, const struct mk_set_options *o,
                           struct mk_error *e) {
    unsigned chips = o->chips ? o->chips : d->chips;
    uint64_t total = 0, end = regions_end(d);
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

static void plan_chips(const struct mk_descriptor *d, unsigned chips, struct mk_plan *plan) {
    const struct mk_field *nc = &mk_map_fields[MK_MAP_NC];
    uint8_t bytes[WORD];
    struct mk_buffer word = {bytes, sizeof bytes};
    uint32_t at = d->signature_at + (uint32_t)nc->offset;
    struct mk_field in_word = *nc;
    in_word.offset = 0;
    mk_span_copy(d->bytes, at, bytes, WORD);
    mk_field_put(word, 0, &in_word, chips - 1);
    mk_descriptor_edit(plan, d, at, mk_span_u32(mk_buffer_span(word), 0), "FLMAP0: %u chips",
                       chips);
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
