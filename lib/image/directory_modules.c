#include "tree.h"

#include <stdlib.h>
#include <string.h>

#define EXTENSION_SHA256_SIZE 0x38u
#define EXTENSION_SHA384_SIZE 0x48u
#define HASH_AT               0x18u

static const struct mk_field compression_field = {"compression",         0x08, 1, 0, 0,
                                                  "0, 1 Huffman, 2 LZMA"};
static const struct mk_field encryption_field = {"encryption", 0x09, 1, 0, 0, "0 none"};
static const struct mk_field code_size_field = {"uncompressed size", 0x0C, 4, 0, 0, "bytes"};
static const struct mk_field stored_size_field = {"stored size", 0x10, 4, 0, 0, "bytes"};

static enum mk_module_kind kind_of(const struct mk_cpd_entry *entry) {
    if (mk_cpd_name_ends(entry, ".man"))
        return MK_MODULE_MANIFEST;
    return mk_cpd_name_ends(entry, ".met") ? MK_MODULE_METADATA : MK_MODULE_CODE;
}

static enum mk_compression compression_by_look(const struct mk_cpd_entry *entry,
                                               struct mk_span stored) {
    if (entry->huffman)
        return MK_HUFFMAN;
    bool lzma = mk_span_has(stored, 0, "\x36\x00\x40\x00\x00", 5) ||
                mk_span_has(stored, 0, "\x5D\x00\x40\x00\x00", 5);
    return lzma ? MK_LZMA : MK_STORED;
}

static bool read_module(const struct mk_partition *p, const struct mk_cpd_entry *entry,
                        struct mk_module *m, struct mk_error *e) {
    uint64_t length = entry->huffman ? 0 : entry->length;
    if (length > p->size - entry->offset)
        return mk_fail_limit(e, MK_E_RANGE, p->bytes.at, entry->offset + length, p->size,
                             "$CPD entry ends beyond its partition");
    memcpy(m->name, entry->name, sizeof entry->name);
    m->name_length = mk_cpd_name_length(entry);
    m->kind = kind_of(entry);
    m->essential = mk_module_is_essential(MK_LAYOUT_DIRECTORY, m->name, m->name_length);
    m->stored_size = entry->huffman ? 0 : entry->length;
    m->code_size = entry->huffman ? entry->length : 0;
    if (entry->length > 0) {
        m->start = p->start + entry->offset;
        m->end = p->start + entry->end;
    }
    m->stored = mk_span_clip(p->bytes, entry->offset, m->end - m->start);
    m->compression = compression_by_look(entry, m->stored);
    return true;
}

/* Metadata of module X is the entry X.met. */
static const struct mk_module *metadata_of(const struct mk_partition *p,
                                           const struct mk_module *m) {
    for (size_t i = 0; i < p->n_modules; i++) {
        const struct mk_module *met = &p->modules[i];
        if (met->kind == MK_MODULE_METADATA && met->name_length == m->name_length + 4 &&
            memcmp(met->name, m->name, m->name_length) == 0)
            return met;
    }
    return NULL;
}

static void apply_metadata(struct mk_module *m, const struct mk_module *met) {
    static const enum mk_compression known[] = {MK_STORED, MK_HUFFMAN, MK_LZMA};
    struct mk_span chain = mk_span_clip(met->stored, 0, met->stored_size), extension;
    if (!mk_extension_find(chain, MK_EXTENSION_MODULE, &extension) ||
        (extension.n != EXTENSION_SHA256_SIZE && extension.n != EXTENSION_SHA384_SIZE))
        return;
    uint64_t compression = mk_field_get(extension, &compression_field);
    m->compression = compression < 3 ? known[compression] : MK_COMPRESSION_UNKNOWN;
    m->encrypted = mk_field_get(extension, &encryption_field) != 0;
    m->code_size = (uint32_t)mk_field_get(extension, &code_size_field);
    m->stored_size = (uint32_t)mk_field_get(extension, &stored_size_field);
    m->hash = mk_span_clip(extension, HASH_AT, extension.n - HASH_AT);
}

static bool read_manifest(struct mk_partition *p, struct mk_error *e) {
    for (size_t i = 0; i < p->n_modules; i++) {
        if (p->modules[i].kind != MK_MODULE_MANIFEST)
            continue;
        p->has_manifest = mk_manifest_read(p->modules[i].stored, &p->manifest, e);
        return p->has_manifest;
    }
    return true;
}

bool directory_modules_read(struct mk_partition *p, struct mk_error *e) {
    if (!mk_cpd_read(p->bytes, p->size, &p->cpd, e))
        return false;
    p->modules = calloc((size_t)p->cpd.n + 1, sizeof *p->modules);
    if (!p->modules)
        return mk_fail_memory(e);
    for (unsigned i = 0; i < p->cpd.n; i++) {
        if (!read_module(p, &p->cpd.entries[i], &p->modules[i], e))
            return false;
        p->n_modules = i + 1;
    }
    for (size_t i = 0; i < p->n_modules; i++) {
        const struct mk_module *met = metadata_of(p, &p->modules[i]);
        if (p->modules[i].kind == MK_MODULE_CODE && met)
            apply_metadata(&p->modules[i], met);
    }
    return read_manifest(p, e);
}
