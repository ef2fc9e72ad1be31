/* SPDX-License-Identifier: MIT */
#include <mekit/action/strip.h>

#include "keep.h"
#include "names.h"
#include "remark.h"
#include "share.h"
#include "table.h"

#include <mekit/action/descriptor_edit.h>
#include <mekit/action/soft_disable.h>
#include <mekit/base/text.h>
#include <mekit/verify/boot.h>

static bool check_lists(const struct mk_image *image, const struct mk_strip_options *o,
                        struct mk_error *e) {
    bool selects = o->keep_modules || o->keep.text || o->remove.text || o->wipe_shared;
    if (o->soft_disable + o->soft_disable_only + o->clear_soft_disable > 1)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE,
                       "give only one of soft-disable, soft-disable-only and clear-soft-disable");
    if (selects && (o->soft_disable_only || o->clear_soft_disable))
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE,
                       "only the strap changes and nothing is removed, so nothing can be chosen to "
                       "keep, remove or wipe");
    if (o->keep.text && o->remove.text)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE,
                       "name the partitions to keep or those to remove, not both");
    if (!mk_name_list_check(o->keep, e) || !mk_name_list_check(o->remove, e))
        return false;
    if (mk_name_list_has(o->remove, (const uint8_t *)"FTPR"))
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "FTPR is needed to boot: it can't be removed");
    bool needs_descriptor =
        o->soft_disable || o->soft_disable_only || o->clear_soft_disable || o->descriptor;
    if (needs_descriptor && !image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE,
                       "this file has no descriptor, which holds the strap and FLMSTR2");
    return true;
}

bool mk_strip_check_options(const struct mk_image *image, const struct mk_strip_options *options,
                            struct mk_error *e) {
    return check_lists(image, options, e) && mki_names_check(image, options, e);
}

/* Removes the boot partition's removable modules: none with -k, and no bytes that another kept
 * partition claims. */
static bool wipe_modules(const struct mk_image *image, const struct mk_strip_options *o,
                         struct mk_ranges *others, struct mk_ranges *done, struct mk_plan *plan) {
    struct mk_ranges removable = {0};
    bool found = o->keep_modules ||
                 (mk_removable_extents(image->firmware.boot, o->wipe_shared, &removable) &&
                  mk_ranges_subtract(&removable, others));
    mk_ranges_clip(&removable, 0, image->region.n);
    mk_plan_fill_ranges(plan, image->region.at, &removable, done, 0xFF,
                        "module bytes that are not needed to boot");
    mk_ranges_free(&removable);
    return found;
}

static bool wipe_partition(const struct mk_image *image, const struct mk_fpt_entry *entry,
                           struct mk_ranges *kept, struct mk_ranges *done, struct mk_plan *plan) {
    struct mk_ranges bytes = {0};
    char name[MK_TEXT_ROOM(4)];
    bool found =
        mk_ranges_add(&bytes, entry->start, entry->end) && mk_ranges_subtract(&bytes, kept);
    mk_plan_fill_ranges(plan, image->region.at, &bytes, done, 0xFF, "partition %s removed",
                        mk_text_mask(name, sizeof name, entry->name, 4));
    mk_ranges_free(&bytes);
    return found;
}

static bool wipe_all(const struct mk_image *image, const struct mk_strip_options *o,
                     struct mk_ranges *others, struct mk_ranges *kept, struct mk_ranges *done,
                     struct mk_plan *plan) {
    const struct mk_firmware *f = &image->firmware;
    if (!mki_keep_ranges(f, o, others, kept) || !wipe_modules(image, o, others, done, plan) ||
        !(o->like_me_cleaner ? mk_ranges_add(kept, 0, mk_fpt_end(&f->fpt))
                             : mk_ranges_join(kept, others)))
        return false;
    for (unsigned i = 0; i < f->fpt.n; i++)
        if (mki_keep_fate_of(o, &f->fpt.entries[i]) == KEEP_NOT &&
            !wipe_partition(image, &f->fpt.entries[i], kept, done, plan))
            return false;
    return true;
}

static bool strip_partitions(const struct mk_image *image, const struct mk_strip_options *o,
                             struct mk_plan *plan, struct mk_error *e) {
    struct mk_ranges others = {0}, kept = {0}, done = {0};
    if (!mk_boot_check_table(image, e))
        return false;
    bool wiped = wipe_all(image, o, &others, &kept, &done, plan);
    mk_ranges_free(&others);
    mk_ranges_free(&kept);
    mk_ranges_free(&done);
    if (!wiped)
        return mk_fail_memory(e);
    mki_strip_table_plan(image, o, plan);
    mki_strip_remark_partitions(image, o, plan);
    mki_share_remark(image, o, plan);
    mki_names_remark_absent(image, o, plan);
    return true;
}

static void wipe_region(const struct mk_image *image, const struct mk_strip_options *o,
                        const char *why, struct mk_plan *plan) {
    mk_plan_fill(plan, image->region.at, image->region.n, 0xFF, "%s", why);
    mki_strip_decide_none_kept(image, why, plan);
    mk_plan_remark(plan, MK_REMARK_FACT, "the whole ME region becomes 0xFF: %s", why);
    if (o->keep_modules || o->keep.text || o->remove.text)
        mk_plan_remark(plan, MK_REMARK_WARNING,
                       "nothing in it is kept, not even partitions that were named");
}

/* The chipset boots without this firmware once strap and FLREG2 disable it. */
static bool strip_indivisible(const struct mk_image *image, const struct mk_strip_options *o,
                              struct mk_plan *plan, struct mk_error *e) {
    const struct mk_region *me = &image->descriptor.regions[MK_REGION_ME];
    if (!image->has_descriptor)
        return mk_fail(e, MK_E_NO_OPERATION, image->region.at,
                       "firmware of generation 1 can only be removed whole, and the descriptor "
                       "must change too: a bare region is not enough");
    if (!mk_soft_disable_plan(image, true, plan, e))
        return false;
    mk_descriptor_edit(plan, &image->descriptor, me->at, mk_region_disabled(&image->descriptor),
                       "FLREG2: no ME region");
    mk_plan_remark(plan, MK_REMARK_DETAIL, "FLREG2: the ME region is disabled");
    wipe_region(image, o, "generation 1 needs none of it", plan);
    return true;
}

static bool strip_firmware(const struct mk_image *image, const struct mk_strip_options *o,
                           struct mk_plan *plan, struct mk_error *e) {
    const struct mk_firmware *f = &image->firmware;
    if (image->kind == MK_IMAGE_PARTITION)
        return mk_fail(e, MK_E_NO_OPERATION, 0, "this is a lone partition: an update image");
    if (!mk_boot_check(image, e))
        return false;
    mki_strip_remark_firmware(image, plan);
    if (f->indivisible)
        return strip_indivisible(image, o, plan, e);
    if (!mk_boot_check_modules(image, e))
        return false;
    if (f->removed_whole) {
        wipe_region(image, o, "ME 6 Ignition needs none of it", plan);
        return true;
    }
    return strip_partitions(image, o, plan, e);
}

/* A disabled ME region has nothing to remove; any other image must have firmware. */
static bool strip(const struct mk_image *image, const struct mk_strip_options *o,
                  struct mk_plan *plan, struct mk_error *e) {
    if (image->me == MK_ME_DISABLED) {
        mk_plan_remark(plan, MK_REMARK_FACT, "the ME region is disabled: nothing to remove");
        return true;
    }
    return mk_image_has_firmware(image, e) && strip_firmware(image, o, plan, e);
}

/* Look at the descriptor's version, not the firmware's: in version 2 the ME may also read the
 * descriptor. */
static void restrict_me(const struct mk_image *image, struct mk_plan *plan) {
    const struct mk_descriptor *d = &image->descriptor;
    const struct mk_master *me = &d->masters[1];
    const uint16_t fd = 1u << MK_REGION_FD, own = 1u << MK_REGION_ME;
    uint32_t value = d->version == 2 ? mk_master_encode(d->platform->access, 0, fd | own, own)
                                     : mk_master_encode(d->platform->access, me->raw, own, own);
    mk_descriptor_edit(plan, d, me->at, value, "FLMSTR2: the ME can access no other region");
    mk_plan_remark(plan, MK_REMARK_DETAIL,
                   "FLMSTR2: %08x -> %08x, the ME can access no other region", me->raw, value);
}

static bool plan_all(const struct mk_image *image, const struct mk_strip_options *o,
                     struct mk_plan *plan, struct mk_error *e) {
    bool strap_only = o->soft_disable_only || o->clear_soft_disable;
    if (!check_lists(image, o, e) || (!strap_only && !strip(image, o, plan, e)))
        return false;
    /* The strip of indivisible firmware has already set the strap. */
    bool strap = strap_only || (o->soft_disable && !image->firmware.indivisible);
    if (strap && !mk_soft_disable_plan(image, !o->clear_soft_disable, plan, e))
        return false;
    if (o->descriptor)
        restrict_me(image, plan);
    return true;
}

/* Make this the last check: refuse SPS only if --force would help. */
static bool check_server(const struct mk_image *image, const struct mk_strip_options *o,
                         struct mk_error *e) {
    const struct mk_firmware *f = &image->firmware;
    if (!f->is_sps || o->force || o->clear_soft_disable || image->me == MK_ME_DISABLED)
        return true;
    return o->soft_disable_only
               ? mk_fail(e, MK_E_SPS, image->region.at, "a server needs its ME to run")
               : mk_fail(e, MK_E_SPS, f->boot->bytes.at, "stripping SPS is not known to work");
}

bool mk_strip_plan(const struct mk_image *image, const struct mk_strip_options *options,
                   struct mk_plan *plan, struct mk_error *e) {
    return mk_plan_suits(plan, image->bytes, e) && plan_all(image, options, plan, e) &&
           check_server(image, options, e);
}
