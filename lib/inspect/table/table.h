/* SPDX-License-Identifier: MIT */
/* Private to lib/inspect: faults that tables and directories show without any hash. */
#ifndef MEKIT_INSPECT_TABLE_H
#define MEKIT_INSPECT_TABLE_H

#include "../inspect.h"

/* Adds a finding about p. If p is the boot partition, the finding follows the id's row; else the
 * damage is in a part that a strip removes, and it blocks nothing. False: MEMORY. */
bool mki_table_find(const struct mk_image *image, const struct mk_partition *p,
                    struct mk_findings *f, enum mk_finding_id id, uint64_t offset, const char *text,
                    struct mk_error *e);

/* pages.c: checks the LLUT of p for contradictions in itself and with the signed manifest. */
bool mki_pages_inspect(const struct mk_image *image, const struct mk_partition *p,
                       struct mk_findings *f, struct mk_error *e);
/* directory.c: checks the $CPD of p. */
bool mki_directory_inspect(const struct mk_image *image, const struct mk_partition *p,
                           struct mk_findings *f, struct mk_error *e);

#endif
