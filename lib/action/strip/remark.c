/* SPDX-License-Identifier: MIT */
#include "remark.h"

#include "keep.h"

#include <mekit/base/text.h>

#include <inttypes.h>
#include <stdio.h>

void mki_strip_remark_firmware(const struct mk_image *image, struct mk_plan *plan) {
    const struct mk_firmware *f = &image->firmware;
    char version[MK_VERSION_ROOM], name[MK_TEXT_ROOM(4)], place[MK_PLACE_ROOM];
    mk_plan_remark(plan, MK_REMARK_DETAIL, "%s %s, generation %u, key %s%s%s", f->family,
                   mk_version_text(f->version, version), (unsigned)f->generation,
                   f->key ? f->key->variant : "unknown", f->key ? " " : "",
                   f->key ? f->key->versions : "");
    if (image->has_descriptor)
        mk_plan_remark(plan, MK_REMARK_DETAIL, "ME region  %s (all offsets are file offsets)",
                       mk_image_place(image, 0, image->region.n, place));
    mk_plan_remark(plan, MK_REMARK_DETAIL, "$FPT       0x%06" PRIx64 ", %u entries",
                   image->region.at + f->fpt.at, f->fpt.n);
    mk_plan_remark(plan, MK_REMARK_DETAIL, "%-4s       %s, signature valid",
                   mk_text_mask(name, sizeof name, f->boot->name, 4),
                   mk_image_place(image, f->boot->start, f->boot->end, place));
}

static const char *why_fate(enum keep_fate fate, const struct mk_strip_options *o) {
    switch (fate) {
    case KEEP_NOT:
        return o->remove.text ? "as asked" : "not needed to boot";
    case KEEP_BY_NAME:
        return o->remove.text ? "not listed" : "as asked";
    case KEEP_ESSENTIAL:
        return "needed to boot";
    case KEEP_NO_DATA:
        break;
    }
    return "it has no data here";
}

static void decide_entry(const struct mk_image *image, const struct mk_fpt_entry *entry, bool kept,
                         const char *why, struct mk_plan *plan) {
    struct mk_decision d = {.kind = MK_DECIDED_PARTITION, .kept = kept};
    if (entry->has_data) {
        d.offset = image->region.at + entry->start;
        d.length = entry->end - entry->start;
    }
    mk_text_mask(d.name, sizeof d.name, entry->name, 4);
    snprintf(d.why, sizeof d.why, "%s", why);
    mk_plan_decide(plan, &d);
}

static void remark_entry(const struct mk_image *image, const struct mk_fpt_entry *entry,
                         const struct mk_strip_options *o, struct mk_plan *plan) {
    enum keep_fate fate = mki_keep_fate_of(o, entry);
    bool kept = fate == KEEP_BY_NAME || fate == KEEP_ESSENTIAL;
    char name[MK_TEXT_ROOM(4)], place[MK_PLACE_ROOM] = "";
    if (entry->has_data)
        mk_image_place(image, entry->start, entry->end, place);
    decide_entry(image, entry, kept, why_fate(fate, o), plan);
    mk_plan_remark(plan, MK_REMARK_DETAIL, "partition %-4s %-19s : %s, %s%s",
                   mk_text_mask(name, sizeof name, entry->name, 4), place,
                   kept ? "kept" : "removed", why_fate(fate, o),
                   entry->clipped ? " (the region ends before it)" : "");
}

static bool is_kept(const struct mk_module *m, bool keep_modules) {
    return keep_modules || m->essential || m->compression == MK_COMPRESSION_UNKNOWN;
}

static const char *why_module(const struct mk_module *m, bool keep_modules) {
    if (m->compression == MK_COMPRESSION_UNKNOWN)
        return "its compression is unknown";
    if (m->essential)
        return "needed to boot";
    return keep_modules ? "as asked" : "not needed to boot";
}

static void remark_module(const struct mk_image *image, const struct mk_module *m,
                          bool keep_modules, struct mk_plan *plan) {
    char place[MK_PLACE_ROOM];
    struct mk_decision d = {.kind = MK_DECIDED_MODULE, .kept = is_kept(m, keep_modules)};
    if (m->end > m->start) {
        mk_image_place(image, m->start, m->end, place);
        d.offset = image->region.at + m->start;
        d.length = m->end - m->start;
    } else
        snprintf(place, sizeof place, "%u pages", m->n_pages);
    mk_text_mask(d.name, sizeof d.name, m->name, m->name_length);
    mk_text_mask(d.partition, sizeof d.partition, image->firmware.boot->name, 4);
    snprintf(d.why, sizeof d.why, "%s", why_module(m, keep_modules));
    mk_plan_decide(plan, &d);
    mk_plan_remark(plan, MK_REMARK_DETAIL, "module %-16s %-8s %-19s : %s%s", d.name,
                   mk_compression_name(m->compression), place, d.kept ? "kept, " : "removed, ",
                   d.why);
}

void mki_strip_remark_partitions(const struct mk_image *image, const struct mk_strip_options *o,
                                 struct mk_plan *plan) {
    const struct mk_firmware *f = &image->firmware;
    for (unsigned i = 0; i < f->fpt.n; i++)
        remark_entry(image, &f->fpt.entries[i], o, plan);
    for (size_t i = 0; i < f->boot->n_modules; i++)
        if (f->boot->modules[i].kind == MK_MODULE_CODE)
            remark_module(image, &f->boot->modules[i], o->keep_modules, plan);
}

void mki_strip_decide_none_kept(const struct mk_image *image, const char *why,
                                struct mk_plan *plan) {
    const struct mk_firmware *f = &image->firmware;
    for (unsigned i = 0; i < f->fpt.n; i++)
        decide_entry(image, &f->fpt.entries[i], false, why, plan);
}
