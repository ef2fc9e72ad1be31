/* SPDX-License-Identifier: MIT */
#include <mekit/codec/digest.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

static const struct {
    const char *name;
    size_t n;
    const EVP_MD *(*md)(void);
} kinds[] = {
    [MK_MD5] = {"md5", 16, EVP_md5},
    [MK_SHA1] = {"sha1", 20, EVP_sha1},
    [MK_SHA256] = {"sha256", 32, EVP_sha256},
    [MK_SHA384] = {"sha384", 48, EVP_sha384},
};

const char *mk_digest_name(enum mk_digest_kind kind) {
    return kinds[kind].name;
}

size_t mk_digest_size(enum mk_digest_kind kind) {
    return kinds[kind].n;
}

static bool feed(EVP_MD_CTX *context, const struct mk_span *parts, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (EVP_DigestUpdate(context, parts[i].p, parts[i].n) != 1)
            return false;
    return true;
}

bool mk_digest_take(enum mk_digest_kind kind, const struct mk_span *parts, size_t n_parts,
                    struct mk_digest *out, struct mk_error *e) {
    *out = (struct mk_digest){.kind = kind, .n = kinds[kind].n};
    /* libcrypto crashes later if memory runs out while it sets this up. */
    if (!OSSL_LIB_CTX_get0_global_default())
        return mk_fail_memory(e);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool taken = context && EVP_DigestInit_ex(context, kinds[kind].md(), NULL) == 1 &&
                 feed(context, parts, n_parts) &&
                 EVP_DigestFinal_ex(context, out->bytes, NULL) == 1;
    EVP_MD_CTX_free(context);
    return taken ? true : mk_fail_memory(e);
}

bool mk_digest_equals(const struct mk_digest *d, struct mk_span stored, bool reversed) {
    uint8_t bytes[MK_DIGEST_MAX];
    for (size_t i = 0; i < d->n; i++)
        bytes[i] = d->bytes[reversed ? d->n - 1 - i : i];
    return stored.n == d->n && mk_span_has(stored, 0, bytes, d->n);
}

char *mk_digest_hex(const struct mk_digest *d, char out[2 * MK_DIGEST_MAX + 1]) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < d->n; i++) {
        out[2 * i] = digits[d->bytes[i] >> 4];
        out[2 * i + 1] = digits[d->bytes[i] & 15];
    }
    out[2 * d->n] = '\0';
    return out;
}
