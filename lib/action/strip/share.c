/* SPDX-License-Identifier: MIT */
#include "share.h"

#include "keep.h"

#include <mekit/base/arith.h>
#include <mekit/base/text.h>

/* The bytes that both claim, region-relative. False: none. */
static bool shared_bytes(const struct mk_fpt_entry *a, const struct mk_fpt_entry *b,
                         struct mk_range *shared) {
    *shared = (struct mk_range){mk_max(a->start, b->start), mk_min(a->end, b->end)};
    return shared->start < shared->end;
}

static void remark_staying(const struct mk_image *image, const struct mk_fpt_entry *removed,
                           const struct mk_fpt_entry *kept, struct mk_plan *plan) {
    char name[MK_TEXT_ROOM(4)], other[MK_TEXT_ROOM(4)], place[MK_PLACE_ROOM];
    struct mk_range shared;
    if (!shared_bytes(removed, kept, &shared))
        return;
    mk_text_mask(name, sizeof name, removed->name, 4);
    mk_text_mask(other, sizeof other, kept->name, 4);
    mk_plan_remark(plan, MK_REMARK_FACT,
                   "%s shares %s with %s, which is kept: these bytes stay until %s is removed too",
                   name, mk_image_place(image, shared.start, shared.end, place), other, other);
}

/* If another partition begins inside the boot partition, the bytes from there on belong to that
 * one. */
static void remark_boot(const struct mk_image *image, const struct mk_strip_options *o,
                        const struct mk_fpt_entry *removed, const struct mk_fpt_entry *boot,
                        struct mk_plan *plan) {
    char name[MK_TEXT_ROOM(4)], other[MK_TEXT_ROOM(4)], place[MK_PLACE_ROOM];
    struct mk_range shared;
    if (!shared_bytes(removed, boot, &shared))
        return;
    bool goes = removed->start > boot->start;
    bool hashed = o->keep_modules && image->firmware.hashed_whole;
    mk_text_mask(name, sizeof name, removed->name, 4);
    mk_text_mask(other, sizeof other, boot->name, 4);
    mk_image_place(image, shared.start, shared.end, place);
    if (!goes)
        mk_plan_remark(plan, MK_REMARK_FACT, "%s shares %s with %s: these bytes stay", name, place,
                       other);
    else
        mk_plan_remark(plan, MK_REMARK_FACT, "%s begins inside %s: %s are removed with it%s%s%s",
                       name, other, place,
                       hashed ? ", which makes the hash over all of FTPR wrong; keep " : "",
                       hashed ? name : "", hashed ? " to keep it" : "");
}

void mki_share_remark(const struct mk_image *image, const struct mk_strip_options *o,
                      struct mk_plan *plan) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    for (unsigned i = 0; i < fpt->n; i++) {
        const struct mk_fpt_entry *removed = &fpt->entries[i];
        if (mki_keep_fate_of(o, removed) != KEEP_NOT)
            continue;
        for (unsigned k = 0; k < fpt->n; k++) {
            enum keep_fate fate = mki_keep_fate_of(o, &fpt->entries[k]);
            if (fate == KEEP_BY_NAME)
                remark_staying(image, removed, &fpt->entries[k], plan);
            else if (fate == KEEP_ESSENTIAL)
                remark_boot(image, o, removed, &fpt->entries[k], plan);
        }
    }
}
