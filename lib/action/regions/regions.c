/* SPDX-License-Identifier: MIT */
#include "change.h"

#include <mekit/action/descriptor_edit.h>
#include <mekit/base/arith.h>

#include <inttypes.h>

#define ERASED 0xFF

/* The layout file of a first chip ends at the chip's end, which is not a wish for another end. */
static void keep_cut_ends(struct change *c) {
    for (unsigned i = 0; i < MK_LIMIT_REGIONS; i++)
        if (c->now[i].end == c->image->bytes.n && c->old[i].end > c->image->bytes.n)
            c->now[i].end = c->old[i].end;
}

static bool start_change(const struct mk_image *image, const struct mk_regions_options *o,
                         struct change *c, struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    *c = (struct change){.image = image, .flash_size = o->flash_size};
    if (o->wishes.n == 0)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "no layout is given");
    if (!image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE,
                       "this file has no descriptor, which says where the regions are");
    bool known = d->chip_size[0] > 0 && (d->chips < 2 || d->chip_size[1] > 0);
    if (c->flash_size == 0)
        c->flash_size = known ? d->chip_size[0] + d->chip_size[1] : image->bytes.n;
    for (unsigned i = 0; i < d->n_regions; i++)
        c->now[i] = c->old[i] = (struct mk_range){d->regions[i].start, d->regions[i].end};
    for (size_t i = 0; i < o->wishes.n; i++)
        c->now[o->wishes.list[i].region] = o->wishes.list[i].place;
    keep_cut_ends(c);
    return true;
}

static bool differs(const struct change *c) {
    for (unsigned i = 0; i < MK_LIMIT_REGIONS; i++)
        if (mki_change_differs(c, i))
            return true;
    return false;
}

static bool check(const struct change *c, struct mk_error *e) {
    return !differs(c) || (mki_change_check_map(c, e) &&
                           (c->image->kind == MK_IMAGE_DESCRIPTOR || mki_change_check_bytes(c, e)));
}

bool mk_regions_wanted(const struct mk_image *image, const struct mk_regions_options *options,
                       struct mk_range wanted[MK_LIMIT_REGIONS], struct mk_error *e) {
    struct change c;
    if (!start_change(image, options, &c, e) || !check(&c, e))
        return false;
    for (unsigned i = 0; i < MK_LIMIT_REGIONS; i++)
        wanted[i] = c.now[i];
    return true;
}

static void plan_word(const struct change *c, unsigned i, struct mk_plan *plan) {
    const struct mk_descriptor *d = &c->image->descriptor;
    struct mk_range old = c->old[i], now = c->now[i];
    uint32_t word =
        mki_change_is_used(now) ? mk_region_encode(now.start, now.end) : mk_region_disabled(d);
    mk_descriptor_edit(plan, d, d->regions[i].at, word, "FLREG%u: region %s", i, mk_region_name(i));
    if (mki_change_is_used(old) && mki_change_is_used(now))
        mk_plan_remark(plan, MK_REMARK_FACT,
                       "region %s: 0x%" PRIx64 " - 0x%" PRIx64 " -> 0x%" PRIx64 " - 0x%" PRIx64,
                       mk_region_name(i), old.start, old.end, now.start, now.end);
    else
        mk_plan_remark(plan, MK_REMARK_FACT, "region %s: 0x%" PRIx64 " - 0x%" PRIx64 " %s",
                       mk_region_name(i), mki_change_is_used(now) ? now.start : old.start,
                       mki_change_is_used(now) ? now.end : old.end,
                       mki_change_is_used(now) ? "is new" : "is no longer a region");
}

/* A plan can move bytes down without a copy; to move them up it needs one. */
static void plan_content(const struct change *c, unsigned i, struct mk_plan *plan) {
    struct content kept = mki_change_content(c, i);
    struct mk_span bytes = mk_span_clip(c->image->bytes, kept.from, kept.length);
    if (kept.to < kept.from)
        mk_plan_move(plan, kept.to, kept.from, kept.length, "region %s moves", mk_region_name(i));
    else if (kept.to > kept.from)
        mk_plan_bytes(plan, kept.to, bytes.p, bytes.n, "region %s moves", mk_region_name(i));
}

/* Fills bytes that regions left or gained. */
static bool plan_rest(const struct change *c, struct mk_plan *plan) {
    struct mk_ranges rest = {0}, kept = {0}, done = {0};
    bool found = mki_change_join_old(c, &rest) && mki_change_join_now(c, &rest);
    for (unsigned i = 0; found && i < MK_LIMIT_REGIONS; i++) {
        struct content content = mki_change_content(c, i);
        /* Like a reclaim, leave the bytes that the ME no longer needs. */
        bool leaves_end = i == MK_REGION_ME && content.to == content.from;
        found = mk_ranges_add(&kept, content.to,
                              leaves_end ? mk_max(c->old[i].end, content.to + content.length)
                                         : content.to + content.length);
    }
    found = found && mk_ranges_subtract(&rest, &kept);
    mk_ranges_clip(&rest, 0, c->image->bytes.n);
    if (found)
        mk_plan_fill_ranges(plan, 0, &rest, &done, ERASED, "free now");
    mk_ranges_free(&rest);
    mk_ranges_free(&kept);
    mk_ranges_free(&done);
    return found;
}

bool mk_regions_plan(const struct mk_image *image, const struct mk_regions_options *options,
                     struct mk_plan *plan, struct mk_error *e) {
    struct change c;
    if (!mk_plan_suits(plan, image->bytes, e) || !start_change(image, options, &c, e) ||
        !check(&c, e))
        return false;
    if (!differs(&c)) {
        mk_plan_remark(plan, MK_REMARK_FACT, "the regions are already there");
        return true;
    }
    bool lone = image->kind == MK_IMAGE_DESCRIPTOR;
    for (unsigned i = 0; i < image->descriptor.n_regions; i++)
        if (mki_change_differs(&c, i)) {
            plan_word(&c, i, plan);
            if (!lone)
                plan_content(&c, i, plan);
        }
    if (lone)
        mk_plan_remark(plan, MK_REMARK_WARNING,
                       "a lone descriptor: the contents of the regions could not be checked");
    return lone || plan_rest(&c, plan) ? true : mk_fail_memory(e);
}
