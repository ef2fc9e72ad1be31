/* SPDX-License-Identifier: MIT */
/* Private to lib/action: the parts that a strip keeps, by name and by place. */
#ifndef MEKIT_ACTION_KEEP_H
#define MEKIT_ACTION_KEEP_H

#include <mekit/action/strip.h>
#include <mekit/image/extent.h>

enum keep_fate { KEEP_NOT, KEEP_BY_NAME, KEEP_ESSENTIAL, KEEP_NO_DATA };

/* True if -w lists the name, or if -b is given and does not list it. */
bool mki_keep_has_name(const struct mk_strip_options *o, const uint8_t name[4]);
enum keep_fate mki_keep_fate_of(const struct mk_strip_options *o, const struct mk_fpt_entry *entry);

/* Adds the bytes that a strip may not wipe, region-relative. others: the table and the partitions
 * kept by name. boot: the boot partition with all its modules, up to where another partition begins
 * inside it, and its essential bytes wherever they lie. False: no memory. */
bool mki_keep_ranges(const struct mk_firmware *f, const struct mk_strip_options *o,
                     struct mk_ranges *others, struct mk_ranges *boot);

#endif
