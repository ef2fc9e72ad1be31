/* SPDX-License-Identifier: MIT */
#include "verify.h"

bool mki_work_spend(uint64_t *left, uint64_t n, uint64_t at, struct mk_error *e) {
    if (n > *left)
        return mk_fail(e, MK_E_COUNT, at, "its parts overlap: the amount to hash is impossible");
    *left -= n;
    return true;
}

bool mki_work_take(struct verification *v, uint64_t n, struct mk_error *e) {
    return mki_work_spend(&v->work, n, MK_NOWHERE, e);
}

bool mki_work_digest(struct verification *v, enum mk_digest_kind kind, const struct mk_span *parts,
                     size_t n, struct mk_digest *digest, struct mk_error *e) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < n; i++)
        bytes += parts[i].n;
    return mki_work_take(v, bytes, e) && mk_digest_take(kind, parts, n, digest, e);
}

bool mki_digest_of_size(size_t n, enum mk_digest_kind *kind) {
    static const enum mk_digest_kind kinds[] = {MK_SHA1, MK_SHA256, MK_SHA384};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (mk_digest_size(kinds[i]) == n) {
            *kind = kinds[i];
            return true;
        }
    return false;
}

bool mki_note(struct verification *v, enum mk_code code, uint64_t offset, const char *what,
              struct mk_error *e) {
    struct mk_error problem;
    mk_fail(&problem, code, offset, "%s", what);
    return mk_errors_add(&v->chain->problems, &problem, e);
}

size_t mki_hash_size_of(const struct verification *v, const struct mk_partition *p) {
    const struct mk_chain *f = v->chain;
    unsigned bits = p->has_manifest ? p->manifest.key_bits : 0;
    for (size_t i = 0; bits == 0 && i < f->n_manifests; i++)
        bits = f->manifests[i].manifest.key_bits;
    return bits >= 3072 ? MK_HASH_384 : MK_HASH_256;
}
