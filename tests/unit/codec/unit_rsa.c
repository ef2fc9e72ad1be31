/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/codec/rsa.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <string.h>

TestSuite(rsa, .fini = check_leaks);

#define INFO "\x30\x31\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"

/* A key whose private operation signs any encoded message of a test. */
struct key {
    uint8_t modulus[0x180], signature[0x180];
    size_t n;
    BIGNUM *N, *E, *D;
};

static void make(struct key *k, unsigned bits, unsigned exponent) {
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    EVP_PKEY *key = NULL;
    BIGNUM *e = BN_new();
    *k = (struct key){.n = bits / 8};
    BN_set_word(e, exponent);
    cr_assert(EVP_PKEY_keygen_init(context) == 1 &&
              EVP_PKEY_CTX_set_rsa_keygen_bits(context, (int)bits) == 1 &&
              EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context, e) == 1 &&
              EVP_PKEY_generate(context, &key) == 1);
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &k->N);
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &k->E);
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_D, &k->D);
    BN_bn2lebinpad(k->N, k->modulus, (int)k->n);
    BN_free(e);
    EVP_PKEY_free(key);
    EVP_PKEY_CTX_free(context);
}

static void drop(struct key *k) {
    BN_free(k->N);
    BN_free(k->E);
    BN_free(k->D);
}

static void sign(struct key *k, const uint8_t *em) {
    BIGNUM *m = BN_bin2bn(em, (int)k->n, NULL), *s = BN_new();
    BN_CTX *context = BN_CTX_new();
    BN_mod_exp(s, m, k->D, k->N, context);
    BN_bn2lebinpad(s, k->signature, (int)k->n);
    BN_free(m);
    BN_free(s);
    BN_CTX_free(context);
}

static enum mk_rsa_verdict verdict_of(const struct key *k, enum mk_rsa_scheme scheme,
                                      const struct mk_digest *digest, int *salt) {
    struct mk_rsa_key key = {mk_span_of(k->modulus, k->n), (uint32_t)BN_get_word(k->E)};
    enum mk_rsa_verdict verdict;
    cr_assert(
        mk_rsa_verify(key, mk_span_of(k->signature, k->n), scheme, digest, &verdict, salt, NULL));
    return verdict;
}

static struct mk_digest digest_of(const char *text, enum mk_digest_kind kind) {
    struct mk_digest d;
    struct mk_span s = mk_span_of(text, strlen(text));
    cr_assert(mk_digest_take(kind, &s, 1, &d, NULL));
    return d;
}

static void encode(uint8_t em[0x100], const struct mk_digest *d) {
    memset(em, 0xFF, 0x100);
    em[0] = 0;
    em[1] = 1;
    em[0x100 - 52] = 0;
    memcpy(em + 0x100 - 51, INFO, 19);
    memcpy(em + 0x100 - 32, d->bytes, 32);
}

Test(rsa, pkcs1_is_compared_whole) {
    static const unsigned exponents[] = {17, 65537};
    struct mk_digest d = digest_of("signed", MK_SHA256);
    uint8_t em[0x100];
    for (size_t i = 0; i < 2; i++) {
        struct key k;
        make(&k, 2048, exponents[i]);
        encode(em, &d);
        sign(&k, em);
        cr_assert_eq(verdict_of(&k, MK_PKCS1_SHA256, &d, NULL), MK_RSA_VALID);
        for (size_t at = 1; at < 0x100; at += at < 4 || at > 0xC8 ? 1 : 17) {
            encode(em, &d);
            em[at] ^= 0x10;
            sign(&k, em);
            cr_assert_eq(verdict_of(&k, MK_PKCS1_SHA256, &d, NULL), MK_RSA_INVALID, "byte %zu", at);
        }
        drop(&k);
    }
}

Test(rsa, a_right_tail_is_not_enough) {
    struct mk_digest d = digest_of("signed", MK_SHA256);
    struct key k;
    uint8_t em[0x100] = {0};
    make(&k, 2048, 17);
    memcpy(em + 0x100 - 32, d.bytes, 32);
    sign(&k, em);
    cr_assert_eq(verdict_of(&k, MK_PKCS1_SHA256, &d, NULL), MK_RSA_INVALID);
    drop(&k);
}

Test(rsa, impossible_keys_and_signatures) {
    struct mk_digest d = digest_of("signed", MK_SHA256), other = digest_of("signed", MK_SHA1);
    struct key k;
    uint8_t em[0x100];
    make(&k, 2048, 65537);
    encode(em, &d);
    sign(&k, em);
    cr_assert_eq(verdict_of(&k, MK_PKCS1_SHA256, &other, NULL), MK_RSA_UNSUPPORTED);
    cr_assert_eq(verdict_of(&k, MK_PSS_SHA384, &d, NULL), MK_RSA_UNSUPPORTED);
    memcpy(k.signature, k.modulus, k.n);
    cr_assert_eq(verdict_of(&k, MK_PKCS1_SHA256, &d, NULL), MK_RSA_INVALID, "s = n");
    memset(k.signature, 0, k.n);
    cr_assert_eq(verdict_of(&k, MK_PKCS1_SHA256, &d, NULL), MK_RSA_INVALID, "s = 0");
    BN_set_word(k.E, 1);
    cr_assert_eq(verdict_of(&k, MK_PKCS1_SHA256, &d, NULL), MK_RSA_UNSUPPORTED, "e = 1");
    BN_set_word(k.E, 2);
    cr_assert_eq(verdict_of(&k, MK_PKCS1_SHA256, &d, NULL), MK_RSA_UNSUPPORTED, "e = 2");
    BN_set_word(k.E, 17);
    k.modulus[0] &= 0xFE;
    cr_assert_eq(verdict_of(&k, MK_PKCS1_SHA256, &d, NULL), MK_RSA_UNSUPPORTED, "an even modulus");
    memset(k.modulus, 0, k.n);
    cr_assert_eq(verdict_of(&k, MK_PKCS1_SHA256, &d, NULL), MK_RSA_UNSUPPORTED, "no modulus");
    drop(&k);
}

/* libcrypto makes the encoded message, so two implementations have to agree. */
static bool pss(struct key *k, const struct mk_digest *d, int salt) {
    EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    EVP_PKEY *key = NULL;
    size_t n = 0x180;
    uint8_t big[0x180];
    cr_assert(EVP_PKEY_keygen_init(maker) == 1 &&
              EVP_PKEY_CTX_set_rsa_keygen_bits(maker, 3072) == 1 &&
              EVP_PKEY_generate(maker, &key) == 1);
    EVP_PKEY_CTX *signer = EVP_PKEY_CTX_new(key, NULL);
    bool done = EVP_PKEY_sign_init(signer) == 1 &&
                EVP_PKEY_CTX_set_rsa_padding(signer, RSA_PKCS1_PSS_PADDING) == 1 &&
                EVP_PKEY_CTX_set_signature_md(signer, EVP_sha384()) == 1 &&
                EVP_PKEY_CTX_set_rsa_pss_saltlen(signer, salt) == 1 &&
                EVP_PKEY_sign(signer, big, &n, d->bytes, d->n) == 1;
    *k = (struct key){.n = n};
    for (size_t i = 0; i < n; i++)
        k->signature[i] = big[n - 1 - i];
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &k->N);
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &k->E);
    BN_bn2lebinpad(k->N, k->modulus, (int)n);
    EVP_PKEY_CTX_free(signer);
    EVP_PKEY_CTX_free(maker);
    EVP_PKEY_free(key);
    return done;
}

Test(rsa, pss_recovers_the_salt) {
    static const int salts[] = {48, 32, 0};
    struct mk_digest d = digest_of("signed", MK_SHA384), other = digest_of("else", MK_SHA384);
    for (size_t i = 0; i < 3; i++) {
        struct key k;
        int salt = -1;
        cr_assert(pss(&k, &d, salts[i]));
        cr_assert_eq(verdict_of(&k, MK_PSS_SHA384, &d, &salt), MK_RSA_VALID);
        cr_assert_eq(salt, salts[i]);
        cr_assert_eq(verdict_of(&k, MK_PSS_SHA384, &other, &salt), MK_RSA_INVALID);
        k.signature[100] ^= 1;
        cr_assert_eq(verdict_of(&k, MK_PSS_SHA384, &d, &salt), MK_RSA_INVALID);
        cr_assert_eq(salt, 0);
        drop(&k);
    }
}

Test(rsa, digests_by_name_and_reversed) {
    struct mk_digest d = digest_of("abc", MK_SHA256);
    char hex[2 * MK_DIGEST_MAX + 1];
    cr_assert_str_eq(mk_digest_hex(&d, hex),
                     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    uint8_t back[32];
    for (size_t i = 0; i < 32; i++)
        back[i] = d.bytes[31 - i];
    cr_assert(mk_digest_equals(&d, mk_span_of(d.bytes, 32), false));
    cr_assert(mk_digest_equals(&d, mk_span_of(back, 32), true));
    cr_assert_not(mk_digest_equals(&d, mk_span_of(back, 32), false));
    cr_assert_not(mk_digest_equals(&d, mk_span_of(back, 31), true));
    d = digest_of("abc", MK_MD5);
    cr_assert_str_eq(mk_digest_hex(&d, hex), "900150983cd24fb0d6963f7d28e17f72");
}
