/* SPDX-License-Identifier: MIT */
/* Private to lib/action/update: adapts a partition to a new place. */
#ifndef MEKIT_ACTION_REBASE_H
#define MEKIT_ACTION_REBASE_H

#include <mekit/image/firmware.h>

/* Rewrites the page table of p for its new place in b, which holds p at place. */
bool mki_rebase_table(const struct mk_partition *p, uint64_t place, struct mk_buffer b,
                      struct mk_error *e);

#endif
