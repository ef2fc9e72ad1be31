/* SPDX-License-Identifier: MIT */
/* Checks whether the boot partition may be edited. */
#ifndef MEKIT_VERIFY_BOOT_H
#define MEKIT_VERIFY_BOOT_H

#include <mekit/base/api.h>
#include <mekit/image/extent.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

/* True if it is there, whole and readable, and its signature holds. NO_OPERATION, TRUNCATED,
 * SIGNATURE, or the fault in it. The image must have firmware. */
bool mk_boot_check(const struct mk_image *image, struct mk_error *e);

/* Fails with the reason why there is no boot partition: erased, damaged at its start, or not
 * listed. Always returns false. */
bool mk_boot_missing(const struct mk_image *image, struct mk_error *e);

/* True if it is not cut off. TRUNCATED, MEMORY. */
bool mk_boot_check_length(const struct mk_image *image, struct mk_error *e);

/* True if no module that is needed to boot ends beyond it. TRUNCATED, MEMORY. */
bool mk_boot_check_ends(const struct mk_image *image, struct mk_error *e);

/* True if both checks above pass and no essential module is erased, cut off or without its pages.
 */
bool mk_boot_check_modules(const struct mk_image *image, struct mk_error *e);

/* True if mekit can change entries of $FPT and keep or recompute its checksum. NO_OPERATION for a
 * version, FIELD for a header length, whose checksum rule is unknown. */
bool mk_boot_check_table(const struct mk_image *image, struct mk_error *e);

MK_END_DECLS

#endif
