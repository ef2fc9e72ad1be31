/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <mekit/format/extension.h>
#include <mekit/format/manifest.h>
#include <stdlib.h>

#define TAG_AT 0x1Cu /* offset of "$MN2" in a manifest */

static void inside(struct mk_span extension, struct mk_span part) {
    if (part.at < extension.at || part.at + part.n > extension.at + extension.n)
        abort();
}

static void is_hash(struct mk_span extension, struct mk_span hash) {
    inside(extension, hash);
    if (hash.n != MK_HASH_256 && hash.n != MK_HASH_384)
        abort();
}

static void try_lists(struct mk_span extension, uint32_t type, uint64_t hash_size) {
    struct mk_listed listed;
    struct mk_partition_hash hash;
    uint64_t cursor = 0;
    while (mk_listed_next(extension, type, hash_size, &cursor, &listed)) {
        inside(extension, listed.name);
        is_hash(extension, listed.hash);
    }
    if (mk_partition_hash_read(extension, type, hash_size, &hash))
        is_hash(extension, hash.hash);
}

static void try_keys(struct mk_span extension) {
    struct mk_key_listed key;
    uint64_t cursor = 0;
    while (mk_key_listed_next(extension, &cursor, &key)) {
        is_hash(extension, key.hash);
        int last = -1;
        for (int usage = mk_key_usage_next(&key, 0); usage >= 0;
             usage = mk_key_usage_next(&key, usage + 1)) {
            if (usage <= last || usage > (key.usage < 0 ? 127 : UINT16_MAX))
                abort();
            last = usage;
        }
    }
}

static void try_extension(struct mk_span extension, uint32_t type) {
    struct mk_known_hash known;
    uint64_t cursor = 0;
    struct mk_span hash = mk_attribute_hash(extension);
    if (hash.n > 0)
        is_hash(extension, hash);
    while (mk_known_hash_next(extension, type, &cursor, &known))
        is_hash(extension, known.hash);
    try_lists(extension, type, MK_HASH_256);
    try_lists(extension, type, MK_HASH_384);
    try_keys(extension);
}

static void try_chain(struct mk_span chain) {
    struct mk_span extension;
    uint64_t cursor = 0, last = 0;
    uint32_t type;
    bool broken;
    while (mk_extension_next(chain, &cursor, &type, &extension, &broken)) {
        if (cursor < last + 8 || cursor > chain.n)
            abort();
        last = cursor;
        try_extension(extension, type);
    }
    if (!broken && cursor < chain.n)
        abort();
}

/* Tries the input as a chain, and the chains of all manifests in it, so that forged images are
 * seeds. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_span s = mk_span_of(bytes, n);
    struct mk_manifest m;
    try_chain(s);
    for (uint64_t at = TAG_AT; at < n; at += 4)
        if (mk_span_has(s, at, "$MN2", 4) &&
            mk_manifest_read(mk_span_clip(s, at - TAG_AT, n), &m, NULL))
            try_chain(m.body);
    return 0;
}
