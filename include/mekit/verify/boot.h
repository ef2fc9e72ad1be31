/* SPDX-License-Identifier: MIT */
/* Is the boot partition one that may be worked on? */
#ifndef MEKIT_VERIFY_BOOT_H
#define MEKIT_VERIFY_BOOT_H

#include <mekit/base/api.h>
#include <mekit/image/extent.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

/* It is there, whole, readable, and its signature holds. NO_OPERATION, TRUNCATED, SIGNATURE, or
 * what is wrong in it. Needs an image that has firmware. */
bool mk_boot_check(const struct mk_image *image, struct mk_error *e);

/* Why there is no boot partition: erased, damaged at its start, or not listed. Always false. */
bool mk_boot_missing(const struct mk_image *image, struct mk_error *e);

/* It is not cut off: TRUNCATED, MEMORY. */
bool mk_boot_check_length(const struct mk_image *image, struct mk_error *e);

/* No module that is needed to boot ends behind it: TRUNCATED, MEMORY. */
bool mk_boot_check_ends(const struct mk_image *image, struct mk_error *e);

/* Neither of these, and what it needs to boot is all there: no essential module erased, cut off or
 * without its pages. */
bool mk_boot_check_modules(const struct mk_image *image, struct mk_error *e);

/* Entries of $FPT can be changed, and its checksum still holds or can be made anew: NO_OPERATION
 * for a version, FIELD for a header length whose rule is not known. */
bool mk_boot_check_table(const struct mk_image *image, struct mk_error *e);

MK_END_DECLS

#endif
