/* SPDX-License-Identifier: MIT */
/* Private to lib/action/update: a partition that knows another place than the one it comes to. */
#ifndef MEKIT_ACTION_REBASE_H
#define MEKIT_ACTION_REBASE_H

#include <mekit/image/firmware.h>

/* The lowest place of a region where partition p, and the page table in it, may lie. */
uint64_t mki_rebase_place(const struct mk_partition *p);

/* Writes into b, which holds p at place, what its page table says there. */
bool mki_rebase_table(const struct mk_partition *p, uint64_t place, struct mk_buffer b,
                      struct mk_error *e);

#endif
