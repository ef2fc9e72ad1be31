/* SPDX-License-Identifier: MIT */
#include "tree.h"

#include <stdlib.h>
#include <string.h>

const char *mk_generation_name(enum mk_generation generation) {
    static const char *const names[] = {"none", "generation 1", "generation 2", "generation 3",
                                        "cse"};
    return names[generation];
}

bool mk_firmware_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e) {
    *f = (struct mk_firmware){.family = "ME"};
    bool flat = mk_fpt_find(region) >= 0 || !mk_layout_read(region, &f->layout);
    if (flat)
        f->layout = (struct mk_layout){.version = MK_IFWI_NONE};
    if ((flat ? mki_flat_read(region, f, e) : mki_ifwi_read(region, f, e)) &&
        mki_firmware_classify(f, e))
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
    if (!mki_partition_read(p, 0, e)) {
        mk_firmware_free(f);
        return false;
    }
    if (p->layout == MK_LAYOUT_DIRECTORY)
        memcpy(p->name, p->cpd.name, sizeof p->name);
    else if (p->has_manifest)
        mk_span_copy(p->manifest.body, 0, p->name, sizeof p->name);
    if (mki_firmware_classify(f, e))
        return true;
    mk_firmware_free(f);
    return false;
}

void mk_firmware_free(struct mk_firmware *f) {
    for (size_t i = 0; i < f->n_partitions; i++)
        mki_partition_free(&f->partitions[i]);
    free(f->partitions);
    mk_errors_free(&f->problems);
    *f = (struct mk_firmware){.family = "ME"};
}
