#include "verify.h"

#include <stdio.h>
#include <string.h>

static bool is_key_of(const struct mk_key_listed *listed, const struct mk_manifest *m, bool *is_it,
                      struct mk_error *e) {
    enum mk_digest_kind kind;
    struct mk_digest digest;
    *is_it = false;
    if (!digest_of_size(listed->hash.n, &kind))
        return true;
    if (!mk_digest_take(kind, &m->key_bytes, 1, &digest, e))
        return false;
    *is_it = mk_digest_equals(&digest, listed->hash, false);
    return true;
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

static bool bind_by(struct mk_findings *f, struct mk_manifest_finding *list, struct mk_error *e) {
    struct mk_span extension;
    struct mk_key_listed listed;
    uint64_t cursor = 0;
    bool is_it;
    if (!mk_extension_find(list->manifest.body, MK_EXTENSION_KEYS, &extension))
        return true;
    while (mk_key_listed_next(extension, &cursor, &listed))
        for (size_t i = 0; i < f->n_manifests; i++) {
            struct mk_manifest_finding *m = &f->manifests[i];
            if (m->signature.verdict != MK_SIGNATURE_VALID || is_itself(m, list))
                continue;
            if (!is_key_of(&listed, &m->manifest, &is_it, e))
                return false;
            if (is_it)
                bind_key(m, list, &listed);
        }
    return true;
}

bool verify_bindings(struct verification *v, struct mk_error *e) {
    struct mk_findings *f = v->findings;
    for (size_t i = 0; i < f->n_manifests; i++)
        if (f->manifests[i].signature.verdict == MK_SIGNATURE_VALID &&
            !bind_by(f, &f->manifests[i], e))
            return false;
    return true;
}
