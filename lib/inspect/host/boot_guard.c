/* SPDX-License-Identifier: MIT */
#include "../inspect.h"

#include <mekit/inspect/boot_guard.h>
#include <stdio.h>

/* The bytes below 4 GiB: the BIOS region, if the file contains its end. */
static bool host_bytes(const struct mk_image *image, struct mk_span *bios) {
    return mk_image_region(image, MK_REGION_BIOS, bios) &&
           image->descriptor.regions[MK_REGION_BIOS].end <= image->bytes.n;
}

static void look_at(struct mk_span bios, const struct mk_fit_entry *entry,
                    struct mk_boot_guard *out) {
    struct mk_span s;
    if (!mk_fit_bytes(bios, entry, &s))
        return;
    if (entry->type == MK_FIT_ACM && out->acm_at == MK_NOWHERE && mk_acm_read(s, &out->acm))
        out->acm_at = s.at;
    if (entry->type == MK_FIT_KEY_MANIFEST && out->key_at == MK_NOWHERE &&
        mk_key_manifest_read(s, &out->key))
        out->key_at = s.at;
    if (entry->type == MK_FIT_BOOT_POLICY && out->policy_at == MK_NOWHERE &&
        mk_boot_policy_read(s, &out->policy))
        out->policy_at = s.at;
}

bool mk_boot_guard_read(const struct mk_image *image, struct mk_boot_guard *out) {
    struct mk_span bios;
    *out =
        (struct mk_boot_guard){.acm_at = MK_NOWHERE, .key_at = MK_NOWHERE, .policy_at = MK_NOWHERE};
    if (!host_bytes(image, &bios) || !mk_fit_read(bios, &out->fit))
        return false;
    for (unsigned i = 0; i < out->fit.n; i++)
        look_at(bios, &out->fit.entries[i], out);
    return true;
}

/* A lone ACM is no sign of Boot Guard, since TXT uses one too. */
bool mki_boot_guard_inspect(const struct mk_image *image, struct mk_findings *f,
                            struct mk_error *e) {
    struct mk_boot_guard found;
    if (!mk_boot_guard_read(image, &found) ||
        (found.key_at == MK_NOWHERE && found.policy_at == MK_NOWHERE))
        return true;
    bool key = found.key_at != MK_NOWHERE, policy = found.policy_at != MK_NOWHERE;
    return mk_finding_add(f, MK_FINDING_BOOT_GUARD, found.fit.at, 0, e,
                          "the BIOS region has Boot Guard's %s%s%s%s; whether it is active depends "
                          "on fuses of the chipset",
                          key ? "key manifest" : "", key && policy ? " and " : "",
                          policy ? "boot policy" : "",
                          found.acm_at != MK_NOWHERE ? ", and an ACM" : "");
}
