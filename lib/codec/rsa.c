/* SPDX-License-Identifier: MIT */
#include <mekit/codec/rsa.h>

#include "pss.h"

#include <openssl/bn.h>
#include <string.h>

#define KEY_MAX   0x180u
#define PKCS1_KEY 0x100u
#define PSS_KEY   0x180u

static const struct {
    const char *name;
    enum mk_digest_kind digest;
    size_t key; /* bytes of this scheme's keys */
    const char *digest_info;
    size_t digest_info_size;
} schemes[] = {
    [MK_PKCS1_SHA1] = {"pkcs1v15-sha1", MK_SHA1, PKCS1_KEY,
                       "\x30\x21\x30\x09\x06\x05\x2B\x0E\x03\x02\x1A\x05\x00\x04\x14", 15},
    [MK_PKCS1_SHA256] =
        {"pkcs1v15-sha256", MK_SHA256, PKCS1_KEY,
         "\x30\x31\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20", 19},
    [MK_PSS_SHA384] = {"pss-sha384", MK_SHA384, PSS_KEY, "", 0},
};

const char *mk_rsa_scheme_name(enum mk_rsa_scheme scheme) {
    return schemes[scheme].name;
}

enum mk_digest_kind mk_rsa_scheme_digest(enum mk_rsa_scheme scheme) {
    return schemes[scheme].digest;
}

static BIGNUM *number_of(struct mk_span s) {
    return BN_lebin2bn(s.p, (int)s.n, NULL);
}

/* em = signature ^ exponent mod modulus, as n big-endian bytes. */
static bool raise_number(const BIGNUM *s, const BIGNUM *modulus, uint32_t exponent, size_t n,
                         uint8_t *em) {
    BIGNUM *e = BN_new(), *result = BN_new();
    BN_CTX *context = BN_CTX_new();
    bool raised = e && result && context && BN_set_word(e, exponent) == 1 &&
                  BN_mod_exp(result, s, e, modulus, context) == 1 &&
                  BN_bn2binpad(result, em, (int)n) == (int)n;
    BN_free(e);
    BN_free(result);
    BN_CTX_free(context);
    return raised;
}

static bool is_key(const BIGNUM *modulus, uint32_t exponent) {
    return BN_is_odd(modulus) && BN_num_bits(modulus) > 1 && (exponent & 1) && exponent > 1;
}

/* Builds 00 01 FF .. FF 00 DigestInfo digest, and compares all of it. */
static bool is_pkcs1(const uint8_t *em, size_t n, enum mk_rsa_scheme scheme,
                     const struct mk_digest *digest) {
    uint8_t expected[KEY_MAX];
    size_t info = schemes[scheme].digest_info_size, tail = info + digest->n;
    memset(expected, 0xFF, n);
    expected[0] = 0x00;
    expected[1] = 0x01;
    expected[n - tail - 1] = 0x00;
    memcpy(expected + n - tail, schemes[scheme].digest_info, info);
    memcpy(expected + n - digest->n, digest->bytes, digest->n);
    return memcmp(em, expected, n) == 0;
}

static bool verify(const BIGNUM *modulus, const BIGNUM *s, struct mk_rsa_key key,
                   enum mk_rsa_scheme scheme, const struct mk_digest *digest,
                   enum mk_rsa_verdict *verdict, int *salt_length, struct mk_error *e) {
    uint8_t em[KEY_MAX];
    size_t n = key.modulus.n;
    if (!is_key(modulus, key.exponent))
        return true;
    *verdict = MK_RSA_INVALID;
    if (BN_cmp(s, modulus) >= 0)
        return true;
    if (!raise_number(s, modulus, key.exponent, n, em))
        return mk_fail_memory(e);
    bool holds = false;
    if (scheme != MK_PSS_SHA384)
        holds = is_pkcs1(em, n, scheme, digest);
    else if (!mki_pss_check(em, n, BN_num_bits(modulus) - 1, digest, &holds, salt_length, e))
        return false;
    *verdict = holds ? MK_RSA_VALID : MK_RSA_INVALID;
    return true;
}

bool mk_rsa_verify(struct mk_rsa_key key, struct mk_span signature, enum mk_rsa_scheme scheme,
                   const struct mk_digest *digest, enum mk_rsa_verdict *verdict, int *salt_length,
                   struct mk_error *e) {
    int ignored = 0;
    *verdict = MK_RSA_UNSUPPORTED;
    salt_length = salt_length ? salt_length : &ignored;
    *salt_length = 0;
    if (key.modulus.n != schemes[scheme].key || signature.n != key.modulus.n ||
        digest->kind != schemes[scheme].digest)
        return true;
    BIGNUM *modulus = number_of(key.modulus), *s = number_of(signature);
    bool done = modulus && s ? verify(modulus, s, key, scheme, digest, verdict, salt_length, e)
                             : mk_fail_memory(e);
    BN_free(modulus);
    BN_free(s);
    return done;
}
