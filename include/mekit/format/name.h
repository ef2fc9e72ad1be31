/* SPDX-License-Identifier: MIT */
/* The names that partitions have in $FPT and in the tables of boot partitions.
 *
 * Sources: MEAnalyzer 089b991, me_cleaner 43612a6; seen in 494 tables. The name of a quota of
 * non-volatile memory is NV and two capital letters. */
#ifndef MEKIT_FORMAT_NAME_H
#define MEKIT_FORMAT_NAME_H

#include <mekit/base/api.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

MK_BEGIN_DECLS

/* Known name number i, from 0 on: 4 bytes, padded with NUL, and a closing NUL. NULL after the last
 * one. */
const char *mk_partition_name(size_t i);

/* name is padded with NUL. Upper and lower case differ. */
bool mk_partition_name_is_known(const uint8_t name[4]);

MK_END_DECLS

#endif
