#include "verify.h"

static bool hash_of(const struct verification *v, const struct mk_partition *p,
                    const struct mk_manifest *manifest, struct mk_partition_hash *hash) {
    struct mk_span extension;
    uint64_t cursor = 0;
    uint32_t type;
    bool broken;
    while (mk_extension_next(manifest->body, &cursor, &type, &extension, &broken))
        if (mk_partition_hash_read(extension, type, hash_size_of(v, p), hash) &&
            !mk_span_is_filled(hash->hash, 0))
            return true;
    return false;
}

static bool compare(struct verification *v, struct mk_partition_link *f,
                    const struct mk_manifest *manifest, const struct mk_partition_hash *hash,
                    struct mk_error *e) {
    const struct mk_partition *p = f->partition;
    uint64_t at = manifest->bytes.at - p->bytes.at, end = at + manifest->bytes.n;
    struct mk_span parts[2] = {mk_span_clip(p->bytes, 0, at)};
    enum mk_digest_kind kind = MK_SHA256;
    struct mk_digest digest;
    bool whole = end <= hash->size && mk_span_cut(p->bytes, end, hash->size - end, &parts[1]);
    digest_of_size(hash->hash.n, &kind);
    if (whole && !work_digest(v, kind, parts, 2, &digest, e))
        return false;
    bool match = whole && mk_digest_equals(&digest, hash->hash, true);
    if (!f->has_hash || !match)
        f->hash = match ? MK_CHECK_MATCH : MK_CHECK_MISMATCH;
    f->has_hash = true;
    return !match ||
           (mk_ranges_add(&v->hashed, p->start, p->start + at) &&
            mk_ranges_add(&v->hashed, p->start + end, p->start + hash->size)) ||
           mk_fail_memory(e);
}

/* No strip exists for CSE: there, what is gone is damage. ME 11.8 has a module that is FF as it was
 * made: its hash matches, and it is not removed. */
static bool is_explained(const struct verification *v, const struct mk_partition *p) {
    const struct mk_chain *f = v->chain;
    if (v->image->firmware.is_sps)
        return true;
    for (size_t i = 0; v->image->me == MK_ME_FIRMWARE && i < f->n_modules; i++)
        if (f->modules[i].partition == p && f->modules[i].result == MK_CHECK_REMOVED)
            return true;
    return false;
}

bool verify_partition(struct verification *v, const struct mk_partition *p, struct mk_error *e) {
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
    f->explained = f->has_hash && f->hash == MK_CHECK_MISMATCH && is_explained(v, p);
    if (p->cpd.checksum_right || v->image->firmware.is_sps || p->problem.code)
        return true;
    return note(v, MK_E_CHECKSUM, p->bytes.at, "the checksum of $CPD is wrong", e);
}
