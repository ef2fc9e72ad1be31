/* SPDX-License-Identifier: MIT */
/* The known public keys, identified by the SHA-256 of the modulus as stored (little endian), or by
 * the MD5 of modulus and exponent (me_cleaner's list).
 *
 * A key shows who signed; a signature by an unknown key may still be valid. Sources: MEAnalyzer
 * r377, me_cleaner 43612a6, and the keys seen in real images. */
#ifndef MEKIT_FORMAT_KEY_H
#define MEKIT_FORMAT_KEY_H

#include <mekit/base/api.h>

#include <stdbool.h>
#include <stddef.h>

MK_BEGIN_DECLS

struct mk_known_key {
    const char *sha256;   /* of the modulus, hex */
    const char *md5;      /* of modulus and exponent, hex; "": unknown */
    const char *variant;  /* "ME", "TXE", "SPS", "CSME", "PMCADP", ... */
    const char *versions; /* "7-8" */
    const char *release;  /* "production", "pre-production" */
};

extern const struct mk_known_key mk_known_keys[];
extern const size_t mk_known_key_count;

/* The key with this hash (hex in lower case). NULL: unknown. */
const struct mk_known_key *mk_key_find(const char *modulus_sha256);

/* True for the keys of SPS and CSSPS (server firmware). */
bool mk_key_is_sps(const struct mk_known_key *key);

MK_END_DECLS

#endif
