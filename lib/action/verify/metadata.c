#include "verify.h"

#include <mekit/image/extent.h>

#include <stdio.h>
#include <string.h>

static size_t name_length(struct mk_span name, uint8_t out[MK_LISTED_NAME]) {
    static const char suffix[] = ".met";
    size_t n = MK_LISTED_NAME;
    memset(out, 0, MK_LISTED_NAME);
    mk_span_copy(name, 0, out, MK_LISTED_NAME);
    while (n > 0 && out[n - 1] == 0)
        n--;
    bool spelled = n > 4 && memcmp(out + n - 4, suffix, 4) == 0;
    return spelled ? n - 4 : n;
}

/* The list may name the module, or spell its metadata out. */
static bool is_about(const struct mk_listed *listed, const struct mk_module *met) {
    uint8_t name[MK_LISTED_NAME];
    size_t n = name_length(listed->name, name);
    return n == met->name_length - 4 && memcmp(name, met->name, n) == 0;
}

static bool compare(struct verification *v, const struct mk_listed *listed,
                    struct mk_module_finding *m, struct mk_error *e) {
    struct mk_span stored = mk_module_stored(m->module);
    struct mk_digest digest;
    if (m->result == MK_CHECK_MATCH || !is_about(listed, m->module) ||
        !digest_of_size(listed->hash.n, &m->digest))
        return true;
    if (!work_digest(v, m->digest, &stored, 1, &digest, e))
        return false;
    m->has_digest = true;
    m->result = mk_digest_equals(&digest, listed->hash, true) ? MK_CHECK_MATCH : MK_CHECK_MISMATCH;
    return true;
}

/* TXE 3/4 has two lists in PMCP, and one of them is stale: a match in any is one. */
static bool compare_lists(struct verification *v, struct mk_span chain, size_t hash_size,
                          struct mk_module_finding *m, struct mk_error *e) {
    struct mk_span extension;
    struct mk_listed listed;
    uint64_t cursor = 0;
    uint32_t type;
    bool broken;
    while (mk_extension_next(chain, &cursor, &type, &extension, &broken)) {
        uint64_t place = 0;
        while (mk_listed_next(extension, type, hash_size, &place, &listed))
            if (!compare(v, &listed, m, e))
                return false;
    }
    return true;
}

bool metadata_check(struct verification *v, const struct mk_partition *p,
                    struct mk_module_finding *m, struct mk_error *e) {
    struct mk_manifest manifest;
    m->result = MK_CHECK_UNCHECKED;
    for (size_t i = 0; i < p->n_modules; i++) {
        const struct mk_module *man = &p->modules[i];
        if (man->kind == MK_MODULE_MANIFEST && mk_manifest_read(man->stored, &manifest, NULL) &&
            !compare_lists(v, manifest.body, hash_size_of(v, p), m, e))
            return false;
    }
    if (m->result == MK_CHECK_MISMATCH)
        snprintf(m->reason, sizeof m->reason, "its hash differs from the one in the manifest");
    else if (m->result == MK_CHECK_UNCHECKED)
        snprintf(m->reason, sizeof m->reason, "no manifest lists it");
    return true;
}
