/* SPDX-License-Identifier: MIT */
#include "../tree.h"

#include <mekit/base/arith.h>
#include <mekit/codec/lzma.h>
#include <mekit/format/extension.h>

#include <stdlib.h>
#include <string.h>

static enum mk_module_kind kind_of(const struct mk_cpd_entry *entry) {
    if (mk_cpd_name_ends(entry, ".man"))
        return MK_MODULE_MANIFEST;
    return mk_cpd_name_ends(entry, ".met") ? MK_MODULE_METADATA : MK_MODULE_CODE;
}

static enum mk_compression compression_by_look(const struct mk_cpd_entry *entry,
                                               struct mk_span stored) {
    if (entry->huffman)
        return MK_HUFFMAN;
    return mk_lzma_is_at(stored) ? MK_LZMA : MK_STORED;
}

static bool read_module(const struct mk_partition *p, const struct mk_cpd_entry *entry,
                        struct mk_module *m, uint64_t *covered, struct mk_error *e) {
    uint64_t length = entry->huffman ? 0 : entry->length;
    if (length > p->size - entry->offset)
        return mk_fail_limit(e, MK_E_RANGE, p->bytes.at, entry->offset + length, p->size,
                             "$CPD entry ends past the end of its partition");
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
    return mki_modules_cover(p, m, covered, e);
}

/* The metadata of module X is the entry X.met. */
static const struct mk_module *metadata_of(const struct mk_partition *p,
                                           const struct mk_module *m) {
    static const uint8_t suffix[] = {'.', 'm', 'e', 't'};
    uint8_t name[sizeof m->name];
    if (m->name_length + sizeof suffix > sizeof m->name)
        return NULL;
    memcpy(name, m->name, m->name_length);
    memcpy(name + m->name_length, suffix, sizeof suffix);
    return mki_module_named(p, name, m->name_length + sizeof suffix);
}

/* Real metadata is short: ignore longer parts. */
static struct mk_span chain_of(const struct mk_module *met) {
    return mk_span_clip(met->stored, 0, mk_min(met->stored_size, MK_LIMIT_METADATA));
}

static uint32_t attribute(struct mk_span extension, enum mk_attribute_field field) {
    return (uint32_t)mk_field_get(extension, &mk_attribute_fields[field]);
}

static void apply_metadata(struct mk_module *m, const struct mk_module *met) {
    static const enum mk_compression known[] = {MK_STORED, MK_HUFFMAN, MK_LZMA};
    struct mk_span chain = chain_of(met), extension;
    if (!mk_extension_find(chain, MK_EXTENSION_MODULE, &extension) ||
        mk_attribute_hash(extension).n == 0)
        return;
    uint32_t compression = attribute(extension, MK_ATTRIBUTE_COMPRESSION);
    m->compression = compression < 3 ? known[compression] : MK_COMPRESSION_UNKNOWN;
    m->encrypted = attribute(extension, MK_ATTRIBUTE_ENCRYPTION) != 0;
    m->code_size = attribute(extension, MK_ATTRIBUTE_CODE_SIZE);
    m->stored_size = attribute(extension, MK_ATTRIBUTE_STORED_SIZE);
    m->hash = mk_attribute_hash(extension);
}

/* Lists in the metadata of one module with hashes of other modules. kind: that of the list's entry.
 */
static const struct {
    uint32_t extension, kind;
    const char *module; /* NULL: the metadata's own */
} told_of[] = {
    {MK_EXTENSION_TYPE_C, 0x1, "iom"},      {MK_EXTENSION_TYPE_C, 0x4, "iom.cd"},
    {MK_EXTENSION_TYPE_C, 0xB, "iom.hwcd"}, {MK_EXTENSION_BOOT_POLICY, 0, "IBBL"},
    {MK_EXTENSION_BOOT_POLICY, 1, "IBB"},   {MK_EXTENSION_IUNIT, 0, NULL},
};

static struct mk_module *module_told(struct mk_partition *p, const struct mk_module *met,
                                     uint32_t type, uint32_t kind) {
    for (size_t i = 0; i < sizeof told_of / sizeof *told_of; i++) {
        size_t n = met->name_length - 4;
        if (told_of[i].extension != type || told_of[i].kind != kind)
            continue;
        const uint8_t *name = met->name;
        if (told_of[i].module) {
            name = (const uint8_t *)told_of[i].module;
            n = strlen(told_of[i].module);
        }
        struct mk_module *m = mki_module_named(p, name, n);
        if (m)
            return m;
    }
    return NULL;
}

/* A module's own attributes have precedence over lists. */
static void apply_lists(struct mk_partition *p, const struct mk_module *met) {
    struct mk_span chain = chain_of(met), extension;
    struct mk_known_hash known;
    uint64_t cursor = 0;
    uint32_t type;
    bool broken;
    while (mk_extension_next(chain, &cursor, &type, &extension, &broken)) {
        uint64_t place = 0;
        while (mk_known_hash_next(extension, type, &place, &known)) {
            struct mk_module *m = module_told(p, met, type, known.kind);
            if (!m || m->hash.n > 0 || (known.size != 0 && known.size != m->stored_size))
                continue;
            m->hash = known.hash;
            m->hash_natural = true;
        }
    }
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

static void apply_all(struct mk_partition *p) {
    for (size_t i = 0; i < p->n_modules; i++) {
        struct mk_module *m = &p->modules[i];
        const struct mk_module *met = m->kind == MK_MODULE_CODE ? metadata_of(p, m) : NULL;
        if (met)
            apply_metadata(m, met);
    }
    for (size_t i = 0; i < p->n_modules; i++)
        if (p->modules[i].kind == MK_MODULE_METADATA)
            apply_lists(p, &p->modules[i]);
}

bool mki_directory_modules_read(struct mk_partition *p, struct mk_error *e) {
    uint64_t covered = 0;
    if (!mk_cpd_read(p->bytes, p->size, &p->cpd, e))
        return false;
    p->modules = calloc((size_t)p->cpd.n + 1, sizeof *p->modules);
    if (!p->modules)
        return mk_fail_memory(e);
    for (unsigned i = 0; i < p->cpd.n; i++) {
        if (!read_module(p, &p->cpd.entries[i], &p->modules[i], &covered, e))
            return false;
        p->n_modules = i + 1;
    }
    if (!mki_modules_sort(p, e))
        return false;
    apply_all(p);
    return read_manifest(p, e);
}
