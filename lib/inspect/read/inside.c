/* SPDX-License-Identifier: MIT */
#include "read.h"

#include <inttypes.h>
#include <stdio.h>

/* A descriptor leads to everything else, a region to its partitions. */
static unsigned weight(enum mk_found_kind kind) {
    static const unsigned weights[] = {
        [MK_FOUND_DESCRIPTOR] = 3,
        [MK_FOUND_REGION] = 2,
        [MK_FOUND_IFWI] = 2,
        [MK_FOUND_PARTITION] = 1,
    };
    return weights[kind];
}

bool mki_inside_find(struct mk_span bytes, struct inside *inside, struct mk_error *e) {
    struct mk_scan scan = {.file = bytes};
    struct mk_found found;
    struct mk_error end = {0};
    *inside = (struct inside){0};
    while (mk_scan_next(&scan, &found, &end)) {
        if (inside->n == 0 || weight(found.kind) > weight(inside->first.kind))
            inside->first = found;
        inside->n++;
    }
    return end.code != MK_E_MEMORY || mk_fail_as(e, &end);
}

static const char *name_of(const struct mk_found *found) {
    static const char *const names[] = {
        [MK_FOUND_DESCRIPTOR] = "a flash image",
        [MK_FOUND_REGION] = "an ME region",
        [MK_FOUND_IFWI] = "an IFWI",
        [MK_FOUND_PARTITION] = "a partition of ME firmware",
    };
    return names[found->kind];
}

bool mki_inside_add(const struct inside *inside, const char *what, struct mk_findings *f,
                    struct mk_error *e) {
    const struct mk_found *found = &inside->first;
    char more[40] = "";
    if (inside->n == 0)
        return mk_finding_add(f, MK_FINDING_NOT_A_DUMP, MK_NOWHERE, 0, e,
                              "%s; it contains no unpacked ME firmware", what);
    if (inside->n > 1)
        snprintf(more, sizeof more, ", and %u more", inside->n - 1);
    return mk_finding_add(f, MK_FINDING_NOT_A_DUMP, found->offset, found->size, e,
                          "%s; it contains %s of %" PRIu64 " bytes at 0x%" PRIx64 "%s", what,
                          name_of(found), found->size, found->offset, more);
}
