/* SPDX-License-Identifier: MIT */
#include <mekit/action/set.h>

#include "component.h"

#include <mekit/action/descriptor_edit.h>
#include <mekit/action/unlock.h>

#define DWORD 4u

static bool check_options(const struct mk_image *image, const struct mk_set_options *o,
                          struct mk_error *e) {
    bool asked = o->chips || o->density[0] || o->density[1] || o->spi_clock || o->em100 ||
                 o->clear_vscc || o->clear_gpr0 || o->n_straps > 0;
    if (!asked)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "nothing to set was given");
    if (o->spi_clock && o->em100)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "the EM100 setting already includes the clock");
    if (o->chips > 2)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "the number of chips must be 1 or 2, not %u",
                       o->chips);
    for (size_t i = 0; i < o->n_straps; i++)
        for (size_t k = 0; k < i; k++)
            if (o->straps[i].number == o->straps[k].number)
                return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "strap %u is given twice",
                               o->straps[i].number);
    if (!image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE,
                       "this file has no descriptor, which holds what can be set");
    return true;
}

static bool plan_strap(const struct mk_descriptor *d, struct mk_strap_value strap,
                       struct mk_plan *plan, struct mk_error *e) {
    uint32_t old, at;
    if (strap.number >= d->isl || !mk_descriptor_pch_strap(d, strap.number * DWORD, &old, &at))
        return mk_fail(e, MK_E_UNFIT, d->fpsba, "there are %u PCH straps, but no number %u", d->isl,
                       strap.number);
    mk_descriptor_edit(plan, d, at, strap.value, "PCH strap %u", strap.number);
    mk_plan_remark(plan, MK_REMARK_DETAIL, "PCH strap %u (0x%x): %08x -> %08x", strap.number, at,
                   old, strap.value);
    return true;
}

/* The table ends where the upper map begins. It must not overlap the sections below. */
static bool clear_vscc(const struct mk_descriptor *d, struct mk_plan *plan, struct mk_error *e) {
    const uint32_t ends[] = {d->frba + d->n_regions * DWORD, d->fmba + MK_LIMIT_MASTERS * DWORD,
                             d->fpsba + d->isl * DWORD};
    if (d->vtl == 0) {
        mk_plan_remark(plan, MK_REMARK_FACT, "the VSCC table has no entry: nothing to clear");
        return true;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (d->vtba < ends[i])
            return mk_fail(e, MK_E_UNFIT, MK_DESCRIPTOR_FLUMAP1,
                           "the VSCC table at 0x%x lies in a section that ends at 0x%x", d->vtba,
                           ends[i]);
    for (uint32_t at = 0; at < d->vtl * MK_VSCC_ENTRY_SIZE; at += DWORD)
        mk_descriptor_edit(plan, d, d->vtba + at, UINT32_MAX, "VSCC table cleared");
    mk_descriptor_edit(plan, d, MK_DESCRIPTOR_FLUMAP1,
                       mki_word_with(d, MK_DESCRIPTOR_FLUMAP1, &mk_upper_fields[MK_UPPER_VTL], 0),
                       "FLUMAP1: VTL 0");
    mk_plan_remark(plan, MK_REMARK_FACT, "VSCC table: %u entries at 0x%x cleared", d->vtl, d->vtba);
    return true;
}

bool mk_set_plan(const struct mk_image *image, const struct mk_set_options *options,
                 struct mk_plan *plan, struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    if (!mk_plan_suits(plan, image->bytes, e) || !check_options(image, options, e) ||
        !mki_component_plan(image, options, plan, e))
        return false;
    for (size_t i = 0; i < options->n_straps; i++)
        if (!plan_strap(d, options->straps[i], plan, e))
            return false;
    if (options->clear_gpr0)
        mk_gpr0_clear(d, plan);
    return !options->clear_vscc || clear_vscc(d, plan, e);
}
