/* SPDX-License-Identifier: MIT */
/* Message digests, by libcrypto. */
#ifndef MEKIT_CODEC_DIGEST_H
#define MEKIT_CODEC_DIGEST_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/span.h>

MK_BEGIN_DECLS

enum mk_digest_kind { MK_MD5, MK_SHA1, MK_SHA256, MK_SHA384 };

#define MK_DIGEST_MAX 48

struct mk_digest {
    enum mk_digest_kind kind;
    size_t n; /* bytes: 16, 20, 32, 48 */
    uint8_t bytes[MK_DIGEST_MAX];
};

const char *mk_digest_name(enum mk_digest_kind kind); /* "sha256" */
size_t mk_digest_size(enum mk_digest_kind kind);

/* Digests the parts one after the other. Fails only with MEMORY. */
bool mk_digest_take(enum mk_digest_kind kind, const struct mk_span *parts, size_t n_parts,
                    struct mk_digest *out, struct mk_error *e);

/* Compares with stored bytes. reversed: they are in reverse order, as Intel stores most digests. */
bool mk_digest_equals(const struct mk_digest *d, struct mk_span stored, bool reversed);

/* Lower-case hex, 2 * n characters and a NUL. Returns out. */
char *mk_digest_hex(const struct mk_digest *d, char out[2 * MK_DIGEST_MAX + 1]);

MK_END_DECLS

#endif
