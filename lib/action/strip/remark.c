#include "remark.h"

#include "keep.h"

#include <mekit/base/text.h>

#include <inttypes.h>
#include <stdio.h>

#define RANGE "0x%06" PRIx64 " - 0x%06" PRIx64

void strip_remark_firmware(const struct mk_image *image, struct mk_plan *plan) {
    const struct mk_firmware *f = &image->firmware;
    uint64_t base = image->region.at;
    char version[MK_VERSION_ROOM], name[MK_TEXT_ROOM(4)];
    mk_plan_remark(plan, MK_REMARK_FACT, "%s %s, generation %u, key %s%s%s", f->family,
                   mk_version_text(f->version, version), (unsigned)f->generation,
                   f->key ? f->key->variant : "unknown", f->key ? " " : "",
                   f->key ? f->key->versions : "");
    if (image->has_descriptor)
        mk_plan_remark(plan, MK_REMARK_FACT, "ME region  " RANGE, base, base + image->region.n);
    mk_plan_remark(plan, MK_REMARK_FACT, "$FPT       0x%06" PRIx64 ", %u entries", base + f->fpt.at,
                   f->fpt.n);
    mk_plan_remark(plan, MK_REMARK_FACT, "%-4s       " RANGE ", signature valid",
                   mk_text_mask(name, sizeof name, f->boot->name, 4), base + f->boot->start,
                   base + f->boot->end);
}

static void remark_entry(const struct mk_fpt_entry *entry, enum keep_fate fate,
                         struct mk_plan *plan) {
    static const char *const fates[] = {
        [KEEP_NOT] = "removed",
        [KEEP_BY_NAME] = "kept, as asked",
        [KEEP_ESSENTIAL] = "kept, needed to boot",
        [KEEP_NO_DATA] = "entry removed, it has no data here",
    };
    char name[MK_TEXT_ROOM(4)];
    mk_text_mask(name, sizeof name, entry->name, 4);
    if (fate == KEEP_NO_DATA)
        mk_plan_remark(plan, MK_REMARK_FACT, "partition %-4s                      : %s", name,
                       fates[fate]);
    else
        mk_plan_remark(plan, MK_REMARK_FACT, "partition %-4s " RANGE " : %s%s", name, entry->start,
                       entry->end, fates[fate],
                       entry->clipped ? " (the region ends before it)" : "");
}

static const char *module_fate(const struct mk_module *m, bool keep_modules) {
    if (m->compression == MK_COMPRESSION_UNKNOWN)
        return "kept, its compression is not known";
    if (m->essential)
        return "kept, needed to boot";
    return keep_modules ? "kept, as asked" : "removed";
}

static void module_place(const struct mk_module *m, char *out, size_t n) {
    if (m->end > m->start)
        snprintf(out, n, RANGE, m->start, m->end);
    else
        snprintf(out, n, "%u pages", m->n_pages);
}

static void remark_module(const struct mk_module *m, bool keep_modules, struct mk_plan *plan) {
    char name[MK_TEXT_ROOM(16)], place[64];
    module_place(m, place, sizeof place);
    mk_plan_remark(plan, MK_REMARK_FACT, "module %-16s %-8s %-19s : %s",
                   mk_text_mask(name, sizeof name, m->name, m->name_length),
                   mk_compression_name(m->compression), place, module_fate(m, keep_modules));
}

void strip_remark_partitions(const struct mk_image *image, const struct mk_strip_options *o,
                             struct mk_plan *plan) {
    const struct mk_firmware *f = &image->firmware;
    for (unsigned i = 0; i < f->fpt.n; i++)
        remark_entry(&f->fpt.entries[i], keep_fate_of(o, &f->fpt.entries[i]), plan);
    for (size_t i = 0; i < f->boot->n_modules; i++)
        if (f->boot->modules[i].kind == MK_MODULE_CODE)
            remark_module(&f->boot->modules[i], o->keep_modules, plan);
}
