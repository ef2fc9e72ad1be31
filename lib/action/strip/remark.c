#include "remark.h"

#include "keep.h"

#include <mekit/base/text.h>

#include <inttypes.h>
#include <stdio.h>

void strip_remark_firmware(const struct mk_image *image, struct mk_plan *plan) {
    const struct mk_firmware *f = &image->firmware;
    char version[MK_VERSION_ROOM], name[MK_TEXT_ROOM(4)], place[MK_PLACE_ROOM];
    mk_plan_remark(plan, MK_REMARK_FACT, "%s %s, generation %u, key %s%s%s", f->family,
                   mk_version_text(f->version, version), (unsigned)f->generation,
                   f->key ? f->key->variant : "unknown", f->key ? " " : "",
                   f->key ? f->key->versions : "");
    if (image->has_descriptor)
        mk_plan_remark(plan, MK_REMARK_FACT, "ME region  %s (all offsets are those of the file)",
                       mk_image_place(image, 0, image->region.n, place));
    mk_plan_remark(plan, MK_REMARK_FACT, "$FPT       0x%06" PRIx64 ", %u entries",
                   image->region.at + f->fpt.at, f->fpt.n);
    mk_plan_remark(plan, MK_REMARK_FACT, "%-4s       %s, signature valid",
                   mk_text_mask(name, sizeof name, f->boot->name, 4),
                   mk_image_place(image, f->boot->start, f->boot->end, place));
}

static const char *fate_text(enum keep_fate fate, const struct mk_strip_options *o) {
    switch (fate) {
    case KEEP_NOT:
        return "removed";
    case KEEP_BY_NAME:
        return o->remove.text ? "kept, not listed" : "kept, as asked";
    case KEEP_ESSENTIAL:
        return "kept, needed to boot";
    case KEEP_NO_DATA:
        break;
    }
    return "entry removed, it has no data here";
}

static void remark_entry(const struct mk_image *image, const struct mk_fpt_entry *entry,
                         const struct mk_strip_options *o, struct mk_plan *plan) {
    char name[MK_TEXT_ROOM(4)], place[MK_PLACE_ROOM] = "";
    if (entry->has_data)
        mk_image_place(image, entry->start, entry->end, place);
    mk_plan_remark(plan, MK_REMARK_FACT, "partition %-4s %-19s : %s%s",
                   mk_text_mask(name, sizeof name, entry->name, 4), place,
                   fate_text(keep_fate_of(o, entry), o),
                   entry->clipped ? " (the region ends before it)" : "");
}

static const char *module_fate(const struct mk_module *m, bool keep_modules) {
    if (m->compression == MK_COMPRESSION_UNKNOWN)
        return "kept, its compression is not known";
    if (m->essential)
        return "kept, needed to boot";
    return keep_modules ? "kept, as asked" : "removed";
}

static void remark_module(const struct mk_image *image, const struct mk_module *m,
                          bool keep_modules, struct mk_plan *plan) {
    char name[MK_TEXT_ROOM(16)], place[MK_PLACE_ROOM];
    if (m->end > m->start)
        mk_image_place(image, m->start, m->end, place);
    else
        snprintf(place, sizeof place, "%u pages", m->n_pages);
    mk_plan_remark(plan, MK_REMARK_FACT, "module %-16s %-8s %-19s : %s",
                   mk_text_mask(name, sizeof name, m->name, m->name_length),
                   mk_compression_name(m->compression), place, module_fate(m, keep_modules));
}

void strip_remark_partitions(const struct mk_image *image, const struct mk_strip_options *o,
                             struct mk_plan *plan) {
    const struct mk_firmware *f = &image->firmware;
    for (unsigned i = 0; i < f->fpt.n; i++)
        remark_entry(image, &f->fpt.entries[i], o, plan);
    for (size_t i = 0; i < f->boot->n_modules; i++)
        if (f->boot->modules[i].kind == MK_MODULE_CODE)
            remark_module(image, &f->boot->modules[i], o->keep_modules, plan);
}
