#include "verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The keys of the manifests whose signatures hold, in the order of their digests. */
struct key {
    struct mk_digest digest;
    struct mk_manifest_finding *manifest;
};
struct keys {
    struct key *list;
    size_t n;
};

static const enum mk_digest_kind kinds[] = {MK_SHA256, MK_SHA384};
#define KINDS (sizeof kinds / sizeof *kinds)

static int compare_keys(const struct mk_digest *a, const struct mk_digest *b) {
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    return memcmp(a->bytes, b->bytes, a->n);
}

static int by_digest(const void *a, const void *b) {
    const struct key *x = a, *y = b;
    int order = compare_keys(&x->digest, &y->digest);
    return order != 0 ? order : (x->manifest > y->manifest) - (x->manifest < y->manifest);
}

static bool keys_read(struct mk_findings *f, struct keys *keys, struct mk_error *e) {
    *keys = (struct keys){calloc(f->n_manifests + 1, KINDS * sizeof *keys->list), 0};
    if (!keys->list)
        return mk_fail_memory(e);
    for (size_t i = 0; i < f->n_manifests; i++) {
        struct mk_manifest_finding *m = &f->manifests[i];
        for (size_t k = 0; m->signature.verdict == MK_SIGNATURE_VALID && k < KINDS; k++) {
            struct key *key = &keys->list[keys->n++];
            key->manifest = m;
            if (!mk_digest_take(kinds[k], &m->manifest.key_bytes, 1, &key->digest, e))
                return false;
        }
    }
    if (keys->n > 1)
        qsort(keys->list, keys->n, sizeof *keys->list, by_digest);
    return true;
}

static size_t keys_find(const struct keys *keys, const struct mk_digest *digest) {
    size_t low = 0, high = keys->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_keys(&keys->list[middle].digest, digest) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool names_partition(int usage, const char *partition) {
    return *partition && strstr(mk_usage_name(usage), partition) != NULL;
}

/* Of all usages that a key is listed for, the one that speaks of the partition. */
static int best_usage(const struct mk_key_listed *listed, const char *partition) {
    for (int usage = mk_usage_next(listed->usages, 0); usage >= 0;
         usage = mk_usage_next(listed->usages, usage + 1))
        if (names_partition(usage, partition))
            return usage;
    return mk_usage_next(listed->usages, 0);
}

/* A list that is itself signed with a known key says more; so does a usage that fits. */
static int rank(bool trusted, int usage, const char *partition) {
    return 2 * trusted + names_partition(usage, partition);
}

static void bind_key(struct mk_manifest_finding *m, const struct mk_manifest_finding *list,
                     const struct mk_key_listed *listed) {
    struct mk_key_binding *b = &m->binding;
    int usage = best_usage(listed, m->partition);
    bool trusted = list->signature.key != NULL;
    if (b->listed && rank(b->trusted, b->usage, m->partition) >= rank(trusted, usage, m->partition))
        return;
    *b = (struct mk_key_binding){.listed = true, .trusted = trusted, .usage = usage};
    snprintf(b->by, sizeof b->by, "%s/%s", list->partition, list->name);
}

/* Nobody vouches for himself. */
static bool is_itself(const struct mk_manifest_finding *a, const struct mk_manifest_finding *b) {
    return strcmp(a->partition, b->partition) == 0 && strcmp(a->name, b->name) == 0;
}

static bool bind_listed(struct verification *v, const struct keys *keys,
                        const struct mk_manifest_finding *list, const struct mk_key_listed *listed,
                        struct mk_error *e) {
    struct mk_digest digest = {.n = listed->hash.n};
    mk_span_copy(listed->hash, 0, digest.bytes, digest.n);
    for (size_t i = keys_find(keys, &digest);
         i < keys->n && compare_keys(&keys->list[i].digest, &digest) == 0; i++) {
        if (is_itself(keys->list[i].manifest, list))
            continue;
        if (!work_take(v, MK_LIMIT_WORK_KEY, e))
            return false;
        bind_key(keys->list[i].manifest, list, listed);
    }
    return true;
}

static bool bind_by(struct verification *v, const struct keys *keys,
                    const struct mk_manifest_finding *list, struct mk_error *e) {
    struct mk_span extension;
    struct mk_key_listed listed;
    uint64_t cursor = 0;
    if (!mk_extension_find(list->manifest.body, MK_EXTENSION_KEYS, &extension))
        return true;
    while (mk_key_listed_next(extension, &cursor, &listed))
        if (!bind_listed(v, keys, list, &listed, e))
            return false;
    return true;
}

bool verify_bindings(struct verification *v, struct mk_error *e) {
    struct mk_findings *f = v->findings;
    struct keys keys;
    bool done = keys_read(f, &keys, e);
    for (size_t i = 0; done && i < f->n_manifests; i++)
        if (f->manifests[i].signature.verdict == MK_SIGNATURE_VALID)
            done = bind_by(v, &keys, &f->manifests[i], e);
    free(keys.list);
    return done;
}
