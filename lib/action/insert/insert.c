/* SPDX-License-Identifier: MIT */
#include <mekit/action/insert.h>

#include "part.h"

#include <inttypes.h>

static const struct mk_region *region_of(const struct mk_image *image,
                                         const struct mk_insert_part *part) {
    return &image->descriptor.regions[part->region];
}

static bool check_twice(const struct mk_insert_options *o, struct mk_error *e) {
    for (size_t i = 0; i < o->n; i++)
        for (size_t k = 0; k < i; k++)
            if (o->parts[i].region == o->parts[k].region)
                return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "the region %s is given twice",
                               mk_region_name(o->parts[i].region));
    return true;
}

static bool check_used(const struct mk_image *image, const struct mk_insert_part *part,
                       struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    const char *name = mk_region_name(part->region);
    if (part->region >= d->n_regions)
        return mk_fail(e, MK_E_UNFIT, d->frba,
                       "this descriptor has %u regions, but %s is number %u", d->n_regions, name,
                       part->region);
    const struct mk_region *r = &d->regions[part->region];
    if (!r->used)
        return mk_fail(e, MK_E_UNFIT, r->at, "the region %s is not used here: FLREG%u is %08x",
                       name, part->region, r->raw);
    if (r->end > image->bytes.n)
        return mk_fail(e, MK_E_TRUNCATED, image->bytes.n,
                       "the region %s ends at 0x%" PRIx64 ", the file at 0x%zx", name, r->end,
                       image->bytes.n);
    return true;
}

static bool check_size(const struct mk_image *image, const struct mk_insert_part *part,
                       struct mk_error *e) {
    const struct mk_region *r = region_of(image, part);
    const char *name = mk_region_name(part->region);
    if (!part->blank && part->bytes.n == 0)
        return mk_fail(e, MK_E_EMPTY, MK_NOWHERE, "the file for the region %s is empty", name);
    if (part->bytes.n <= r->end - r->start)
        return true;
    mk_fail(e, MK_E_UNFIT, r->start, "the region %s has 0x%" PRIx64 " bytes, the file for it 0x%zx",
            name, r->end - r->start, part->bytes.n);
    if (e)
        e->next = "A file is never cut to fit";
    return false;
}

/* Some real descriptors have a BIOS region over the whole chip: filling it would destroy the
 * others. */
static bool check_alone(const struct mk_image *image, const struct mk_insert_part *part,
                        struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    const struct mk_region *r = region_of(image, part);
    for (unsigned i = 0; i < d->n_regions; i++)
        if (i != part->region && d->regions[i].used && d->regions[i].start < r->end &&
            d->regions[i].end > r->start)
            return mk_fail(e, MK_E_UNFIT, r->at,
                           "the regions %s (0x%" PRIx64 " - 0x%" PRIx64 ") and %s (0x%" PRIx64
                           " - 0x%" PRIx64 ") overlap",
                           mk_region_name(part->region), r->start, r->end, mk_region_name(i),
                           d->regions[i].start, d->regions[i].end);
    return true;
}

static bool check_part(const struct mk_image *image, const struct mk_insert_part *part,
                       struct mk_error *e) {
    if (!check_used(image, part, e) || !check_size(image, part, e) || !check_alone(image, part, e))
        return false;
    if (part->blank && part->region == MK_REGION_FD)
        return mk_fail(e, MK_E_UNFIT, 0, "without a descriptor the machine does not start");
    return true;
}

/* If the region already has these bytes, it needs no other check. */
static bool is_there(const struct mk_image *image, const struct mk_insert_part *part) {
    const struct mk_region *r = region_of(image, part);
    return mk_span_equal(part->bytes, mk_span_clip(image->bytes, r->start, part->bytes.n));
}

static bool check_content(const struct mk_image *image, const struct mk_insert_options *o,
                          const struct mk_insert_part *part, struct mk_plan *plan,
                          struct mk_error *e) {
    if (part->blank || is_there(image, part))
        return true;
    if (part->region == MK_REGION_ME)
        return mki_part_check_me(part, plan, e);
    return part->region != MK_REGION_FD ||
           mki_part_check_descriptor(image, part, o->n == 1, plan, e);
}

static void plan_part(const struct mk_image *image, const struct mk_insert_options *o,
                      const struct mk_insert_part *part, struct mk_plan *plan) {
    const struct mk_region *r = region_of(image, part);
    const char *name = mk_region_name(part->region);
    uint64_t rest = r->end - r->start - part->bytes.n;
    bool at_end = o->align_end && part->region == MK_REGION_BIOS;
    uint64_t at = r->start + (at_end ? rest : 0);
    uint64_t free_at = at_end ? r->start : r->start + part->bytes.n;
    mk_plan_span(plan, at, part->bytes, "region %s", name);
    mk_plan_fill(plan, free_at, rest, 0xFF, part->blank ? "region %s blanked" : "rest of region %s",
                 name);
    if (part->bytes.n > 0)
        mk_plan_remark(plan, MK_REMARK_FACT, "region %s: 0x%zx bytes at 0x%" PRIx64, name,
                       part->bytes.n, at);
    if (rest > 0)
        mk_plan_remark(plan, MK_REMARK_FACT, "region %s: 0x%" PRIx64 " bytes of FF at 0x%" PRIx64,
                       name, rest, free_at);
}

bool mk_insert_plan(const struct mk_image *image, const struct mk_insert_options *options,
                    struct mk_plan *plan, struct mk_error *e) {
    if (!mk_plan_suits(plan, image->bytes, e))
        return false;
    if (options->n == 0)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "no region is given");
    if (!image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE,
                       "this file has no descriptor, which says where the regions are");
    if (!check_twice(options, e))
        return false;
    for (size_t i = 0; i < options->n; i++) {
        const struct mk_insert_part *part = &options->parts[i];
        if (!check_part(image, part, e) || !check_content(image, options, part, plan, e))
            return false;
        plan_part(image, options, part, plan);
    }
    return true;
}

bool mk_insert_replaces(const struct mk_image *image, const struct mk_insert_options *options) {
    unsigned engine = image->in_bios ? MK_REGION_BIOS : MK_REGION_ME;
    for (size_t i = 0; i < options->n; i++)
        if (options->parts[i].region == engine || options->parts[i].region == MK_REGION_FD)
            return true;
    return false;
}
