/* SPDX-License-Identifier: MIT */
/* The four bytes that identify a structure, read as a little-endian number. structure.h says where
 * in the structure they are. */
#ifndef MEKIT_FORMAT_TAG_H
#define MEKIT_FORMAT_TAG_H

#include <mekit/base/api.h>
#include <mekit/base/span.h>

MK_BEGIN_DECLS

#define MK_TAG_FPT           0x54504624u /* "$FPT" */
#define MK_TAG_CPD           0x44504324u /* "$CPD" */
#define MK_TAG_MN2           0x324E4D24u /* "$MN2" */
#define MK_TAG_MAN           0x4E414D24u /* "$MAN" */
#define MK_TAG_MME           0x454D4D24u /* "$MME" */
#define MK_TAG_LLUT          0x54554C4Cu /* "LLUT" */
#define MK_TAG_BPDT          0x000055AAu
#define MK_TAG_BPDT_RECOVERY 0x00AA55AAu

/* True if these four bytes are at offset at of s; false if s is too short. */
bool mk_tag_is_at(struct mk_span s, uint64_t at, uint32_t tag);

MK_END_DECLS

#endif
