/* SPDX-License-Identifier: MIT */
#include "../verify.h"

#include <mekit/base/arith.h>
#include <mekit/image/extent.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The list may have the name of the module or of its metadata file (with .met). */
static uint8_t name_length(const uint8_t name[MK_LISTED_NAME]) {
    uint8_t n = MK_LISTED_NAME;
    while (n > 0 && name[n - 1] == 0)
        n--;
    return n > 4 && memcmp(name + n - 4, ".met", 4) == 0 ? (uint8_t)(n - 4) : n;
}

/* The lists of extension 0x23 are right in all firmware except audio firmware; nobody knows why. */
static bool is_doubtful(const struct mk_partition *p, uint32_t type) {
    return type == MK_EXTENSION_PACKAGE_INFO_V2 && memcmp(p->name, "ADSP", sizeof p->name) == 0;
}

static bool add(struct verification *v, const struct mk_listed *listed, bool doubtful,
                struct mk_error *e) {
    if (v->n_listed == v->listed_capacity) {
        size_t capacity = v->listed_capacity ? 2 * v->listed_capacity : 64;
        struct listed_hash *more = mk_resize(v->listed, capacity, sizeof *more);
        if (!more)
            return mk_fail_memory(e);
        v->listed = more;
        v->listed_capacity = capacity;
    }
    struct listed_hash *to = &v->listed[v->n_listed++];
    *to = (struct listed_hash){
        .hash_size = (uint8_t)listed->hash.n, .hash_at = listed->hash.at, .doubtful = doubtful};
    mk_span_copy(listed->name, 0, to->name, sizeof to->name);
    to->name_length = name_length(to->name);
    return true;
}

static bool read_lists(struct verification *v, const struct mk_partition *p, struct mk_span chain,
                       struct mk_error *e) {
    size_t hash_size = mki_hash_size_of(v, p);
    struct mk_span extension;
    struct mk_listed listed;
    uint64_t cursor = 0;
    uint32_t type;
    bool broken;
    while (mk_extension_next(chain, &cursor, &type, &extension, &broken)) {
        uint64_t place = 0;
        while (mk_listed_next(extension, type, hash_size, &place, &listed))
            if (!add(v, &listed, is_doubtful(p, type), e))
                return false;
    }
    return true;
}

static int compare_names(const struct listed_hash *a, const uint8_t *name, size_t n) {
    if (a->name_length != n)
        return a->name_length < n ? -1 : 1;
    return memcmp(a->name, name, n);
}

static int by_name(const void *a, const void *b) {
    const struct listed_hash *x = a, *y = b;
    int order = compare_names(x, y->name, y->name_length);
    return order != 0 ? order : (x->hash_at > y->hash_at) - (x->hash_at < y->hash_at);
}

bool mki_metadata_lists_read(struct verification *v, const struct mk_partition *p,
                             struct mk_error *e) {
    struct mk_manifest manifest;
    for (size_t i = 0; i < p->n_modules; i++) {
        const struct mk_module *man = &p->modules[i];
        if (man->kind == MK_MODULE_MANIFEST && mk_manifest_read(man->stored, &manifest, NULL) &&
            !read_lists(v, p, manifest.body, e))
            return false;
    }
    if (v->n_listed > 1)
        qsort(v->listed, v->n_listed, sizeof *v->listed, by_name);
    return true;
}

void mki_metadata_lists_free(struct verification *v) {
    free(v->listed);
    v->listed = NULL;
    v->n_listed = v->listed_capacity = 0;
}

static size_t find_first(const struct verification *v, const uint8_t *name, size_t n) {
    size_t low = 0, high = v->n_listed;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_names(&v->listed[middle], name, n) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool compare(struct verification *v, const struct listed_hash *listed,
                    struct mk_module_link *m, struct mk_error *e) {
    struct mk_span stored = mk_module_stored(m->module);
    struct mk_span hash = mk_span_clip(v->image->bytes, listed->hash_at, listed->hash_size);
    struct mk_digest digest;
    if (!mki_digest_of_size(hash.n, &m->digest))
        return true;
    if (!mki_work_digest(v, m->digest, &stored, 1, &digest, e))
        return false;
    m->has_digest = true;
    m->result = mk_digest_equals(&digest, hash, true) ? MK_CHECK_MATCH
                : listed->doubtful                    ? MK_CHECK_UNCHECKED
                                                      : MK_CHECK_MISMATCH;
    return true;
}

/* TXE 3/4 has two lists in PMCP, one of them stale: one match is enough. */
bool mki_metadata_check(struct verification *v, struct mk_module_link *m, struct mk_error *e) {
    const uint8_t *name = m->module->name;
    size_t n = m->module->name_length - 4;
    m->result = MK_CHECK_UNCHECKED;
    for (size_t i = find_first(v, name, n);
         i < v->n_listed && compare_names(&v->listed[i], name, n) == 0; i++)
        if (m->result != MK_CHECK_MATCH && !compare(v, &v->listed[i], m, e))
            return false;
    if (m->result == MK_CHECK_MISMATCH)
        snprintf(m->reason, sizeof m->reason, "its hash differs from the one in the manifest");
    else if (m->result == MK_CHECK_UNCHECKED)
        snprintf(m->reason, sizeof m->reason, "%s",
                 m->has_digest ? "it is unknown what the list of audio firmware covers"
                               : "no manifest lists it");
    return true;
}
