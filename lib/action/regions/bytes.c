/* SPDX-License-Identifier: MIT */
#include "change.h"

#include <mekit/action/minimum.h>
#include <mekit/base/arith.h>

#include <inttypes.h>

#define ERASED 0xFF
#define STEP   0x1000u

/* The first byte of [start, end) that is not erased, or end. */
static uint64_t first_byte(struct mk_span bytes, uint64_t start, uint64_t end) {
    while (start < end &&
           mk_span_is_filled(mk_span_clip(bytes, start, mk_min(STEP, end - start)), ERASED))
        start += mk_min(STEP, end - start);
    while (start < end && mk_span_u8(bytes, start) == ERASED)
        start++;
    return start;
}

static bool fail_short(const struct change *c, unsigned i, uint64_t end, struct mk_error *e) {
    return mk_fail(e, MK_E_TRUNCATED, c->image->bytes.n,
                   "the region %s needs the bytes up to 0x%" PRIx64 ", the file ends at 0x%zx",
                   mk_region_name(i), end, c->image->bytes.n);
}

/* The ME region is free from its minimum on, even if a strip left bytes there (those that several
 * table entries share). False: MEMORY. */
static bool find_free_me(const struct change *c, unsigned i, bool *is_free, struct mk_error *e) {
    uint64_t needed, now = c->now[i].end - c->now[i].start;
    struct mk_error why = {0};
    *is_free = false;
    if (i != MK_REGION_ME || c->image->me != MK_ME_FIRMWARE)
        return true;
    if (!mk_minimum_size(c->image, &needed, &why))
        return why.code == MK_E_MEMORY ? mk_fail_memory(e) : true;
    *is_free = now >= needed;
    return true;
}

/* Checks the part that the smaller region cuts off. */
static bool check_cut(const struct change *c, unsigned i, uint64_t start, uint64_t end,
                      struct mk_error *e) {
    bool is_free;
    if (start >= end)
        return true;
    if (!find_free_me(c, i, &is_free, e) || is_free)
        return is_free;
    if (end > c->image->bytes.n)
        return fail_short(c, i, end, e);
    uint64_t at = first_byte(c->image->bytes, start, end);
    if (at == end)
        return true;
    mk_fail(e, MK_E_UNFIT, at,
            "the region %s shrinks from 0x%" PRIx64 " to 0x%" PRIx64
            " bytes, but the part cut off is not erased",
            mk_region_name(i), c->old[i].end - c->old[i].start, c->now[i].end - c->now[i].start);
    if (e)
        e->next = i == MK_REGION_ME
                      ? "Strip and relocate the ME first, or give the descriptor alone"
                      : "Only bytes FF can be cut off";
    return false;
}

static bool check_region(const struct change *c, unsigned i, struct mk_error *e) {
    struct content kept = mki_change_content(c, i);
    uint64_t n = c->image->bytes.n, end = kept.from + kept.length;
    if (kept.from != kept.to && mk_max(end, kept.to + kept.length) > n)
        return fail_short(c, i, mk_max(end, kept.to + kept.length), e);
    if (c->now[i].end > n && c->now[i].end > c->old[i].end)
        return fail_short(c, i, c->now[i].end, e);
    return check_cut(c, i, c->old[i].start, kept.from, e) && check_cut(c, i, end, c->old[i].end, e);
}

static bool join(const struct mk_range places[MK_LIMIT_REGIONS], struct mk_ranges *set) {
    for (unsigned i = 0; i < MK_LIMIT_REGIONS; i++)
        if (!mk_ranges_add(set, places[i].start, places[i].end))
            return false;
    return true;
}

bool mki_change_join_old(const struct change *c, struct mk_ranges *set) {
    return join(c->old, set);
}

bool mki_change_join_now(const struct change *c, struct mk_ranges *set) {
    return join(c->now, set);
}

static bool check_erased(const struct change *c, struct mk_ranges *set, struct mk_error *e) {
    mk_ranges_settle(set);
    for (size_t i = 0; i < set->n; i++) {
        uint64_t end = mk_min(set->r[i].end, c->image->bytes.n);
        uint64_t at = first_byte(c->image->bytes, set->r[i].start, end);
        if (at < end)
            return mk_fail(e, MK_E_UNFIT, at,
                           "0x%" PRIx64 " - 0x%" PRIx64
                           " would be added to a region, but is not erased",
                           set->r[i].start, set->r[i].end);
    }
    return true;
}

/* Bytes between regions must be erased: they belong to no region and can't move with one. */
static bool check_gaps(const struct change *c, struct mk_error *e) {
    struct mk_ranges gained = {0}, old = {0};
    bool found = mki_change_join_now(c, &gained) && mki_change_join_old(c, &old) &&
                 mk_ranges_subtract(&gained, &old);
    bool erased = found ? check_erased(c, &gained, e) : mk_fail_memory(e);
    mk_ranges_free(&gained);
    mk_ranges_free(&old);
    return erased;
}

bool mki_change_check_bytes(const struct change *c, struct mk_error *e) {
    for (unsigned i = 0; i < MK_LIMIT_REGIONS; i++)
        if (mki_change_differs(c, i) && !check_region(c, i, e))
            return false;
    return check_gaps(c, e);
}
