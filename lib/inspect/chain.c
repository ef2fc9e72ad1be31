/* SPDX-License-Identifier: MIT */
#include "inspect.h"

#include <mekit/base/text.h>

#include <stdio.h>
#include <string.h>

/* Report damage in a part that a strip removes anyway, but let it block nothing. */
static bool add(struct mk_inspection *i, enum mk_finding_id id, bool needed, uint64_t offset,
                uint64_t length, struct mk_error *e, const char *text) {
    struct mk_findings *f = &i->findings;
    size_t before = f->n;
    if (!mk_finding_add(f, id, offset, length, e, "%s", text))
        return false;
    if (f->n > before && !needed)
        f->list[before].blocks = 0;
    return true;
}

static bool is_boot(const struct mk_image *image, const struct mk_partition *p) {
    const struct mk_partition *boot = image->firmware.boot;
    return boot && p->start == boot->start && p->end == boot->end;
}

static bool holds(const struct mk_image *image, const struct mk_partition *p, uint64_t offset) {
    uint64_t start = image->region.at + p->start;
    return offset >= start && offset - start < p->end - p->start;
}

/* ---- damaged structures ---- */

static const struct mk_partition *partition_at(const struct mk_image *image, uint64_t offset) {
    const struct mk_firmware *f = &image->firmware;
    if (f->boot && holds(image, f->boot, offset))
        return f->boot;
    for (size_t k = 0; k < f->n_partitions; k++)
        if (holds(image, &f->partitions[k], offset))
            return &f->partitions[k];
    return NULL;
}

static enum mk_finding_id id_of(const struct mk_image *image, const struct mk_error *problem,
                                const struct mk_partition *p) {
    if (problem->code == MK_E_TRUNCATED)
        return MK_FINDING_SHORT_READ;
    if (!p)
        return MK_FINDING_TABLE_DAMAGED;
    if (!is_boot(image, p))
        return MK_FINDING_CODE_DAMAGED;
    if (problem->code == MK_E_ERASED || problem->code == MK_E_SIGNATURE)
        return MK_FINDING_BOOT_CODE_DAMAGED;
    uint64_t table = p->llut.bytes.at;
    return p->has_llut && problem->offset >= table && problem->offset - table < p->llut.bytes.n
               ? MK_FINDING_LLUT_DAMAGED
               : MK_FINDING_DIRECTORY_DAMAGED;
}

static bool is_told(const struct mk_findings *f, uint64_t offset) {
    for (size_t k = 0; k < f->n; k++)
        if (f->list[k].severity == MK_DAMAGE && f->list[k].offset == offset)
            return true;
    return false;
}

static bool inspect_problems(const struct mk_image *image, struct mk_inspection *i,
                             struct mk_error *e) {
    const struct mk_errors *problems = &i->chain.problems;
    for (size_t k = 0; k < problems->n; k++) {
        const struct mk_error *one = &problems->list[k];
        enum mk_finding_id id = id_of(image, one, partition_at(image, one->offset));
        if (one->offset != MK_NOWHERE && is_told(&i->findings, one->offset))
            continue;
        if (!add(i, id, true, one->offset, 0, e, *one->what ? one->what : "it is damaged"))
            return false;
    }
    return true;
}

/* ---- signatures and keys ---- */

/* Do not call a signature wrong that nobody can check. */
static bool inspect_scheme(struct mk_inspection *i, const struct mk_manifest_link *link,
                           struct mk_error *e) {
    char text[200];
    snprintf(text, sizeof text,
             "%s is signed with a key of %u bits, in a way that mekit can't check", link->name,
             link->manifest.key_bits);
    return add(i, MK_FINDING_KEY_UNKNOWN, false, link->manifest.bytes.at, link->manifest.bytes.n, e,
               text);
}

static bool inspect_key(struct mk_inspection *i, const struct mk_manifest_link *link,
                        struct mk_error *e) {
    const struct mk_known_key *key = link->signature.key;
    char text[200];
    if (link->signature.verdict == MK_SIGNATURE_UNSUPPORTED)
        return inspect_scheme(i, link, e);
    if (link->signature.verdict != MK_SIGNATURE_VALID || link->binding.trusted ||
        (key && strcmp(key->release, "production") == 0))
        return true;
    if (key)
        snprintf(text, sizeof text, "%s is signed with a %s key", link->name, key->release);
    else
        snprintf(text, sizeof text, "%s is signed with a key that mekit does not know", link->name);
    return add(i, MK_FINDING_KEY_UNKNOWN, false, link->manifest.bytes.at, 0, e, text);
}

static bool inspect_manifest(const struct mk_image *image, struct mk_inspection *i,
                             const struct mk_manifest_link *link, struct mk_error *e) {
    enum mk_signature_verdict v = link->signature.verdict;
    const struct mk_partition *p = partition_at(image, link->manifest.bytes.at);
    char text[200];
    if (v != MK_SIGNATURE_INVALID)
        return inspect_key(i, link, e);
    snprintf(text, sizeof text, "the signature of %s is %s", link->name,
             mk_signature_verdict_name(v));
    return add(i, MK_FINDING_SIGNATURE_INVALID, p && is_boot(image, p), link->manifest.bytes.at,
               link->manifest.bytes.n, e, text);
}

/* ---- modules and partitions ---- */

static bool is_needed(const struct mk_image *image, const struct mk_module_link *m) {
    return is_boot(image, m->partition) && (image->me == MK_ME_CSE || m->module->essential);
}

/* A strip erases modules on purpose, but never those that are needed to boot, and none of CSE. */
static bool is_wrong(const struct mk_image *image, const struct mk_module_link *m) {
    bool never_removed =
        image->me == MK_ME_CSE || (is_needed(image, m) && m->module->kind == MK_MODULE_CODE);
    return m->result == MK_CHECK_MISMATCH || (m->result == MK_CHECK_REMOVED && never_removed);
}

static bool inspect_module(const struct mk_image *image, struct mk_inspection *i,
                           const struct mk_module_link *m, struct mk_error *e) {
    char text[200], name[MK_TEXT_ROOM(16)], partition[MK_TEXT_ROOM(4)];
    bool needed = is_needed(image, m);
    const struct mk_module *module = m->module;
    if (!is_wrong(image, m))
        return true;
    snprintf(text, sizeof text, "%s of %s: %s",
             mk_text_mask(name, sizeof name, module->name, module->name_length),
             mk_text_mask(partition, sizeof partition, m->partition->name, 4),
             *m->reason ? m->reason : mk_check_name(m->result));
    bool piece = module->end > module->start;
    return add(i, needed ? MK_FINDING_BOOT_CODE_DAMAGED : MK_FINDING_CODE_DAMAGED, needed,
               piece ? module->stored.at : module->entry.at, piece ? module->stored.n : 0, e, text);
}

/* If every boot module is proven by itself, a wrong hash over FTPR comes from bytes outside the
 * boot code. */
static bool inspect_partition(const struct mk_image *image, struct mk_inspection *i,
                              const struct mk_partition_link *p, struct mk_error *e) {
    char text[200], name[MK_TEXT_ROOM(4)];
    bool proven = i->proof.proven == i->proof.boot_modules;
    bool needed = is_boot(image, p->partition) && !proven;
    uint64_t at = p->partition->bytes.at, n = p->partition->bytes.n;
    if (!p->has_hash || p->hash != MK_CHECK_MISMATCH)
        return true;
    mk_text_mask(name, sizeof name, p->partition->name, 4);
    if (p->explained) {
        snprintf(text, sizeof text,
                 "the hash over %s is wrong, as expected after a removal or with another partition "
                 "inside it",
                 name);
        return add(i, MK_FINDING_PARTITION_HASH, false, at, n, e, text);
    }
    snprintf(text, sizeof text, "the signed hash over %s is wrong", name);
    return add(i, needed ? MK_FINDING_BOOT_CODE_DAMAGED : MK_FINDING_CODE_DAMAGED, needed, at, n, e,
               text);
}

/* ---- versions ---- */

static bool is_same_version(const struct mk_version *a, const struct mk_version *b) {
    return a->major == b->major && a->minor == b->minor && a->hotfix == b->hotfix &&
           a->build == b->build;
}

/* FTPR and NFTP are always built together. */
static bool inspect_versions(const struct mk_image *image, struct mk_inspection *i,
                             struct mk_error *e) {
    const struct mk_partition *boot = mk_partition_find(&image->firmware, "FTPR");
    const struct mk_partition *rest = mk_partition_find(&image->firmware, "NFTP");
    char a[MK_VERSION_ROOM], b[MK_VERSION_ROOM];
    if (!boot || !rest || !boot->has_manifest || !rest->has_manifest ||
        is_same_version(&boot->manifest.version, &rest->manifest.version))
        return true;
    return mk_finding_add(&i->findings, MK_FINDING_MIXED_VERSIONS, rest->manifest.bytes.at, 0, e,
                          "FTPR has version %s, NFTP %s",
                          mk_version_text(boot->manifest.version, a),
                          mk_version_text(rest->manifest.version, b));
}

bool mki_chain_inspect(const struct mk_image *image, struct mk_inspection *i, struct mk_error *e) {
    const struct mk_chain *c = &i->chain;
    for (size_t k = 0; k < c->n_manifests; k++)
        if (!inspect_manifest(image, i, &c->manifests[k], e))
            return false;
    for (size_t k = 0; k < c->n_modules; k++)
        if (!inspect_module(image, i, &c->modules[k], e))
            return false;
    for (size_t k = 0; k < c->n_partitions; k++)
        if (!inspect_partition(image, i, &c->partitions[k], e))
            return false;
    return inspect_problems(image, i, e) && inspect_versions(image, i, e);
}
