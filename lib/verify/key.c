/* SPDX-License-Identifier: MIT */
#include "verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a key manifest's list says about one key. */
struct claim {
    const struct mk_manifest_link *list; /* NULL: none */
    bool trusted;
    int usage;
};

/* The keys of the manifests with valid signatures, sorted by digest and partition. A claim about
 * one key of a partition holds for all of them, but no list vouches for its own key: so the first
 * key keeps the best claim, and the best claim from another list. */
struct key {
    struct mk_digest digest;
    struct mk_manifest_link *manifest;
    struct claim best, other;
    size_t next; /* the first of the next partition or digest */
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
    if (order == 0)
        order = strcmp(x->manifest->partition, y->manifest->partition);
    return order != 0 ? order : (x->manifest > y->manifest) - (x->manifest < y->manifest);
}

static bool keys_read(struct mk_chain *f, struct keys *keys, struct mk_error *e) {
    *keys = (struct keys){calloc(f->n_manifests + 1, KINDS * sizeof *keys->list), 0};
    if (!keys->list)
        return mk_fail_memory(e);
    for (size_t i = 0; i < f->n_manifests; i++) {
        struct mk_manifest_link *m = &f->manifests[i];
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

/* Picks the usage that fits the partition from all usages that the list gives for the key, else the
 * first. */
static int best_usage(const struct mk_key_listed *listed, const char *partition) {
    for (int usage = mk_key_usage_next(listed, 0); usage >= 0;
         usage = mk_key_usage_next(listed, usage + 1))
        if (names_partition(usage, partition))
            return usage;
    return mk_key_usage_next(listed, 0);
}

/* Prefer a list that is signed with a known key, and a usage that fits. */
static int rank(bool trusted, int usage, const char *partition) {
    return 2 * trusted + names_partition(usage, partition);
}

static bool is_better(struct claim a, struct claim b, const char *partition) {
    return !b.list || rank(a.trusted, a.usage, partition) > rank(b.trusted, b.usage, partition);
}

static bool is_same(const struct mk_manifest_link *a, const struct mk_manifest_link *b) {
    return strcmp(a->partition, b->partition) == 0 && strcmp(a->name, b->name) == 0;
}

static void add_claim(struct key *key, struct claim claim) {
    const char *partition = key->manifest->partition;
    bool again = key->best.list && is_same(key->best.list, claim.list);
    if (is_better(claim, key->best, partition)) {
        key->other = again ? key->other : key->best;
        key->best = claim;
    } else if (!again && is_better(claim, key->other, partition))
        key->other = claim;
}

static bool is_first_of_partition(const struct keys *keys, size_t i) {
    const struct key *key = &keys->list[i], *before = i > 0 ? key - 1 : NULL;
    return !before || compare_keys(&before->digest, &key->digest) != 0 ||
           strcmp(before->manifest->partition, key->manifest->partition) != 0;
}

static bool claim_by(struct verification *v, const struct keys *keys,
                     const struct mk_manifest_link *list, const struct mk_key_listed *listed,
                     struct mk_error *e) {
    struct mk_digest digest = {.n = listed->hash.n};
    mk_span_copy(listed->hash, 0, digest.bytes, digest.n);
    for (size_t i = keys_find(keys, &digest);
         i < keys->n && compare_keys(&keys->list[i].digest, &digest) == 0; i = keys->list[i].next) {
        struct key *key = &keys->list[i];
        if (!mki_work_take(v, MK_LIMIT_WORK_KEY, e))
            return false;
        add_claim(key, (struct claim){list, list->signature.key != NULL,
                                      best_usage(listed, key->manifest->partition)});
    }
    return true;
}

static bool bind_by(struct verification *v, const struct keys *keys,
                    const struct mk_manifest_link *list, struct mk_error *e) {
    struct mk_span extension;
    struct mk_key_listed listed;
    uint64_t cursor = 0;
    if (!mk_extension_find(list->manifest.body, MK_EXTENSION_KEYS, &extension) &&
        !mk_extension_find(list->manifest.body, MK_EXTENSION_KEYS_V2, &extension))
        return true;
    while (mk_key_listed_next(extension, &cursor, &listed))
        if (!claim_by(v, keys, list, &listed, e))
            return false;
    return true;
}

/* Go backwards, so that each key knows where the next partition begins. */
static void keys_link(struct keys *keys) {
    size_t next = keys->n;
    for (size_t i = keys->n; i-- > 0;) {
        keys->list[i].next = next;
        if (is_first_of_partition(keys, i))
            next = i;
    }
}

static void bind_key(struct mk_manifest_link *m, const struct claim *claim) {
    struct mk_key_binding *b = &m->binding;
    if (b->listed && rank(b->trusted, b->usage, m->partition) >=
                         rank(claim->trusted, claim->usage, m->partition))
        return;
    *b = (struct mk_key_binding){.listed = true, .trusted = claim->trusted, .usage = claim->usage};
    snprintf(b->by, sizeof b->by, "%s/%s", claim->list->partition, claim->list->name);
}

static void bind_keys(const struct keys *keys) {
    const struct key *first = NULL;
    for (size_t i = 0; i < keys->n; i++) {
        struct mk_manifest_link *m = keys->list[i].manifest;
        if (is_first_of_partition(keys, i))
            first = &keys->list[i];
        bool itself = first->best.list && is_same(first->best.list, m);
        const struct claim *claim = itself ? &first->other : &first->best;
        if (claim->list)
            bind_key(m, claim);
    }
}

bool mki_verify_bindings(struct verification *v, struct mk_error *e) {
    struct mk_chain *f = v->chain;
    struct keys keys;
    bool done = keys_read(f, &keys, e);
    keys_link(&keys);
    for (size_t i = 0; done && i < f->n_manifests; i++)
        if (f->manifests[i].signature.verdict == MK_SIGNATURE_VALID)
            done = bind_by(v, &keys, &f->manifests[i], e);
    if (done)
        bind_keys(&keys);
    free(keys.list);
    return done;
}
