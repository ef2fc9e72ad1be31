/* SPDX-License-Identifier: MIT */
#include "verify.h"

#include <mekit/format/mme.h>

static bool lacks_table(const struct mk_partition *p, const struct mk_module *m) {
    return p->layout == MK_LAYOUT_MANIFEST && !p->has_llut && m->compression == MK_HUFFMAN;
}

static bool is_wanted(const struct mk_firmware *f) {
    for (size_t i = 0; i < f->n_partitions; i++)
        for (size_t k = 0; k < f->partitions[i].n_modules; k++)
            if (lacks_table(&f->partitions[i], &f->partitions[i].modules[k]))
                return true;
    return false;
}

bool mki_glut_read(struct verification *v, struct mk_error *e) {
    const struct mk_partition *p = mk_partition_find(&v->image->firmware, "GLUT");
    struct mk_error problem = {0};
    if (!p || !is_wanted(&v->image->firmware) ||
        mk_glut_read(p->bytes, v->image->region.n, &v->glut, &problem))
        return true;
    return problem.code != MK_E_MEMORY || mk_fail_memory(e);
}

struct located mki_located_of(const struct verification *v, const struct mk_module_link *m) {
    struct located l = {*m->partition, *m->module};
    if (!v->glut.chunks || !lacks_table(&l.partition, &l.module))
        return l;
    l.partition.has_llut = true;
    l.partition.llut = v->glut;
    mk_llut_pages(&v->glut,
                  (uint32_t)mk_field_get(l.module.entry, &mk_mme_fields[MK_MME_LOAD_BASE]),
                  l.module.code_size, &l.module.first_page, &l.module.n_pages);
    return l;
}
