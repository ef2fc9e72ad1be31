/* SPDX-License-Identifier: MIT */
#include "../verify.h"

#include <mekit/base/arith.h>
#include <mekit/base/limit.h>
#include <mekit/codec/lzma.h>
#include <mekit/image/unpack.h>
#include <stdlib.h>

bool mki_has_hash(const struct mk_module *m, enum mk_digest_kind *kind) {
    return m->hash.n > 0 && !mk_span_is_filled(m->hash, 0) && mki_digest_of_size(m->hash.n, kind);
}

bool mki_is_hashed_unpacked(const struct mk_partition *p, const struct mk_module *m) {
    return m->compression == MK_LZMA && p->layout != MK_LAYOUT_DIRECTORY;
}

bool mki_is_passed_over(const struct verification *v, const struct mk_module *m) {
    return v->boot_only && !m->essential;
}

/* Runs on any thread, so it writes only to its own place. */
static void unpack_one(void *of, size_t i) {
    const struct verification *v = of;
    struct ahead *one = &v->ahead[i];
    struct mk_buffer code;
    struct mk_error e;
    if (!mk_module_unpack(v->image->region, one->partition, one->module, NULL, &code, &e))
        return;
    struct mk_span span = mk_buffer_span(code);
    one->done = mk_digest_take(one->kind, &span, 1, &one->digest, &e);
    free(code.p);
}

static bool is_wanted(const struct verification *v, struct ahead *one) {
    const struct mk_module *m = one->module;
    one->size = m->encrypted ? 0 : mk_module_code_size(m, NULL);
    return mki_is_hashed_unpacked(one->partition, m) && !mki_is_passed_over(v, m) &&
           mki_has_hash(m, &one->kind) && one->size > 0 && one->size <= MK_LIMIT_JOB_CODE &&
           mk_lzma_is_at(m->stored);
}

bool mki_ahead_add(struct verification *v, const struct mk_partition *p, struct mk_error *e) {
    if (!v->image->runner || p->n_modules == 0)
        return true;
    struct ahead *more = mk_resize(v->ahead, v->n_ahead + p->n_modules, sizeof *more);
    if (!more)
        return mk_fail_memory(e);
    v->ahead = more;
    for (size_t i = 0; i < p->n_modules; i++) {
        struct ahead *one = &v->ahead[v->n_ahead];
        *one = (struct ahead){.partition = p, .module = &p->modules[i]};
        v->n_ahead += is_wanted(v, one);
    }
    return true;
}

/* Start with the largest, so that no thread works on it alone at the end. */
static int by_size(const void *a, const void *b) {
    const struct ahead *x = a, *y = b;
    return (x->size < y->size) - (x->size > y->size);
}

static int by_module(const void *a, const void *b) {
    uintptr_t x = (uintptr_t)((const struct ahead *)a)->module;
    uintptr_t y = (uintptr_t)((const struct ahead *)b)->module;
    return (x > y) - (x < y);
}

/* Each module costs its size twice, to unpack and to hash. Do no more work than the walk may. */
static void keep_within_bound(struct verification *v) {
    uint64_t left = v->work / 2;
    size_t n = 0;
    for (; n < v->n_ahead && v->ahead[n].size <= left; n++)
        left -= v->ahead[n].size;
    v->n_ahead = n;
}

void mki_ahead_run(struct verification *v) {
    const struct mk_runner *runner = v->image->runner;
    keep_within_bound(v);
    if (v->n_ahead == 0)
        return;
    qsort(v->ahead, v->n_ahead, sizeof *v->ahead, by_size);
    runner->run(runner, unpack_one, v, v->n_ahead);
    qsort(v->ahead, v->n_ahead, sizeof *v->ahead, by_module);
}

const struct mk_digest *mki_ahead_digest(const struct verification *v,
                                         const struct mk_module_link *m) {
    struct ahead key = {.module = m->module};
    const struct ahead *one =
        v->n_ahead > 0 ? bsearch(&key, v->ahead, v->n_ahead, sizeof key, by_module) : NULL;
    return one && one->done ? &one->digest : NULL;
}
