/* SPDX-License-Identifier: MIT */
/* Forged images with some changed numbers, signed again if a manifest covers these. */
#ifndef MEKIT_TESTS_PATCHED_H
#define MEKIT_TESTS_PATCHED_H

#include "forged.h"

#include <forge/build.h>

/* Sets width bytes at offset at to value; width 0: no change; width FILL + n: n bytes of value. */
struct patch {
    uint64_t at;
    unsigned width;
    uint64_t value;
};
#define FILL 0x100u

static inline void patch(struct mk_buffer b, const struct patch *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (p[i].width < FILL)
            cr_assert(mk_buffer_uint(b, p[i].at, p[i].width, p[i].value));
        else
            cr_assert(mk_buffer_fill(b, p[i].at, p[i].width - FILL, (uint8_t)p[i].value));
    }
}

/* Signs the manifest at an offset with the forge's key whose public part it has. */
static inline void sign_anew(struct mk_buffer b, uint64_t at) {
    const char *const keys[] = {forge_key_2048_e17, forge_key_2048_e65537};
    uint8_t key[FORGE_KEY_MAX + 4];
    struct mk_span manifest = mk_span_clip(mk_buffer_span(b), at, b.n);
    struct forge_manifest m = {
        .structure =
            mk_structure_is_at(manifest, MK_STRUCTURE_MAN) ? MK_STRUCTURE_MAN : MK_STRUCTURE_MN2,
        .size = 4 * (uint32_t)mk_field_get(manifest, &mk_manifest_fields[MK_MANIFEST_SIZE])};
    for (size_t i = 0; i < 2; i++)
        if (mk_span_has(manifest, MK_MANIFEST_KEY_AT, key, forge_key_bytes(keys[i], key)))
            m.key = keys[i];
    cr_assert(m.key && forge_manifest_sign(b, at, &m));
}

#endif
