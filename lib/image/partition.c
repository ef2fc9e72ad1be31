/* SPDX-License-Identifier: MIT */
#include "tree.h"
#include <mekit/format/structure.h>

#include <stdlib.h>
#include <string.h>

static enum mk_partition_layout layout_of(struct mk_span bytes) {
    if (mk_structure_is_at(bytes, MK_STRUCTURE_CPD))
        return MK_LAYOUT_DIRECTORY;
    return mk_manifest_is_at(bytes) ? MK_LAYOUT_MANIFEST : MK_LAYOUT_DATA;
}

bool mki_partition_read(struct mk_partition *p, unsigned sibling, struct mk_error *e) {
    p->layout = layout_of(p->bytes);
    bool read = true;
    if (p->layout == MK_LAYOUT_DIRECTORY)
        read = mki_directory_modules_read(p, &p->problem);
    else if (p->layout == MK_LAYOUT_MANIFEST)
        read = mki_manifest_modules_read(p, sibling, &p->problem);
    if (!p->by_name && !mki_modules_sort(p, e))
        return false;
    return read || p->problem.code != MK_E_MEMORY || mk_fail_as(e, &p->problem);
}

void mki_partition_free(struct mk_partition *p) {
    free(p->modules);
    free(p->by_name);
    mk_cpd_free(&p->cpd);
    mk_llut_free(&p->llut);
}

const struct mk_partition *mk_partition_find(const struct mk_firmware *f, const char name[4]) {
    for (size_t i = 0; i < f->n_partitions; i++)
        if (memcmp(f->partitions[i].name, name, 4) == 0)
            return &f->partitions[i];
    return NULL;
}
