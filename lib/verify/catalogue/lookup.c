/* SPDX-License-Identifier: MIT */
#include "../verify.h"

#include <stdio.h>

/* Neither proven by its hash nor erased. */
static bool is_open(const struct mk_module_link *m) {
    return m->module->kind == MK_MODULE_CODE && m->module->compression == MK_HUFFMAN &&
           !m->is_key && !m->module->encrypted && m->has_digest &&
           (m->result == MK_CHECK_UNCHECKED || m->result == MK_CHECK_MISMATCH);
}

bool mki_has_stored_digest(const struct mk_module_link *m) {
    return m->digest == MK_SHA256 &&
           (m->partition->layout == MK_LAYOUT_DIRECTORY || mk_stored_by_pages(m->module));
}

static bool look_up(struct verification *v, struct mk_module_link *m, struct mk_error *e) {
    struct mk_digest stored;
    size_t n;
    mk_catalogue_find(v->catalogue, m->module->hash, &n);
    if (n == 0 || !mki_has_stored_digest(m))
        return true;
    if (!mki_work_take(v, mk_stored_size(m->partition, m->module), e) ||
        !mk_stored_digest(v->image->region, m->partition, m->module, &stored, e))
        return false;
    bool known = mk_catalogue_knows(v->catalogue, m->module->hash, &stored);
    m->result = known ? MK_CHECK_MATCH : MK_CHECK_MISMATCH;
    m->means = known ? MK_MEANS_CATALOGUE : MK_MEANS_NONE;
    m->unpacked = true;
    snprintf(m->reason, sizeof m->reason, "%s",
             known ? "" : "the catalogue knows other bytes for its hash");
    return !known || mki_cover_module(v, m, e);
}

bool mki_verify_by_catalogue(struct verification *v, struct mk_error *e) {
    for (size_t i = 0; i < v->chain->n_modules; i++) {
        struct mk_module_link *m = &v->chain->modules[i];
        if (is_open(m) && !look_up(v, m, e))
            return false;
        bool hashed = m->has_digest || m->is_key;
        if (m->result == MK_CHECK_MATCH && m->means == MK_MEANS_NONE && hashed)
            m->means = MK_MEANS_HASH;
    }
    return true;
}
