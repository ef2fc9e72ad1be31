/* SPDX-License-Identifier: MIT */
#include <mekit/action/soft_disable.h>

#include <mekit/action/descriptor_edit.h>
#include <mekit/format/strap.h>

#include <stdio.h>
#include <string.h>

#define SEEN_MAX 6

static bool is_listed(const uint32_t *offsets, size_t n, uint32_t offset) {
    for (size_t i = 0; i < n; i++)
        if (offsets[i] == offset)
            return true;
    return false;
}

/* Lists every word that may be the strap, so that the user sees why mekit chose none. */
static bool refuse(const struct mk_descriptor *d, struct mk_error *e) {
    char seen[SEEN_MAX * sizeof ", strap 000 = 00000000"] = "";
    uint32_t offsets[SEEN_MAX], value, at;
    size_t n = 0, used = 0;
    for (size_t i = 0; i < mk_strap_row_count && n < SEEN_MAX; i++) {
        const struct mk_strap_row *row = &mk_strap_rows[i];
        if (strcmp(row->platform, d->platform->name) != 0 || is_listed(offsets, n, row->offset) ||
            !mk_strap_read(d, row, &value, &at))
            continue;
        offsets[n++] = row->offset;
        used += (size_t)snprintf(seen + used, sizeof seen - used, ", strap %x = %08x", row->offset,
                                 value);
    }
    return mk_fail(e, MK_E_PLATFORM, d->fpsba, "platform %s, ISL %02x: no %s%s", d->platform->name,
                   d->isl, n ? "known strap fits" : "strap is known", seen);
}

static size_t find_rows(const struct mk_descriptor *d, const struct mk_strap_row *rows[2],
                        struct mk_error *e) {
    size_t n = mk_strap_match(d, rows);
    if (n == 0) {
        refuse(d, e);
        return 0;
    }
    if (rows[0]->disputed) {
        mk_fail(e, MK_E_PLATFORM, d->fpsba + rows[0]->offset, "%s, strap %x: %s",
                d->platform->title, rows[0]->offset, rows[0]->source);
        return 0;
    }
    return n;
}

static void plan_row(const struct mk_descriptor *d, const struct mk_strap_row *row, bool set,
                     struct mk_plan *plan) {
    uint32_t value = 0, at = 0;
    const char *kind = row->cpu ? "CPU" : "PCH", *bit = mk_disable_name(row->kind);
    mk_strap_read(d, row, &value, &at);
    uint32_t wanted = set ? value | row->mask : value & ~row->mask;
    mk_descriptor_edit(plan, d, at, wanted, "%s strap %u: %s %s", kind, row->offset / 4, bit,
                       set ? "set" : "cleared");
    mk_plan_remark(plan, MK_REMARK_DETAIL, "%s strap %u (0x%x%s%s): %08x -> %08x, %s %s%s", kind,
                   row->offset / 4, at, *row->flavour ? ", " : "", row->flavour, value, wanted, bit,
                   set ? "set" : "cleared", value == wanted ? " (it was)" : "");
}

bool mk_soft_disable_plan(const struct mk_image *image, bool set, struct mk_plan *plan,
                          struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    const struct mk_strap_row *rows[2];
    if (!mk_plan_suits(plan, image->bytes, e))
        return false;
    if (!image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE,
                       "this file has no descriptor, which holds the strap");
    size_t n = find_rows(d, rows, e);
    for (size_t i = 0; i < n; i++)
        plan_row(d, rows[i], set, plan);
    return n > 0;
}
