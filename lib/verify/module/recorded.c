/* SPDX-License-Identifier: MIT */
#include "../verify.h"

#include <mekit/image/extent.h>
#include <mekit/image/unpack.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In CSME 12 and later most modules have no metadata. rbe, which has some, holds the records of the
 * modules that start first, including pm; pm holds all other records. */
static const char *const carriers[] = {"rbe", "pm"};

static bool is_carrier(const struct mk_module *m, const char *name) {
    return m->kind == MK_MODULE_CODE && m->name_length == strlen(name) &&
           memcmp(m->name, name, m->name_length) == 0;
}

static bool unpack_by(struct verification *v, const struct mk_module_link *m, size_t book,
                      struct mk_buffer *code, struct mk_error *problem) {
    uint64_t size = mk_module_code_size(m->module, problem);
    return mki_work_take(v, size, problem) &&
           mk_module_unpack(v->image->region, m->partition, m->module,
                            v->n_books ? v->books[book] : NULL, code, problem);
}

static bool is_stop(const struct mk_error *problem) {
    return problem->code == MK_E_MEMORY || problem->code == MK_E_COUNT;
}

/* Use the records of a carrier only if the carrier itself is proven. */
static bool read_carrier(struct verification *v, const struct mk_module_link *m,
                         struct mk_error *e) {
    struct mk_buffer code;
    struct mk_error problem = {0};
    if (m->result != MK_CHECK_MATCH)
        return true;
    if (!unpack_by(v, m, v->book, &code, &problem))
        return !is_stop(&problem) || mk_fail_as(e, &problem);
    bool read = mki_records_read(v, mk_buffer_span(code), mki_hash_size_of(v, m->partition), e);
    free(code.p);
    return read;
}

static void conclude(struct mk_module_link *m, bool matched) {
    m->result = matched ? MK_CHECK_MATCH : MK_CHECK_MISMATCH;
    m->has_digest = true;
    m->means = matched ? MK_MEANS_CODEBOOK : MK_MEANS_NONE;
    snprintf(m->reason, sizeof m->reason, "%s",
             matched ? "" : "a record lists one of its size with a different hash");
}

static bool conclude_match(struct verification *v, struct mk_module_link *m, struct mk_error *e) {
    const struct mk_module *module = m->module;
    conclude(m, true);
    return mk_ranges_add(&v->hashed, module->start, mk_module_stored_end(module)) ||
           mk_fail_memory(e);
}

static bool match_code(struct verification *v, struct mk_module_link *m, size_t book, bool *matched,
                       struct mk_error *e) {
    struct mk_buffer code;
    struct mk_digest digest;
    struct mk_error problem = {0};
    *matched = false;
    if (!unpack_by(v, m, book, &code, &problem)) {
        if (problem.code == MK_E_STREAM)
            snprintf(m->reason, sizeof m->reason, "%.*s", (int)sizeof m->reason - 1, problem.what);
        return !is_stop(&problem) || mk_fail_as(e, &problem);
    }
    struct mk_span span = mk_buffer_span(code);
    bool taken = mki_work_digest(v, m->digest, &span, 1, &digest, e);
    taken = taken && mki_record_match(v, &digest, code.n, false, matched, e);
    m->unpacked = true;
    free(code.p);
    return taken;
}

static bool match_books(struct verification *v, struct mk_module_link *m, bool *matched,
                        struct mk_error *e) {
    size_t first = v->book;
    *matched = false;
    for (size_t i = 0; i < v->n_books && !*matched; i++) {
        size_t book = (first + i) % v->n_books;
        if (!match_code(v, m, book, matched, e))
            return false;
        if (!*matched)
            continue;
        v->book = book;
        if (!mki_books_prove(v, m, e))
            return false;
    }
    return true;
}

static bool match_stored(struct verification *v, struct mk_module_link *m, bool *matched,
                         struct mk_error *e) {
    struct mk_span stored = mk_module_stored(m->module);
    struct mk_digest digest;
    if (!mki_work_digest(v, m->digest, &stored, 1, &digest, e))
        return false;
    return mki_record_match(v, &digest, stored.n, true, matched, e);
}

static bool match(struct verification *v, struct mk_module_link *m, struct mk_error *e) {
    bool matched;
    mki_digest_of_size(mki_hash_size_of(v, m->partition), &m->digest);
    bool tried = m->module->compression == MK_HUFFMAN ? match_books(v, m, &matched, e)
                                                      : match_stored(v, m, &matched, e);
    return tried && (!matched || conclude_match(v, m, e));
}

static bool is_open(const struct mk_module_link *m) {
    bool packed = m->module->compression == MK_HUFFMAN || m->module->compression == MK_LZMA;
    return packed && !m->is_key && !m->has_digest && m->module->kind == MK_MODULE_CODE &&
           m->result == MK_CHECK_UNCHECKED && m->partition->layout == MK_LAYOUT_DIRECTORY &&
           m->module->stored.n > 0;
}

static bool each(struct verification *v, const char *name, struct mk_error *e) {
    for (size_t i = 0; i < v->chain->n_modules; i++) {
        struct mk_module_link *m = &v->chain->modules[i];
        bool wanted = !name || is_carrier(m->module, name);
        if (wanted && is_open(m) && !match(v, m, e))
            return false;
        if (name && wanted && !read_carrier(v, m, e))
            return false;
    }
    return true;
}

static bool is_any_carrier(const struct mk_module *m) {
    for (size_t i = 0; i < sizeof carriers / sizeof *carriers; i++)
        if (is_carrier(m, carriers[i]))
            return true;
    return false;
}

/* If a carrier is not proven, its records were not read, and one of them may be a module's. */
static bool carriers_are_proven(const struct verification *v) {
    for (size_t i = 0; i < v->chain->n_modules; i++) {
        const struct mk_module_link *m = &v->chain->modules[i];
        if (m->partition->layout == MK_LAYOUT_DIRECTORY && is_any_carrier(m->module) &&
            m->result != MK_CHECK_MATCH)
            return false;
    }
    return true;
}

static const char *reason_of(const struct verification *v, bool proven) {
    if (v->n_books == 0)
        return "no codebook";
    return proven && v->n_records > 0 ? "no hash exists"
                                      : "the module that lists its hash is not proven";
}

/* A module that fits no record is damaged if a record of its size fits no module; else it has no
 * record. */
static void conclude_rest(struct verification *v, bool carriers_only, bool proven) {
    for (size_t i = 0; i < v->chain->n_modules; i++) {
        struct mk_module_link *m = &v->chain->modules[i];
        if (!is_open(m) || (carriers_only && !is_any_carrier(m->module)))
            continue;
        if ((carriers_only || proven) && mki_record_is_left(v, m))
            conclude(m, false);
        else if (!carriers_only)
            snprintf(m->reason, sizeof m->reason, "%s", reason_of(v, proven));
    }
}

/* Only rbe has a record for pm, so check pm before the rest. */
bool mki_verify_recorded_modules(struct verification *v, struct mk_error *e) {
    if (v->image->me != MK_ME_CSE)
        return true;
    for (size_t i = 0; i < sizeof carriers / sizeof *carriers; i++)
        if (!each(v, carriers[i], e))
            return false;
    conclude_rest(v, true, false);
    if (!each(v, NULL, e))
        return false;
    conclude_rest(v, false, carriers_are_proven(v));
    return true;
}
