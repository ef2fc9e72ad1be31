/* CRC-32 (IEEE 802.3, as zlib's), by zlib. */
#ifndef MEKIT_BASE_CRC_H
#define MEKIT_BASE_CRC_H

#include <mekit/base/span.h>

/* Of s, with the four bytes at field (a stored CRC that lies in s) taken as 0. */
uint32_t mk_crc32_without(struct mk_span s, uint64_t field);

#endif
