/* SPDX-License-Identifier: MIT */
#include "verify.h"

#include <mekit/image/extent.h>
#include <string.h>

#define OVERLAY 0x2000u /* bytes of FTPR that DLMP overlaps */

static bool is_listed(const struct mk_fpt *fpt, const char name[4]) {
    for (unsigned i = 0; i < fpt->n; i++)
        if (memcmp(fpt->entries[i].name, name, 4) == 0)
            return true;
    return false;
}

static bool hash_of(const struct verification *v, const struct mk_partition *p,
                    const struct mk_manifest *manifest, struct mk_partition_hash *hash) {
    struct mk_span extension;
    uint64_t cursor = 0;
    uint32_t type;
    bool broken;
    while (mk_extension_next(manifest->body, &cursor, &type, &extension, &broken))
        if (mk_partition_hash_read(extension, type, mki_hash_size_of(v, p), hash) &&
            !mk_span_is_filled(hash->hash, 0))
            return true;
    return false;
}

/* The partition's hash also proves modules that nothing else could check. */
static void name_means(struct verification *v, const struct mk_partition *p,
                       const struct mk_manifest *manifest, uint64_t covered) {
    uint64_t at = mk_span_offset(p->bytes, manifest->bytes), end = at + manifest->bytes.n;
    for (size_t i = 0; i < v->chain->n_modules; i++) {
        struct mk_module_link *m = &v->chain->modules[i];
        if (m->partition != p || m->result != MK_CHECK_UNCHECKED ||
            m->module->end == m->module->start)
            continue;
        uint64_t from = m->module->start - p->start,
                 to = mk_module_stored_end(m->module) - p->start;
        if (to <= covered && (to <= at || from >= end))
            m->means = MK_MEANS_PARTITION_HASH;
    }
}

static bool compare(struct verification *v, struct mk_partition_link *f,
                    const struct mk_manifest *manifest, const struct mk_partition_hash *hash,
                    struct mk_error *e) {
    const struct mk_partition *p = f->partition;
    uint64_t at = mk_span_offset(p->bytes, manifest->bytes), end = at + manifest->bytes.n;
    struct mk_span parts[2] = {mk_span_clip(p->bytes, 0, at)};
    enum mk_digest_kind kind = MK_SHA256;
    struct mk_digest digest;
    bool whole = end <= hash->size && mk_span_cut(p->bytes, end, hash->size - end, &parts[1]);
    f->covered = hash->size;
    mki_digest_of_size(hash->hash.n, &kind);
    if (whole && !mki_work_digest(v, kind, parts, 2, &digest, e))
        return false;
    bool match = whole && mk_digest_equals(&digest, hash->hash, true);
    if (!f->has_hash || !match)
        f->hash = match ? MK_CHECK_MATCH : MK_CHECK_MISMATCH;
    f->has_hash = true;
    if (match)
        name_means(v, p, manifest, hash->size);
    return !match ||
           (mk_ranges_add(&v->hashed, p->start, p->start + at) &&
            mk_ranges_add(&v->hashed, p->start + end, p->start + hash->size)) ||
           mk_fail_memory(e);
}

static bool begins_inside(const struct verification *v, const struct mk_partition_link *link) {
    const struct mk_firmware *f = &v->image->firmware;
    uint64_t start = link->partition->start;
    for (size_t i = 0; i < f->n_partitions; i++)
        if (f->partitions[i].start > start && f->partitions[i].start < start + link->covered)
            return true;
    return false;
}

/* 11.8 Slim: DLMP overlaps FTPR's tail, and its bytes are not those that FTPR's hash covers (9 of 9
 * stock images). In the other SKUs they are (26 of 26). */
static bool is_rewritten(const struct verification *v, const struct mk_partition_link *link) {
    struct mk_span client;
    return begins_inside(v, link) &&
           mk_extension_find(link->partition->manifest.body, MK_EXTENSION_CLIENT, &client) &&
           client.n >= MK_CLIENT_SIZE &&
           mk_field_get(client, &mk_client_fields[MK_CLIENT_SKU]) == MK_CLIENT_SKU_SLIM;
}

/* From 11.8 on DLMP overlaps the tail of FTPR. A strip removes it with its entry, even if it keeps
 * all of FTPR's modules. Every stock table lists DLMP. */
static bool is_tail_removed(const struct verification *v, const struct mk_partition_link *link) {
    const struct mk_firmware *f = &v->image->firmware;
    bool overlaid = f->version.major == 11 && f->version.minor >= 8;
    if (!overlaid || link->covered < OVERLAY || is_listed(&f->fpt, "DLMP"))
        return false;
    uint64_t from = link->covered - OVERLAY;
    struct mk_span tail = mk_span_clip(link->partition->bytes, from, OVERLAY);
    return tail.n == OVERLAY && mk_span_is_filled(tail, 0xFF);
}

/* No tool strips CSE, so removed modules are damage there. ME 11.8 has a module that is FF in stock
 * images: its hash matches, so it does not count as removed. */
static bool is_explained(const struct verification *v, const struct mk_partition_link *link) {
    const struct mk_chain *f = v->chain;
    const struct mk_partition *p = link->partition;
    bool removed = false;
    if (v->image->firmware.is_sps)
        return true;
    for (size_t i = 0; i < f->n_modules; i++) {
        removed |= f->modules[i].partition == p && f->modules[i].result == MK_CHECK_REMOVED;
        if (f->modules[i].partition == p && f->modules[i].result == MK_CHECK_MISMATCH)
            return false;
    }
    return v->image->me == MK_ME_FIRMWARE &&
           (removed || is_rewritten(v, link) || is_tail_removed(v, link));
}

bool mki_verify_partition(struct verification *v, const struct mk_partition *p,
                          struct mk_error *e) {
    struct mk_partition_link *f = &v->chain->partitions[v->chain->n_partitions++];
    struct mk_manifest manifest;
    struct mk_partition_hash hash;
    *f = (struct mk_partition_link){.partition = p};
    if (p->layout != MK_LAYOUT_DIRECTORY)
        return true;
    for (size_t i = 0; i < p->n_modules; i++) {
        const struct mk_module *man = &p->modules[i];
        if (man->kind == MK_MODULE_MANIFEST && mk_manifest_read(man->stored, &manifest, NULL) &&
            hash_of(v, p, &manifest, &hash) && !compare(v, f, &manifest, &hash, e))
            return false;
    }
    f->explained = f->has_hash && f->hash == MK_CHECK_MISMATCH && is_explained(v, f);
    if (p->cpd.checksum_right || v->image->firmware.is_sps || p->problem.code)
        return true;
    return mki_note(v, MK_E_CHECKSUM, p->bytes.at, "the checksum of $CPD is wrong", e);
}
