/* SPDX-License-Identifier: MIT */
/* Private to lib/action: what a strip keeps, by name and by place. */
#ifndef MEKIT_ACTION_KEEP_H
#define MEKIT_ACTION_KEEP_H

#include <mekit/action/strip.h>
#include <mekit/image/extent.h>

enum keep_fate { KEEP_NOT, KEEP_BY_NAME, KEEP_ESSENTIAL, KEEP_NO_DATA };

/* True if -w lists the name, or -b is given and does not. */
bool mki_keep_has_name(const struct mk_strip_options *o, const uint8_t name[4]);
enum keep_fate mki_keep_fate_of(const struct mk_strip_options *o, const struct mk_fpt_entry *entry);

/* Adds what may not be wiped, region-relative: to others the table and the partitions kept by name,
 * to boot the boot partition (with all its modules) up to where another partition begins inside it,
 * and what it can't be without wherever that lies. False: no memory. */
bool mki_keep_ranges(const struct mk_firmware *f, const struct mk_strip_options *o,
                     struct mk_ranges *others, struct mk_ranges *boot);

#endif
