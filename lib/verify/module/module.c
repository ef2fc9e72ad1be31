/* SPDX-License-Identifier: MIT */
#include "../verify.h"

#include <mekit/base/arith.h>
#include <mekit/format/mme.h>
#include <mekit/image/extent.h>
#include <mekit/image/unpack.h>
#include <stdio.h>
#include <stdlib.h>

static bool conclude(struct mk_module_link *m, enum mk_check result, const char *reason) {
    m->result = result;
    snprintf(m->reason, sizeof m->reason, "%.*s", (int)sizeof m->reason - 1, reason);
    return true;
}

/* Damage is a result, not an error. Only lack of memory stops all work. */
static bool is_harmless(const struct mk_error *problem, struct mk_error *e) {
    return problem->code != MK_E_MEMORY || mk_fail_as(e, problem);
}

/* ---- checks against the module's own hash ---- */

static bool try_stored(struct verification *v, struct mk_module_link *m, struct mk_error *e) {
    struct mk_span stored = mk_module_stored(m->module);
    struct mk_digest digest;
    if (!mki_work_digest(v, m->digest, &stored, 1, &digest, e))
        return false;
    m->unpacked = false;
    m->result = mk_digest_equals(&digest, m->module->hash, !m->module->hash_natural)
                    ? MK_CHECK_MATCH
                    : MK_CHECK_MISMATCH;
    return true;
}

static bool conclude_code(struct mk_module_link *m, const struct mk_digest *digest) {
    m->unpacked = true;
    if (mk_digest_equals(digest, m->module->hash, !m->module->hash_natural))
        return conclude(m, MK_CHECK_MATCH, "");
    return conclude(m, MK_CHECK_MISMATCH, "its code does not match its hash");
}

static bool try_unpacked(struct verification *v, struct mk_module_link *m,
                         const struct mk_codebook *book, struct mk_error *e) {
    struct mk_buffer code;
    struct mk_digest digest;
    struct mk_error problem = {0};
    if (!mki_work_take(v, mk_module_code_size(m->module, &problem), e))
        return false;
    struct located l = mki_located_of(v, m);
    if (!mk_module_unpack(v->image->region, &l.partition, &l.module, book, &code, &problem)) {
        bool damaged = problem.code == MK_E_STREAM || problem.code == MK_E_RANGE;
        m->unknown_symbol = problem.code == MK_E_CODEBOOK && book;
        conclude(m, damaged ? MK_CHECK_MISMATCH : MK_CHECK_UNCHECKED,
                 problem.code == MK_E_CODEBOOK && !book ? "no codebook" : problem.what);
        return is_harmless(&problem, e);
    }
    struct mk_span span = mk_buffer_span(code);
    bool taken = mki_work_digest(v, m->digest, &span, 1, &digest, e);
    free(code.p);
    return taken && conclude_code(m, &digest);
}

/* Another codebook may give a match. */
static bool is_open(const struct mk_module_link *m) {
    return m->result == MK_CHECK_MISMATCH || m->unknown_symbol;
}

/* In ME 6 a module that is never loaded has no stored size, and its hash covers other bytes. */
static bool is_beside_its_hash(const struct mk_module_link *m) {
    return m->partition->layout == MK_LAYOUT_MANIFEST && m->module->stored_size == 0 &&
           m->unpacked && !mk_field_get(m->module->entry, &mk_mme_fields[MK_MME_LOAD]);
}

static bool conclude_proven(struct verification *v, struct mk_module_link *m, struct mk_error *e) {
    if (v->n_books == 0 || !mki_needs_book(v, m))
        return true;
    if (!mki_books_prove(v, m, e))
        return false;
    m->means = MK_MEANS_CODEBOOK;
    m->has_stored = mki_has_stored_digest(m);
    return !m->has_stored ||
           (mki_work_take(v, mk_stored_size(m->partition, m->module), e) &&
            mk_stored_digest(v->image->region, m->partition, m->module, &m->stored, e));
}

/* Tries the codebook that was right for the last module first. If none is right, keeps its result:
 * another codebook may fail in a way that looks like less damage. */
static bool try_books(struct verification *v, struct mk_module_link *m, struct mk_error *e) {
    size_t first = v->book;
    if (!try_unpacked(v, m, v->n_books ? v->books[first] : NULL, e))
        return false;
    struct mk_module_link said = *m;
    for (size_t i = 1; i < v->n_books && is_open(m); i++) {
        v->book = (first + i) % v->n_books;
        m->unknown_symbol = false;
        if (!try_unpacked(v, m, v->books[v->book], e))
            return false;
    }
    if (m->result == MK_CHECK_MATCH)
        return conclude_proven(v, m, e);
    v->book = first;
    *m = said;
    return m->result != MK_CHECK_MISMATCH || !is_beside_its_hash(m) ||
           conclude(m, MK_CHECK_UNCHECKED, "its hash does not cover the stored bytes");
}

/* Still takes the module's share of the work limit, so that the limit does not depend on which
 * modules are skipped. */
static bool pass_over(struct verification *v, struct mk_module_link *m, struct mk_error *e) {
    uint64_t size = mk_module_code_size(m->module, &(struct mk_error){0});
    conclude(m, MK_CHECK_UNCHECKED, "not checked");
    return mki_work_take(v, 2 * size, e); /* to unpack, and to hash */
}

static bool try_lzma(struct verification *v, struct mk_module_link *m, struct mk_error *e) {
    const struct mk_digest *known = mki_ahead_digest(v, m);
    if (mki_is_passed_over(v, m->module))
        return pass_over(v, m, e);
    if (!known)
        return try_unpacked(v, m, NULL, e);
    return mki_work_take(v, 2 * mk_module_code_size(m->module, NULL), e) && conclude_code(m, known);
}

/* Generation 2 hashes the code. Directories hash the stored bytes, except for a few LZMA modules.
 */
static bool check_hash(struct verification *v, struct mk_module_link *m, struct mk_error *e) {
    const struct mk_module *module = m->module;
    if (module->compression == MK_HUFFMAN)
        return try_books(v, m, e);
    if (mki_is_hashed_unpacked(m->partition, module))
        return try_lzma(v, m, e);
    if (!try_stored(v, m, e))
        return false;
    if (m->result == MK_CHECK_MISMATCH && module->compression == MK_LZMA)
        return try_unpacked(v, m, NULL, e);
    if (m->result == MK_CHECK_MISMATCH)
        conclude(m, MK_CHECK_MISMATCH, "its bytes do not match its hash");
    return true;
}

/* *removed: nothing of the module is left; then it also sets the result. */
static bool conclude_removed(const struct verification *v, struct mk_module_link *m, bool *removed,
                             struct mk_error *e) {
    enum mk_module_state state;
    if (!mk_module_state(v->image->region, m->partition, m->module, &state, e))
        return false;
    *removed = state != MK_MODULE_PRESENT;
    return !*removed || conclude(m, MK_CHECK_REMOVED, mk_module_state_name(state));
}

static bool check_code(struct verification *v, struct mk_module_link *m, struct mk_error *e) {
    const struct mk_module *module = m->module;
    bool removed;
    m->has_digest = mki_has_hash(module, &m->digest);
    if (module->end == module->start && module->n_pages == 0 && module->stored_size == 0)
        return conclude(m, MK_CHECK_UNCHECKED, "empty");
    if (m->has_digest && !module->encrypted && !check_hash(v, m, e))
        return false;
    if (m->has_digest && !module->encrypted && m->result == MK_CHECK_MATCH)
        return mki_cover_module(v, m, e);
    if (!conclude_removed(v, m, &removed, e))
        return false;
    if (removed)
        return true;
    if (module->encrypted)
        return conclude(m, MK_CHECK_UNCHECKED, "encrypted");
    if (!m->has_digest && mki_microcode_check(module, &m->result))
        return conclude(m, m->result, m->result == MK_CHECK_MATCH ? "" : "its sum is not 0");
    return m->has_digest || conclude(m, MK_CHECK_UNCHECKED, "no hash exists");
}

/* ---- keys, metadata, code ---- */

static const struct mk_manifest_link *manifest_at(const struct mk_chain *f, uint64_t at) {
    size_t low = 0, high = f->n_manifests;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->manifests[middle].manifest.bytes.at < at)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < f->n_manifests && f->manifests[low].manifest.bytes.at == at;
    return found ? &f->manifests[low] : NULL;
}

static bool check_key(const struct verification *v, struct mk_module_link *m) {
    const struct mk_manifest_link *known = manifest_at(v->chain, m->module->stored.at);
    m->is_key = true;
    if (!known)
        return conclude(m, MK_CHECK_MISMATCH, "it can't be read");
    enum mk_signature_verdict verdict = known->signature.verdict;
    if (verdict == MK_SIGNATURE_VALID)
        return conclude(m, MK_CHECK_MATCH, "");
    return conclude(m, verdict == MK_SIGNATURE_UNSUPPORTED ? MK_CHECK_UNCHECKED : MK_CHECK_MISMATCH,
                    mk_signature_verdict_name(verdict));
}

static bool check_module(struct verification *v, struct mk_module_link *m, struct mk_error *e) {
    bool removed;
    if (m->module->kind == MK_MODULE_METADATA) {
        if (!mki_metadata_check(v, m, e))
            return false;
        if (m->result == MK_CHECK_MATCH)
            return mki_cover_module(v, m, e);
        return m->result != MK_CHECK_MISMATCH || conclude_removed(v, m, &removed, e);
    }
    if (mk_manifest_is_at(m->module->stored))
        return check_key(v, m);
    return check_code(v, m, e);
}

static bool check_modules(struct verification *v, const struct mk_partition *p,
                          struct mk_error *e) {
    struct mk_chain *f = v->chain;
    struct mk_module_link *more = mk_resize(f->modules, f->n_modules + p->n_modules, sizeof *more);
    if (!more)
        return mk_fail_memory(e);
    f->modules = more;
    for (size_t i = 0; i < p->n_modules; i++) {
        if (p->modules[i].kind == MK_MODULE_MANIFEST)
            continue;
        struct mk_module_link *m = &f->modules[f->n_modules++];
        *m = (struct mk_module_link){.partition = p, .module = &p->modules[i]};
        if (!check_module(v, m, e))
            return false;
    }
    return true;
}

bool mki_verify_modules(struct verification *v, const struct mk_partition *p, struct mk_error *e) {
    if (p->n_modules == 0)
        return true;
    bool done = mki_metadata_lists_read(v, p, e) && check_modules(v, p, e);
    mki_metadata_lists_free(v);
    return done;
}
