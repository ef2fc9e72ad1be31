/* SPDX-License-Identifier: MIT */
/* The host's firmware interface table with its targets; the GbE NVM. */
#include "fuzz.h"

#include <mekit/format/host/fit.h>
#include <mekit/format/host/gbe.h>
#include <stdlib.h>

static void try_entry(struct mk_span bios, const struct mk_fit_entry *entry) {
    struct mk_span s;
    struct mk_acm acm;
    struct mk_boot_manifest manifest;
    if (!mk_fit_bytes(bios, entry, &s))
        return;
    if (s.n == 0 || s.at + s.n != bios.at + bios.n)
        abort();
    mk_acm_read(s, &acm);
    if (mk_key_manifest_read(s, &manifest) && mk_boot_policy_read(s, &manifest))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_span bios = mk_span_of(bytes, n);
    struct mk_gbe_bank banks[MK_GBE_BANKS];
    struct mk_fit fit;
    mk_gbe_read(bios, banks);
    if (!mk_fit_read(bios, &fit))
        return 0;
    if (fit.n > MK_LIMIT_FIT_ENTRIES || !mk_span_has(bios, fit.at, "_FIT_   ", 8))
        abort();
    for (unsigned i = 0; i < fit.n; i++)
        try_entry(bios, &fit.entries[i]);
    return 0;
}
