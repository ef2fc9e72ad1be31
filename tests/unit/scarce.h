/* Memory that runs out when told: a program that includes this is linked with --wrap for each of
 * these calls (tests/CMakeLists.txt). What libcrypto and liblzma do counts as a call that memory
 * can lack for. */
#ifndef MEKIT_TESTS_SCARCE_H
#define MEKIT_TESTS_SCARCE_H

#include <lzma.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdlib.h>

/* calls are counted from 1; the one of number fails does. held: places that were not given back. */
static struct {
    uint64_t calls, fails;
    int64_t held;
} scarce;

static inline bool scarce_hit(void) {
    return ++scarce.calls == scarce.fails;
}

static inline void *scarce_hold(void *place) {
    scarce.held += place != NULL;
    return place;
}

void *__real_malloc(size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_malloc(size_t n) {
    return scarce_hit() ? NULL : scarce_hold(__real_malloc(n));
}

void *__real_calloc(size_t n, size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_calloc(size_t n, size_t size) {
    return scarce_hit() ? NULL : scarce_hold(__real_calloc(n, size));
}

void *__real_realloc(void *place, size_t n);
void *__wrap_realloc(void *place, size_t n);
void *__wrap_realloc(void *place, size_t n) {
    bool is_new = place == NULL;
    void *grown = scarce_hit() ? NULL : __real_realloc(place, n);
    return is_new ? scarce_hold(grown) : grown;
}

void __real_free(void *place);
void __wrap_free(void *place);
void __wrap_free(void *place) {
    scarce.held -= place != NULL;
    __real_free(place);
}

#define SCARCE(type, call, parameters, arguments, lacks)                                           \
    type __real_##call parameters;                                                                 \
    type __wrap_##call parameters;                                                                 \
    type __wrap_##call parameters {                                                                \
        return scarce_hit() ? (lacks) : __real_##call arguments;                                   \
    }

SCARCE(OSSL_LIB_CTX *, OSSL_LIB_CTX_get0_global_default, (void), (), NULL)
SCARCE(EVP_MD_CTX *, EVP_MD_CTX_new, (void), (), NULL)
SCARCE(int, EVP_DigestInit_ex, (EVP_MD_CTX * c, const EVP_MD *type, ENGINE *e), (c, type, e), 0)
SCARCE(int, EVP_DigestUpdate, (EVP_MD_CTX * c, const void *bytes, size_t n), (c, bytes, n), 0)
SCARCE(int, EVP_DigestFinal_ex, (EVP_MD_CTX * c, unsigned char *out, unsigned *n), (c, out, n), 0)
SCARCE(BIGNUM *, BN_new, (void), (), NULL)
SCARCE(BN_CTX *, BN_CTX_new, (void), (), NULL)
SCARCE(BIGNUM *, BN_lebin2bn, (const unsigned char *s, int n, BIGNUM *out), (s, n, out), NULL)
SCARCE(int, BN_set_word, (BIGNUM * a, BN_ULONG w), (a, w), 0)
SCARCE(int, BN_mod_exp, (BIGNUM * r, const BIGNUM *a, const BIGNUM *p, const BIGNUM *m, BN_CTX *c),
       (r, a, p, m, c), 0)
SCARCE(int, BN_bn2binpad, (const BIGNUM *a, unsigned char *to, int n), (a, to, n), -1)
SCARCE(lzma_ret, lzma_alone_decoder, (lzma_stream * s, uint64_t limit), (s, limit), LZMA_MEM_ERROR)
SCARCE(lzma_ret, lzma_code, (lzma_stream * s, lzma_action action), (s, action), LZMA_MEM_ERROR)

#endif
