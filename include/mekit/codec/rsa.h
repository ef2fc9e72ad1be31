/* SPDX-License-Identifier: MIT */
/* RSA signatures as Intel stores them: modulus and signature little endian, any odd exponent > 1.
 *
 * The check compares the whole encoded message: for PKCS#1 v1.5 every byte of 00 01 FF..FF 00
 * DigestInfo digest (a check of the tail alone accepts forgeries), for PSS by RFC 8017 9.1.2 with
 * the salt's length recovered from the 01 separator (Intel uses 48 bytes, OEM tools 32). */
#ifndef MEKIT_CODEC_RSA_H
#define MEKIT_CODEC_RSA_H

#include <mekit/base/api.h>
#include <mekit/codec/digest.h>

MK_BEGIN_DECLS

enum mk_rsa_scheme { MK_PKCS1_SHA1, MK_PKCS1_SHA256, MK_PSS_SHA384 };

const char *mk_rsa_scheme_name(enum mk_rsa_scheme scheme); /* "pkcs1v15-sha256" */
enum mk_digest_kind mk_rsa_scheme_digest(enum mk_rsa_scheme scheme);

struct mk_rsa_key {
    struct mk_span modulus; /* little endian, 0x100 or 0x180 bytes */
    uint32_t exponent;
};

enum mk_rsa_verdict {
    MK_RSA_VALID,
    MK_RSA_INVALID,     /* padding or digest differ, or signature >= modulus */
    MK_RSA_UNSUPPORTED, /* an impossible key: modulus even or zero, exponent even or 1, or another
                           size */
};

/* salt_length (may be NULL): bytes of salt in a valid PSS signature, else 0. False, with MEMORY,
 * only if libcrypto could not work; the verdict reports everything else. */
bool mk_rsa_verify(struct mk_rsa_key key, struct mk_span signature, enum mk_rsa_scheme scheme,
                   const struct mk_digest *digest, enum mk_rsa_verdict *verdict, int *salt_length,
                   struct mk_error *e);

MK_END_DECLS

#endif
