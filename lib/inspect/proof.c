/* SPDX-License-Identifier: MIT */
#include "inspect.h"

#include <mekit/base/text.h>
#include <mekit/image/extent.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NAMES_ROOM 120

/* The code that a strip keeps; in CSE, which no tool strips, all code of the boot partition. */
static bool is_boot_code(const struct mk_image *image, const struct mk_module_link *m) {
    const struct mk_partition *boot = image->firmware.boot;
    return boot && m->partition->start == boot->start && m->partition->end == boot->end &&
           m->module->kind == MK_MODULE_CODE && !m->is_key &&
           (image->me == MK_ME_CSE || m->module->essential);
}

static bool whole_partition_matches(const struct mk_image *image, const struct mk_chain *c) {
    const struct mk_partition *boot = image->firmware.boot;
    for (size_t k = 0; k < c->n_partitions; k++) {
        const struct mk_partition_link *p = &c->partitions[k];
        if (p->has_hash && p->hash == MK_CHECK_MATCH && p->partition->start == boot->start &&
            p->partition->end == boot->end)
            return true;
    }
    return false;
}

/* The modules that nothing could check, and why. */
struct unproven {
    unsigned n;
    char names[NAMES_ROOM];
    const char *reason;
    struct mk_ranges bytes;
};

static bool add_unproven(struct unproven *u, const struct mk_module_link *m, struct mk_error *e) {
    char name[MK_TEXT_ROOM(16)];
    size_t used = strlen(u->names);
    mk_text_mask(name, sizeof name, m->module->name, m->module->name_length);
    if (used + strlen(name) + sizeof ", ..." < sizeof u->names)
        snprintf(u->names + used, sizeof u->names - used, "%s%s", u->n ? ", " : "", name);
    else if (used < sizeof u->names && !strstr(u->names, ", ..."))
        snprintf(u->names + used, sizeof u->names - used, ", ...");
    u->n++;
    u->reason = u->reason ? u->reason : m->reason;
    return mk_module_extents(m->partition, m->module, &u->bytes) || mk_fail_memory(e);
}

static bool count_modules(const struct mk_image *image, struct mk_inspection *i, struct unproven *u,
                          struct mk_error *e) {
    bool whole = image->firmware.boot && whole_partition_matches(image, &i->chain);
    for (size_t k = 0; k < i->chain.n_modules; k++) {
        const struct mk_module_link *m = &i->chain.modules[k];
        if (!is_boot_code(image, m))
            continue;
        i->proof.boot_modules++;
        if (m->means != MK_MEANS_NONE || whole)
            i->proof.proven++;
        else if (m->result == MK_CHECK_UNCHECKED && !add_unproven(u, m, e))
            return false;
    }
    return true;
}

/* Generation 1 has no hash of its code: count it as one module that is never proven. */
static bool prove_generation_1(const struct mk_image *image, struct mk_inspection *i,
                               struct mk_error *e) {
    const struct mk_partition *boot = image->firmware.boot;
    i->proof = (struct mk_proof){.boot_modules = 1, .unproven_bytes = boot->bytes.n};
    return mk_finding_add(&i->findings, MK_FINDING_BOOT_CODE_UNPROVEN, boot->bytes.at,
                          boot->bytes.n, e,
                          "nothing can prove the code of CODE (%zu bytes): firmware of this age "
                          "holds no hash that is known to cover it",
                          boot->bytes.n);
}

bool mki_proof_inspect(const struct mk_image *image, struct mk_inspection *i, struct mk_error *e) {
    struct unproven u = {.n = 0};
    const struct mk_partition *boot = image->firmware.boot;
    if (boot && image->firmware.indivisible)
        return prove_generation_1(image, i, e);
    bool counted = count_modules(image, i, &u, e);
    i->proof.unproven_bytes = mk_ranges_size(&u.bytes);
    mk_ranges_free(&u.bytes);
    return counted &&
           (u.n == 0 || !boot ||
            mk_finding_add(&i->findings, MK_FINDING_BOOT_CODE_UNPROVEN, boot->bytes.at, 0, e,
                           "nothing proves %s (%" PRIu64 " bytes): %s", u.names,
                           i->proof.unproven_bytes, u.reason && *u.reason ? u.reason : "no hash"));
}

enum mk_verdict mk_inspection_verdict(const struct mk_inspection *i) {
    bool damaged = mk_findings_have(&i->findings, MK_DAMAGE);
    return i->chain.verdict == MK_VERDICT_VALID && damaged ? MK_VERDICT_INVALID : i->chain.verdict;
}
