/* SPDX-License-Identifier: MIT */
#include "fault.h"

#include <lzma.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#define LACKING(type, call, parameters, arguments, lacks)                                          \
    type __real_##call parameters;                                                                 \
    type __wrap_##call parameters;                                                                 \
    type __wrap_##call parameters {                                                                \
        return fault_hits() ? (lacks) : __real_##call arguments;                                   \
    }

LACKING(OSSL_LIB_CTX *, OSSL_LIB_CTX_get0_global_default, (void), (), NULL)
LACKING(EVP_MD_CTX *, EVP_MD_CTX_new, (void), (), NULL)
LACKING(int, EVP_DigestInit_ex, (EVP_MD_CTX * c, const EVP_MD *type, ENGINE *e), (c, type, e), 0)
LACKING(int, EVP_DigestUpdate, (EVP_MD_CTX * c, const void *bytes, size_t n), (c, bytes, n), 0)
LACKING(int, EVP_DigestFinal_ex, (EVP_MD_CTX * c, unsigned char *out, unsigned *n), (c, out, n), 0)
LACKING(BIGNUM *, BN_new, (void), (), NULL)
LACKING(BN_CTX *, BN_CTX_new, (void), (), NULL)
LACKING(BIGNUM *, BN_lebin2bn, (const unsigned char *s, int n, BIGNUM *out), (s, n, out), NULL)
LACKING(int, BN_set_word, (BIGNUM * a, BN_ULONG w), (a, w), 0)
LACKING(int, BN_mod_exp, (BIGNUM * r, const BIGNUM *a, const BIGNUM *p, const BIGNUM *m, BN_CTX *c),
        (r, a, p, m, c), 0)
LACKING(int, BN_bn2binpad, (const BIGNUM *a, unsigned char *to, int n), (a, to, n), -1)
LACKING(lzma_ret, lzma_alone_decoder, (lzma_stream * s, uint64_t limit), (s, limit), LZMA_MEM_ERROR)
LACKING(lzma_ret, lzma_code, (lzma_stream * s, lzma_action action), (s, action), LZMA_MEM_ERROR)
