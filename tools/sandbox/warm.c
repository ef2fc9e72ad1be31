/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include <jansson.h>
#include <mekit/codec/rsa.h>
#include <openssl/crypto.h>
#include <string.h>

static void verify_nothing(enum mk_rsa_scheme scheme, size_t n) {
    uint8_t modulus[0x180], signature[0x180] = {2};
    enum mk_rsa_verdict verdict;
    struct mk_digest digest;
    memset(modulus, 0xFF, sizeof modulus);
    struct mk_span bytes = mk_span_of(modulus, n);
    if (mk_digest_take(mk_rsa_scheme_digest(scheme), &bytes, 1, &digest, NULL))
        mk_rsa_verify((struct mk_rsa_key){bytes, 65537}, mk_span_of(signature, n), scheme, &digest,
                      &verdict, NULL, NULL);
}

/* This machine's libcrypto configuration could remove digests, and reading it takes half of the
 * time until the first digest. The names of all ciphers, which nobody needs, take most of the rest.
 * Skip the cleanup at exit: the kernel frees everything at once. */
void sandbox_settle(void) {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ADD_ALL_CIPHERS |
                            OPENSSL_INIT_NO_ADD_ALL_DIGESTS | OPENSSL_INIT_NO_ATEXIT,
                        NULL);
}

void sandbox_warm_up(void) {
    static bool warm;
    if (warm)
        return;
    warm = true;
    struct mk_digest digest;
    struct mk_span nothing = mk_span_of("", 0);
    for (int kind = MK_MD5; kind <= MK_SHA384; kind++)
        mk_digest_take((enum mk_digest_kind)kind, &nothing, 1, &digest, NULL);
    verify_nothing(MK_PKCS1_SHA256, 0x100);
    verify_nothing(MK_PSS_SHA384, 0x180);
    json_object_seed(0);
}
