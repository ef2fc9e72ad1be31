/* SPDX-License-Identifier: MIT */
/* Private to lib/inspect: what tables and directories show by themselves, without any hash. */
#ifndef MEKIT_INSPECT_TABLE_H
#define MEKIT_INSPECT_TABLE_H

#include "../inspect.h"

/* Adds a finding about p: where p is the boot partition as the id's row says; else it is damage in
 * what a strip removes, and blocks nothing. False: MEMORY. */
bool mki_table_find(const struct mk_image *image, const struct mk_partition *p,
                    struct mk_findings *f, enum mk_finding_id id, uint64_t offset, const char *text,
                    struct mk_error *e);

/* pages.c: the LLUT of p against itself, and against what its manifest signs. */
bool mki_pages_inspect(const struct mk_image *image, const struct mk_partition *p,
                       struct mk_findings *f, struct mk_error *e);
/* directory.c: the $CPD of p. */
bool mki_directory_inspect(const struct mk_image *image, const struct mk_partition *p,
                           struct mk_findings *f, struct mk_error *e);

#endif
