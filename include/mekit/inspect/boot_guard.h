/* SPDX-License-Identifier: MIT */
/* The parts that Boot Guard would check, as far as the flash shows them: fuses decide whether it is
 * on. */
#ifndef MEKIT_INSPECT_BOOT_GUARD_H
#define MEKIT_INSPECT_BOOT_GUARD_H

#include <mekit/base/api.h>
#include <mekit/format/host/fit.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

struct mk_boot_guard {
    struct mk_fit fit;
    uint64_t acm_at, key_at, policy_at; /* in the file; MK_NOWHERE: none */
    struct mk_acm acm;                  /* the first ones that the table leads to */
    struct mk_boot_manifest key, policy;
};

/* False: the file does not hold the whole BIOS region, or that has no table. */
bool mk_boot_guard_read(const struct mk_image *image, struct mk_boot_guard *out);

MK_END_DECLS

#endif
