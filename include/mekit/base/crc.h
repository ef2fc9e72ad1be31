/* SPDX-License-Identifier: MIT */
/* The CRCs that Intel's formats use. zlib computes CRC-32 (IEEE 802.3). */
#ifndef MEKIT_BASE_CRC_H
#define MEKIT_BASE_CRC_H

#include <mekit/base/api.h>
#include <mekit/base/span.h>

MK_BEGIN_DECLS

uint32_t mk_crc32(struct mk_span s);
/* The CRC-32 of s, counting the four bytes at offset field (a stored CRC inside s) as 0. */
uint32_t mk_crc32_without(struct mk_span s, uint64_t field);

/* CRC-16 CCITT (polynomial 1021) and CRC-8 (polynomial 07), high bit first, nothing inverted. crc:
 * the start value, or the result for the bytes before s. */
uint16_t mk_crc16(uint16_t crc, struct mk_span s);
uint8_t mk_crc8(uint8_t crc, struct mk_span s);

MK_END_DECLS

#endif
