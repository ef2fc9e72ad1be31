/* SPDX-License-Identifier: MIT */
#include <mekit/image/signature.h>

const char *mk_signature_verdict_name(enum mk_signature_verdict v) {
    static const char *const names[] = {"valid", "invalid", "unsigned", "unsupported"};
    return names[v];
}

#define KEY_BITS_MAX 3072u

static enum mk_rsa_scheme scheme_of(const struct mk_manifest *m) {
    if (m->sha1)
        return MK_PKCS1_SHA1;
    return m->key_bits >= KEY_BITS_MAX ? MK_PSS_SHA384 : MK_PKCS1_SHA256;
}

bool mk_signature_key(const struct mk_manifest *m, struct mk_signature *s, struct mk_error *e) {
    char hex[2 * MK_DIGEST_MAX + 1];
    *s = (struct mk_signature){.scheme = scheme_of(m), .verdict = MK_SIGNATURE_UNSIGNED};
    if (!mk_digest_take(MK_SHA256, &m->modulus, 1, &s->modulus, e) ||
        !mk_digest_take(MK_MD5, &m->key_bytes, 1, &s->key_md5, e))
        return false;
    s->key = mk_key_find(mk_digest_hex(&s->modulus, hex));
    return true;
}

bool mk_signature_check(const struct mk_manifest *m, struct mk_signature *s, struct mk_error *e) {
    const struct mk_span parts[] = {mk_span_clip(m->bytes, 0, MK_MANIFEST_KEY_AT), m->body};
    const struct mk_rsa_key key = {m->modulus, m->exponent};
    struct mk_digest digest;
    enum mk_rsa_verdict verdict;
    if (!mk_signature_key(m, s, e))
        return false;
    if (m->is_unsigned)
        return true;
    if (m->key_bits > KEY_BITS_MAX) {
        s->verdict = MK_SIGNATURE_UNSUPPORTED;
        return true;
    }
    if (!mk_digest_take(mk_rsa_scheme_digest(s->scheme), parts, 2, &digest, e) ||
        !mk_rsa_verify(key, m->signature, s->scheme, &digest, &verdict, &s->salt_length, e))
        return false;
    s->verdict = verdict == MK_RSA_VALID ? MK_SIGNATURE_VALID : MK_SIGNATURE_INVALID;
    return true;
}
