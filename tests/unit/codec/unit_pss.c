/* SPDX-License-Identifier: MIT */
/* Wrong PSS messages, signed with a key whose modulus may have any number of bits. The modulus is a
 * power of a small prime, so its private exponent is easy to compute. */
#include "leak.h"

#include <mekit/codec/rsa.h>
#include <openssl/bn.h>
#include <string.h>

TestSuite(pss, .fini = check_leaks);

#define N        0x180u
#define DIGEST   48u
#define EXPONENT 65537u

struct key {
    unsigned base;
    BIGNUM *modulus, *private;
    BN_CTX *context;
};

/* Modulus base ^ power. The numbers below it that base does not divide form a group of (base - 1) *
 * base ^ (power - 1) elements. */
static struct key make(unsigned base, unsigned power) {
    struct key k = {base, BN_new(), BN_new(), BN_CTX_new()};
    BIGNUM *b = BN_new(), *n = BN_new(), *group = BN_new(), *e = BN_new();
    BN_set_word(b, base);
    BN_set_word(n, power - 1);
    BN_set_word(e, EXPONENT);
    BN_exp(group, b, n, k.context);
    BN_mul(k.modulus, group, b, k.context);
    BN_mul_word(group, base - 1);
    cr_assert(BN_mod_inverse(k.private, e, group, k.context));
    BN_free(b);
    BN_free(n);
    BN_free(group);
    BN_free(e);
    return k;
}

static void drop(struct key *k) {
    BN_free(k->modulus);
    BN_free(k->private);
    BN_CTX_free(k->context);
}

static enum mk_rsa_verdict verdict_of(const struct key *k, const uint8_t em[N],
                                      const struct mk_digest *digest, int *salt) {
    uint8_t modulus[N], signature[N];
    BIGNUM *m = BN_bin2bn(em, N, NULL), *s = BN_new();
    enum mk_rsa_verdict verdict;
    cr_assert(BN_mod_exp(s, m, k->private, k->modulus, k->context));
    BN_bn2lebinpad(k->modulus, modulus, N);
    BN_bn2lebinpad(s, signature, N);
    BN_free(m);
    BN_free(s);
    const struct mk_rsa_key key = {mk_span_of(modulus, N), EXPONENT};
    cr_assert(
        mk_rsa_verify(key, mk_span_of(signature, N), MK_PSS_SHA384, digest, &verdict, salt, NULL));
    return verdict;
}

static struct mk_digest digest_of(const struct mk_span *parts, size_t n) {
    struct mk_digest d;
    cr_assert(mk_digest_take(MK_SHA384, parts, n, &d, NULL));
    return d;
}

static struct mk_digest signed_digest(void) {
    const struct mk_span text = mk_span_of("signed", 6);
    return digest_of(&text, 1);
}

/* The encoded message: a right one has separator 01 and trailer BC. */
struct message {
    size_t salt;
    uint8_t separator, trailer;
    uint8_t first; /* added to the first byte */
};

static void mask(uint8_t *db, size_t n, const struct mk_digest *seed) {
    for (size_t at = 0; at < n; at += DIGEST) {
        const uint8_t number[4] = {0, 0, 0, (uint8_t)(at / DIGEST)};
        const struct mk_span parts[] = {mk_span_of(seed->bytes, DIGEST), mk_span_of(number, 4)};
        struct mk_digest block = digest_of(parts, 2);
        for (size_t i = 0; i < DIGEST && at + i < n; i++)
            db[at + i] ^= block.bytes[i];
    }
}

/* Encodes for a modulus of that many bits: zeros, separator and salt, masked; the digest; the
 * trailer. */
static void encode(uint8_t em[N], int bits, const struct mk_digest *digest,
                   const struct message *message, uint8_t seed) {
    static const uint8_t zeros[8];
    uint8_t salt[N] = {seed, 1, 1, 2, 3, 5, 8, 13};
    const struct mk_span parts[] = {mk_span_of(zeros, 8), mk_span_of(digest->bytes, DIGEST),
                                    mk_span_of(salt, message->salt)};
    struct mk_digest h = digest_of(parts, 3);
    size_t length = ((size_t)bits - 1 + 7) / 8, db = length - DIGEST - 1;
    uint8_t *out = em + N - length;
    memset(em, 0, N);
    out[db - message->salt - 1] = message->separator;
    memcpy(out + db - message->salt, salt, message->salt);
    mask(out, db, &h);
    if ((bits - 1) % 8)
        out[0] &= (uint8_t)(0xFFu >> (8 - (bits - 1) % 8));
    memcpy(out + db, h.bytes, DIGEST);
    out[length - 1] = message->trailer;
    em[0] = (uint8_t)(em[0] + message->first);
}

/* A multiple of the prime, or a number not below the modulus, can't be signed: then take another
 * salt. */
static void encode_for(const struct key *k, uint8_t em[N], const struct mk_digest *digest,
                       const struct message *message) {
    for (uint8_t seed = 1;; seed++) {
        encode(em, BN_num_bits(k->modulus), digest, message, seed);
        BIGNUM *m = BN_bin2bn(em, N, NULL);
        bool can_be_signed = BN_cmp(m, k->modulus) < 0 && BN_mod_word(m, k->base) != 0;
        BN_free(m);
        if (can_be_signed)
            return;
    }
}

static void expect(unsigned base, unsigned power, int bits, struct message message,
                   enum mk_rsa_verdict wanted) {
    struct mk_digest d = signed_digest();
    struct key k = make(base, power);
    uint8_t em[N];
    int salt = -1;
    cr_assert_eq(BN_num_bits(k.modulus), bits);
    encode_for(&k, em, &d, &message);
    cr_expect_eq(verdict_of(&k, em, &d, &salt), wanted,
                 "%d bits, salt of %zu, separator %02x, trailer %02x, first byte + %02x", bits,
                 message.salt, message.separator, message.trailer, message.first);
    cr_expect_eq(salt, wanted == MK_RSA_VALID ? (int)message.salt : 0);
    drop(&k);
}

/* bits: of the modulus. 3065 leaves a byte of 0 in front; 3069 leaves bits in the first byte that
 * must be 0. */
static const struct {
    unsigned base, power;
    int bits;
} moduli[] = {{3, 1933, 3064}, {5, 1320, 3065}, {3, 1936, 3069}, {3, 1938, 3072}};

Test(pss, a_modulus_of_any_length) {
    static const size_t salts[] = {0, 32, 48, 100};
    for (size_t i = 0; i < sizeof moduli / sizeof *moduli; i++)
        for (size_t k = 0; k < sizeof salts / sizeof *salts; k++)
            expect(moduli[i].base, moduli[i].power, moduli[i].bits,
                   (struct message){salts[k], 0x01, 0xBC, 0}, MK_RSA_VALID);
}

Test(pss, wrong_messages_are_refused) {
    for (size_t i = 0; i < sizeof moduli / sizeof *moduli; i++) {
        static const struct message wrong[] = {
            {48, 0x02, 0xBC, 0}, /* another separator */
            {0, 0x00, 0xBC, 0},  /* no separator: all zeros */
            {48, 0x01, 0xBD, 0}, /* another trailer */
        };
        for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++)
            expect(moduli[i].base, moduli[i].power, moduli[i].bits, wrong[k], MK_RSA_INVALID);
    }
    expect(5, 1320, 3065, (struct message){48, 0x01, 0xBC, 0x01}, MK_RSA_INVALID);
    expect(3, 1936, 3069, (struct message){48, 0x01, 0xBC, 0x10}, MK_RSA_INVALID);
}

/* A modulus that is too short for any digest, or impossible as one. */
Test(pss, a_tiny_modulus) {
    static const struct {
        uint8_t modulus;
        enum mk_rsa_verdict verdict;
    } rows[] = {{1, MK_RSA_UNSUPPORTED},
                {2, MK_RSA_UNSUPPORTED},
                {3, MK_RSA_INVALID},
                {0xFF, MK_RSA_INVALID}};
    struct mk_digest d = signed_digest();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t modulus[N] = {rows[i].modulus}, signature[N] = {1};
        const struct mk_rsa_key key = {mk_span_of(modulus, N), EXPONENT};
        enum mk_rsa_verdict verdict;
        cr_assert(
            mk_rsa_verify(key, mk_span_of(signature, N), MK_PSS_SHA384, &d, &verdict, NULL, NULL));
        cr_expect_eq(verdict, rows[i].verdict, "modulus %u", rows[i].modulus);
        cr_assert(mk_rsa_verify(key, mk_span_of(signature, N - 1), MK_PSS_SHA384, &d, &verdict,
                                NULL, NULL));
        cr_expect_eq(verdict, MK_RSA_UNSUPPORTED, "a signature of another length");
    }
}
