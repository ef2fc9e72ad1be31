/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include <mekit/base/arith.h>
#include <stdio.h>
#include <string.h>

static bool is_same_place(const struct mk_partition *a, const struct mk_partition *b) {
    return a->start == b->start && a->end == b->end;
}

static bool is_same_module(const struct mk_module *a, const struct mk_module *b) {
    return a == b || (a->name_length == b->name_length && a->start == b->start &&
                      memcmp(a->name, b->name, a->name_length) == 0);
}

static enum map_proof proof_of_link(const struct mk_module_link *link) {
    switch (link->result) {
    case MK_CHECK_MATCH:
        return MAP_PROVEN;
    case MK_CHECK_MISMATCH:
        return MAP_DAMAGED;
    case MK_CHECK_UNCHECKED:
        return link->means == MK_MEANS_NONE ? MAP_UNPROVEN : MAP_PROVEN;
    default:
        return MAP_UNTOLD;
    }
}

/* An unsigned manifest is neither damage nor a proof. */
static enum map_proof proof_of_signature(const struct mk_signature *s) {
    if (s->verdict == MK_SIGNATURE_INVALID)
        return MAP_DAMAGED;
    return s->verdict == MK_SIGNATURE_VALID ? MAP_PROVEN : MAP_UNPROVEN;
}

static enum map_proof worse(enum map_proof a, enum map_proof b) {
    return a > b ? a : b;
}

static bool lies_in(const struct mk_span s, uint64_t start, uint64_t n) {
    return s.at >= start && s.at - start < n;
}

/* The manifests that begin in these bytes. */
static enum map_proof proof_of_manifests(const struct map_facts *facts, uint64_t at, uint64_t n) {
    const struct mk_chain *c = &facts->seen->chain;
    enum map_proof proof = MAP_UNTOLD;
    for (size_t i = 0; i < c->n_manifests; i++)
        if (lies_in(c->manifests[i].manifest.bytes, at, n))
            proof = worse(proof, proof_of_signature(&c->manifests[i].signature));
    return proof;
}

enum map_proof map_proof_of_module(const struct map_facts *facts, const struct mk_partition *p,
                                   const struct mk_module *m, char note[MAP_NOTE_ROOM]) {
    const struct mk_chain *c = &facts->seen->chain;
    *note = '\0';
    if (!facts->seen->verified)
        return MAP_UNTOLD;
    if (m->kind == MK_MODULE_MANIFEST)
        return proof_of_manifests(facts, m->stored.at, m->stored.n);
    for (size_t i = 0; i < c->n_modules; i++) {
        const struct mk_module_link *link = &c->modules[i];
        if (!is_same_place(link->partition, p) || !is_same_module(link->module, m))
            continue;
        snprintf(note, MAP_NOTE_ROOM, "%s", link->reason);
        return proof_of_link(link);
    }
    return MAP_UNTOLD;
}

static enum map_proof proof_of_whole(const struct mk_partition_link *link) {
    if (!link->has_hash || link->explained)
        return MAP_UNTOLD;
    return link->hash == MK_CHECK_MATCH ? MAP_PROVEN : MAP_DAMAGED;
}

/* A hash over the whole partition also proves modules that have no hash of their own. */
enum map_proof map_proof_of_partition(const struct map_facts *facts, const struct mk_partition *p) {
    const struct mk_chain *c = &facts->seen->chain;
    enum map_proof proof = proof_of_manifests(facts, p->bytes.at, p->bytes.n), whole = MAP_UNTOLD;
    for (size_t i = 0; i < c->n_partitions; i++)
        if (is_same_place(c->partitions[i].partition, p))
            whole = worse(whole, proof_of_whole(&c->partitions[i]));
    for (size_t i = 0; i < c->n_modules; i++) {
        enum map_proof module = proof_of_link(&c->modules[i]);
        if (is_same_place(c->modules[i].partition, p) &&
            !(whole == MAP_PROVEN && module == MAP_UNPROVEN))
            proof = worse(proof, module);
    }
    return worse(proof, whole);
}
