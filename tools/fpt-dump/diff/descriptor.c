/* SPDX-License-Identifier: MIT */
#include "diff.h"

#define COMPONENT_SIZE 8u
#define OEM_SIZE       0x100u

typedef bool strap_reader(const struct mk_descriptor *d, uint32_t byte_offset, uint32_t *value,
                          uint32_t *at);

static void compare_maps(struct diff *d, const struct mk_descriptor *a,
                         const struct mk_descriptor *b) {
    if (a->platform != b->platform)
        diff_text(d, "descriptor", "platform", a->platform->name, b->platform->name);
    diff_fields(d, "map", mk_span_clip(a->bytes, a->signature_at, a->bytes.n),
                mk_span_clip(b->bytes, b->signature_at, b->bytes.n), mk_map_fields, MK_MAP_FIELDS);
    diff_fields(d, "map", mk_span_clip(a->bytes, MK_DESCRIPTOR_FLUMAP1, 4),
                mk_span_clip(b->bytes, MK_DESCRIPTOR_FLUMAP1, 4), mk_upper_fields, MK_UPPER_FIELDS);
}

/* The table has densities twice, in old and new width: each platform uses one of them. */
static void compare_components(struct diff *d, const struct mk_descriptor *a,
                               const struct mk_descriptor *b) {
    struct mk_span x = mk_span_clip(a->bytes, a->fcba, COMPONENT_SIZE);
    struct mk_span y = mk_span_clip(b->bytes, b->fcba, COMPONENT_SIZE);
    diff_fields(d, "component", x, y, mk_platform_density_fields(a->platform), 2);
    diff_fields(d, "component", x, y, mk_component_fields + MK_COMPONENT_READ_CLOCK,
                MK_COMPONENT_FIELDS - MK_COMPONENT_READ_CLOCK);
}

static void compare_regions(struct diff *d, const struct mk_descriptor *a,
                            const struct mk_descriptor *b) {
    char place[32], what[16];
    for (unsigned i = 0; i < a->n_regions && i < b->n_regions; i++) {
        snprintf(place, sizeof place, "region %s", mk_region_name(i));
        snprintf(what, sizeof what, "FLREG%u", i);
        if (a->regions[i].raw != b->regions[i].raw)
            diff_number(d, place, what, a->regions[i].raw, b->regions[i].raw);
    }
}

static void compare_masters(struct diff *d, const struct mk_descriptor *a,
                            const struct mk_descriptor *b) {
    char place[32], what[16];
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++) {
        const struct mk_master *x = &a->masters[i], *y = &b->masters[i];
        snprintf(place, sizeof place, "master %s", mk_master_name(i));
        snprintf(what, sizeof what, "FLMSTR%u", i + 1);
        if (x->present && y->present && x->raw != y->raw)
            diff_number(d, place, what, x->raw, y->raw);
    }
}

static void compare_straps(struct diff *d, const char *kind, strap_reader *read, unsigned n) {
    uint32_t x, y, at;
    char place[40];
    for (uint32_t i = 0; i < n; i++) {
        if (!read(&d->a->descriptor, 4 * i, &x, &at) || !read(&d->b->descriptor, 4 * i, &y, &at))
            return;
        snprintf(place, sizeof place, "%s strap %u", kind, i);
        if (x != y)
            diff_number(d, place, "value", x, y);
    }
}

static void compare_vscc(struct diff *d, const struct mk_descriptor *a,
                         const struct mk_descriptor *b) {
    static const struct mk_field fields[] = {{"JEDEC id", 0, 4, 0, 24, "vendor and device"},
                                             {"VSCC", 4, 4, 0, 0, "how it is erased"}};
    char place[32];
    for (unsigned i = 0; i < a->vtl && i < b->vtl; i++) {
        snprintf(place, sizeof place, "VSCC %u", i);
        diff_fields(d, place,
                    mk_span_clip(a->bytes, a->vtba + MK_VSCC_ENTRY_SIZE * i, MK_VSCC_ENTRY_SIZE),
                    mk_span_clip(b->bytes, b->vtba + MK_VSCC_ENTRY_SIZE * i, MK_VSCC_ENTRY_SIZE),
                    fields, 2);
    }
}

void diff_descriptors(struct diff *d) {
    const struct mk_descriptor *a = &d->a->descriptor, *b = &d->b->descriptor;
    compare_maps(d, a, b);
    compare_components(d, a, b);
    compare_regions(d, a, b);
    compare_masters(d, a, b);
    compare_straps(d, "PCH", mk_descriptor_pch_strap, a->isl);
    compare_straps(d, "CPU", mk_descriptor_cpu_strap, a->msl);
    compare_vscc(d, a, b);
    if (!mk_span_equal(mk_span_clip(a->bytes, MK_DESCRIPTOR_OEM, OEM_SIZE),
                       mk_span_clip(b->bytes, MK_DESCRIPTOR_OEM, OEM_SIZE)))
        diff_note(d, "descriptor", "OEM section");
}
