/* SPDX-License-Identifier: MIT */
#include "../tree.h"

#include <mekit/format/mme.h>
#include <mekit/format/structure.h>

#include <stdlib.h>

#define API_PAGE 0x1000u

static uint32_t get(struct mk_span entry, enum mk_mme_field field) {
    return (uint32_t)mk_field_get(entry, &mk_mme_fields[field]);
}

static void name_module(struct mk_module *m, struct mk_span name) {
    mk_span_copy(name, 0, m->name, sizeof m->name);
    m->name_length = sizeof m->name;
    while (m->name_length > 0 && m->name[m->name_length - 1] == 0)
        m->name_length--;
}

static enum mk_compression compression_of(struct mk_span entry) {
    static const enum mk_compression known[] = {MK_STORED, MK_HUFFMAN, MK_LZMA};
    uint32_t type = get(entry, MK_MME_COMPRESSION);
    return type < 3 ? known[type] : MK_COMPRESSION_UNKNOWN;
}

static bool place_piece(const struct mk_partition *p, struct mk_module *m, struct mk_error *e) {
    uint64_t offset = get(m->entry, MK_MME_OFFSET);
    if (offset > p->size || m->stored_size > p->size - offset)
        return mk_fail_limit(e, MK_E_RANGE, m->entry.at + mk_mme_fields[MK_MME_OFFSET].offset,
                             offset + m->stored_size, p->size, "module beyond its partition");
    m->start = p->start + offset;
    m->end = m->start + m->stored_size;
    m->stored = mk_span_clip(p->bytes, offset, m->stored_size);
    return true;
}

/* ME 6 NFTP has Huffman modules but no table of its own: its pages stay unknown here. */
static bool place_pages(struct mk_partition *p, struct mk_module *m, struct mk_error *e) {
    struct mk_span table = mk_span_clip(p->bytes, get(m->entry, MK_MME_OFFSET), p->bytes.n);
    if (!p->has_llut && mk_structure_is_at(table, MK_STRUCTURE_LLUT)) {
        if (!mk_llut_read(table, &p->llut, e))
            return false;
        p->has_llut = true;
    }
    if (p->has_llut)
        mk_llut_pages(&p->llut, get(m->entry, MK_MME_LOAD_BASE), m->code_size, &m->first_page,
                      &m->n_pages);
    return true;
}

static bool read_module(struct mk_partition *p, struct mk_module *m, struct mk_error *e) {
    name_module(m, mk_field_span(m->entry, &mk_mme_fields[MK_MME_NAME]));
    m->compression = compression_of(m->entry);
    m->essential = mk_module_is_essential(MK_LAYOUT_MANIFEST, m->name, m->name_length) ||
                   m->compression == MK_COMPRESSION_UNKNOWN;
    m->code_size = get(m->entry, MK_MME_CODE_SIZE);
    m->absent_size =
        API_PAGE * (get(m->entry, MK_MME_API_PAGES1) + get(m->entry, MK_MME_API_PAGES2));
    m->stored_size = get(m->entry, MK_MME_STORED_SIZE);
    m->hash = mk_field_span(m->entry, &mk_mme_fields[MK_MME_HASH]);
    m->encrypted = m->entry.n == 0x80 && get(m->entry, MK_MME_ENCRYPTED) == 1;
    return m->compression == MK_HUFFMAN ? place_pages(p, m, e) : place_piece(p, m, e);
}

/* Generation 1 does not store the places of modules. */
static bool read_old_module(struct mk_module *m) {
    name_module(m, mk_field_span(m->entry, &mk_mme1_fields[MK_MME1_NAME]));
    m->code_size = (uint32_t)mk_field_get(m->entry, &mk_mme1_fields[MK_MME1_SIZE]);
    m->hash = mk_field_span(m->entry, &mk_mme1_fields[MK_MME1_HASH]);
    return true;
}

static bool read_modules(struct mk_partition *p, unsigned stride, unsigned n, struct mk_error *e) {
    uint64_t pages = 0, covered = 0;
    for (unsigned i = 0; i < n; i++) {
        struct mk_module *m = &p->modules[i];
        if (!mk_mme_read(&p->manifest, stride, i, &m->entry, e))
            return false;
        p->n_modules = i + 1;
        if (!(p->manifest.sha1 ? read_old_module(m) : read_module(p, m, e)))
            return false;
        if (!mki_modules_cover(p, m, &covered, e))
            return false;
        pages += m->n_pages;
        if (pages > MK_LIMIT_PAGES)
            return mk_fail_limit(e, MK_E_COUNT, m->entry.at, pages, MK_LIMIT_PAGES,
                                 "pages of all modules together");
    }
    return true;
}

bool mki_manifest_modules_read(struct mk_partition *p, unsigned sibling, struct mk_error *e) {
    if (!mk_manifest_read(p->bytes, &p->manifest, e))
        return false;
    p->has_manifest = true;
    unsigned stride = mk_mme_stride(&p->manifest, sibling), n = p->manifest.n_modules;
    if (n > MK_LIMIT_MODULES)
        return mk_fail_limit(e, MK_E_COUNT,
                             p->bytes.at + mk_manifest_fields[MK_MANIFEST_MODULES].offset, n,
                             MK_LIMIT_MODULES, "modules in a manifest");
    p->modules = calloc((size_t)n + 1, sizeof *p->modules);
    if (!p->modules)
        return mk_fail_memory(e);
    return read_modules(p, stride, n, e);
}
