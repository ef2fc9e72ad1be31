#include "tree.h"

#include <mekit/base/arith.h>
#include <mekit/format/mme.h>

#include <stdlib.h>
#include <string.h>

const char *mk_generation_name(enum mk_generation generation) {
    static const char *const names[] = {"none", "generation 1", "generation 2", "generation 3",
                                        "cse"};
    return names[generation];
}

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

bool fpt_partitions_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    unsigned sibling = sibling_stride(region, &f->fpt);
    for (unsigned i = 0; i < f->fpt.n; i++) {
        if (!f->fpt.entries[i].has_data)
            continue;
        struct mk_partition *p = &f->partitions[f->n_partitions++];
        place_partition(region, f, i, p);
        if (!partition_read(p, sibling, e))
            return false;
    }
    return true;
}

static bool read_flat(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    if (!mk_fpt_read(region, &f->fpt, e))
        return false;
    f->partitions = calloc((size_t)f->fpt.n + 1, sizeof *f->partitions);
    return f->partitions ? fpt_partitions_read(region, f, e) : mk_fail_memory(e);
}

bool mk_firmware_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    *f = (struct mk_firmware){.family = "ME"};
    bool flat = mk_fpt_find(region) >= 0 || !mk_layout_read(region, &f->layout);
    if (flat)
        f->layout = (struct mk_layout){.version = MK_IFWI_NONE};
    if ((flat ? read_flat(region, f, e) : ifwi_read(region, f, e)) && firmware_classify(f, e))
        return true;
    mk_firmware_free(f);
    return false;
}

bool mk_firmware_read_partition(struct mk_span bytes, struct mk_firmware *f, struct mk_error *e) {
    *f = (struct mk_firmware){.family = "ME"};
    f->partitions = calloc(1, sizeof *f->partitions);
    if (!f->partitions)
        return mk_fail_memory(e);
    struct mk_partition *p = &f->partitions[0];
    *p = (struct mk_partition){.end = bytes.n, .size = bytes.n, .bytes = bytes};
    f->n_partitions = 1;
    if (!partition_read(p, 0, e)) {
        mk_firmware_free(f);
        return false;
    }
    if (p->layout == MK_LAYOUT_DIRECTORY)
        memcpy(p->name, p->cpd.name, sizeof p->name);
    else if (p->has_manifest)
        mk_span_copy(p->manifest.body, 0, p->name, sizeof p->name);
    if (firmware_classify(f, e))
        return true;
    mk_firmware_free(f);
    return false;
}

void mk_firmware_free(struct mk_firmware *f) {
    for (size_t i = 0; i < f->n_partitions; i++)
        partition_free(&f->partitions[i]);
    free(f->partitions);
    mk_errors_free(&f->problems);
    *f = (struct mk_firmware){.family = "ME"};
}
