/* SPDX-License-Identifier: MIT */
/* Private to lib/codec: EMSA-PSS (RFC 8017 9.1.2) with MGF1, digest and mask of the same kind, and
 * a salt of any length. */
#ifndef MEKIT_CODEC_PSS_H
#define MEKIT_CODEC_PSS_H

#include <mekit/codec/digest.h>

/* em: n big-endian bytes. bits: one less than the bits of the modulus. Sets *salt_length if the
 * encoding is valid. False: out of memory. */
bool mki_pss_check(const uint8_t *em, size_t n, int bits, const struct mk_digest *digest,
                   bool *holds, int *salt_length, struct mk_error *e);

#endif
