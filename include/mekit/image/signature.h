/* SPDX-License-Identifier: MIT */
/* A manifest's signature and its key. */
#ifndef MEKIT_IMAGE_SIGNATURE_H
#define MEKIT_IMAGE_SIGNATURE_H

#include <mekit/base/api.h>
#include <mekit/codec/rsa.h>
#include <mekit/format/key.h>
#include <mekit/format/manifest.h>

MK_BEGIN_DECLS

enum mk_signature_verdict {
    MK_SIGNATURE_VALID,
    MK_SIGNATURE_INVALID,
    MK_SIGNATURE_UNSIGNED,
    MK_SIGNATURE_UNSUPPORTED /* RSA-4096: no sample shows its scheme */
};
const char *mk_signature_verdict_name(enum mk_signature_verdict v); /* "valid" */

struct mk_signature {
    enum mk_signature_verdict verdict;
    enum mk_rsa_scheme scheme;
    int salt_length;
    struct mk_digest modulus;       /* SHA-256 of the modulus as stored */
    struct mk_digest key_md5;       /* MD5 of modulus and exponent as stored */
    const struct mk_known_key *key; /* NULL: unknown */
};

/* False, with MEMORY, only if libcrypto could not work. */
bool mk_signature_check(const struct mk_manifest *m, struct mk_signature *s, struct mk_error *e);

/* The key alone, without the check. */
bool mk_signature_key(const struct mk_manifest *m, struct mk_signature *s, struct mk_error *e);

MK_END_DECLS

#endif
