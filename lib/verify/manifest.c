/* SPDX-License-Identifier: MIT */
#include "verify.h"

#include <mekit/base/arith.h>
#include <mekit/base/text.h>

#define BEFORE_KEY MK_MANIFEST_KEY_AT

static bool cover_manifest(struct verification *v, const struct mk_manifest *m,
                           struct mk_error *e) {
    struct mk_span region = v->image->region;
    uint64_t start = mk_span_offset(region, m->bytes), body = mk_span_offset(region, m->body);
    return (mk_ranges_add(&v->is_signed, start, start + BEFORE_KEY) &&
            mk_ranges_add(&v->is_signed, body, body + m->body.n)) ||
           mk_fail_memory(e);
}

static bool add_manifest(struct verification *v, const struct mk_partition *p, const uint8_t *name,
                         size_t n, const struct mk_manifest *m, struct mk_error *e) {
    struct mk_chain *f = v->chain;
    struct mk_manifest_link *more = mk_resize(f->manifests, f->n_manifests + 1, sizeof *more);
    if (!more)
        return mk_fail_memory(e);
    f->manifests = more;
    struct mk_manifest_link *finding = &f->manifests[f->n_manifests++];
    *finding = (struct mk_manifest_link){.manifest = *m};
    mk_text_mask(finding->partition, sizeof finding->partition, p->name, sizeof p->name);
    mk_text_mask(finding->name, sizeof finding->name, name, n);
    if (!mki_work_take(v, m->bytes.n + MK_LIMIT_WORK_SIGNATURE, e) ||
        !mk_signature_check(m, &finding->signature, e))
        return false;
    return finding->signature.verdict != MK_SIGNATURE_VALID || cover_manifest(v, m, e);
}

/* If the signature covers an odd chain, the chain is odd but not damaged. */
static bool check_chain(struct verification *v, const struct mk_manifest_link *m,
                        struct mk_error *e) {
    struct mk_span extension;
    struct mk_error problem;
    uint64_t cursor = 0;
    uint32_t type;
    bool broken;
    while (mk_extension_next(m->manifest.body, &cursor, &type, &extension, &broken))
        ;
    if (!broken)
        return true;
    mk_fail(&problem, MK_E_RANGE, m->manifest.body.at + cursor,
            "an extension of the manifest has an impossible size");
    bool is_signed = m->signature.verdict == MK_SIGNATURE_VALID;
    return mk_errors_add(is_signed ? &v->chain->remarks : &v->chain->problems, &problem, e);
}

/* An erased manifest was removed with its partition: that is not damage. */
static bool verify_module(struct verification *v, const struct mk_partition *p,
                          const struct mk_module *m, struct mk_error *e) {
    struct mk_manifest manifest;
    struct mk_error problem;
    if (m->kind == MK_MODULE_METADATA ||
        (m->kind == MK_MODULE_CODE && !mk_manifest_is_at(m->stored)) ||
        (m->stored.n > 0 && mk_span_is_filled(m->stored, 0xFF)))
        return true;
    if (!mk_manifest_read(m->stored, &manifest, &problem))
        return mk_errors_add(&v->chain->problems, &problem, e);
    return add_manifest(v, p, m->name, m->name_length, &manifest, e) &&
           check_chain(v, &v->chain->manifests[v->chain->n_manifests - 1], e);
}

bool mki_verify_manifests(struct verification *v, const struct mk_partition *p,
                          struct mk_error *e) {
    struct mk_errors *problems = &v->chain->problems;
    if (p->layout == MK_LAYOUT_MANIFEST && p->has_manifest &&
        !add_manifest(v, p, p->name, sizeof p->name, &p->manifest, e))
        return false;
    for (size_t i = 0; p->layout == MK_LAYOUT_DIRECTORY && i < p->n_modules; i++)
        if (!verify_module(v, p, &p->modules[i], e))
            return false;
    /* A manifest in a directory is also a module: verify_module may have reported this problem
     * already. */
    bool told = p->layout == MK_LAYOUT_DIRECTORY && problems->n > 0 &&
                problems->list[problems->n - 1].offset == p->problem.offset;
    return !p->problem.code || told || mk_errors_add(problems, &p->problem, e);
}
