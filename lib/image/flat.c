/* SPDX-License-Identifier: MIT */
#include "tree.h"

#include <mekit/format/mme.h>

#include <stdlib.h>
#include <string.h>

static unsigned sibling_stride(struct mk_span region, const struct mk_fpt *fpt) {
    const struct mk_fpt_entry *entry = mk_fpt_entry_find(fpt, "FTPR");
    struct mk_manifest m;
    if (!entry ||
        !mk_manifest_read(mk_span_clip(region, entry->start, entry->end - entry->start), &m, NULL))
        return 0;
    return mk_mme_stride(&m, 0);
}

static void place_partition(struct mk_span region, const struct mk_firmware *f, unsigned i,
                            struct mk_partition *p) {
    const struct mk_fpt_entry *entry = &f->fpt.entries[i];
    *p = (struct mk_partition){
        .entry = i, .start = f->fpt_base + entry->start, .end = f->fpt_base + entry->end};
    memcpy(p->name, entry->name, sizeof p->name);
    p->size = entry->open_ended ? entry->end - entry->start : entry->size;
    p->bytes = mk_span_clip(region, p->start, p->end - p->start);
}

bool mki_fpt_partitions_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    unsigned sibling = sibling_stride(region, &f->fpt);
    for (unsigned i = 0; i < f->fpt.n; i++) {
        if (!f->fpt.entries[i].has_data)
            continue;
        struct mk_partition *p = &f->partitions[f->n_partitions++];
        place_partition(region, f, i, p);
        if (!mki_partition_read(p, sibling, e))
            return false;
    }
    return true;
}

bool mki_flat_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    if (!mk_fpt_read(region, &f->fpt, e))
        return false;
    f->partitions = calloc((size_t)f->fpt.n + 1, sizeof *f->partitions);
    return f->partitions ? mki_fpt_partitions_read(region, f, e) : mk_fail_memory(e);
}
