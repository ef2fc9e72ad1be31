/* SPDX-License-Identifier: MIT */
#include <mekit/format/manifest.h>
#include <mekit/format/tag.h>

#include <stdio.h>
#include <string.h>

#define FIXED_SIZE      0x80u /* bytes before the modulus */
#define DWORD           4ull
#define RSA_2048_DWORDS 0x40u
#define RSA_3072_DWORDS 0x60u
#define RSA_4096_DWORDS 0x80u

const struct mk_field mk_manifest_fields[MK_MANIFEST_FIELDS] = {
    [MK_MANIFEST_TYPE] = {"type", 0x00, 2, 0, 0, "4: manifest"},
    [MK_MANIFEST_HEADER_LENGTH] = {"header length", 0x04, 4, 0, 0,
                                   "dwords, with key and signature"},
    [MK_MANIFEST_HEADER_VERSION] = {"header version", 0x08, 4, 0, 0, "10000; 21000 with 3072 bits"},
    [MK_MANIFEST_FLAGS] = {"flags", 0x0C, 4, 0, 0, "bit 31 debug signed, 30 pre-production, 0 PV"},
    [MK_MANIFEST_VENDOR] = {"vendor", 0x10, 4, 0, 0, "8086"},
    [MK_MANIFEST_DAY] = {"day", 0x14, 1, 0, 0, "BCD"},
    [MK_MANIFEST_MONTH] = {"month", 0x15, 1, 0, 0, "BCD"},
    [MK_MANIFEST_YEAR] = {"year", 0x16, 2, 0, 0, "BCD"},
    [MK_MANIFEST_SIZE] = {"size", 0x18, 4, 0, 0, "dwords, header and all that is signed"},
    [MK_MANIFEST_TAG] = {"tag", 0x1C, 4, 0, 0, "\"$MAN\" or \"$MN2\""},
    [MK_MANIFEST_MODULES] = {"modules", 0x20, 4, 0, 0, "number of $MME entries; CSE: build tag"},
    [MK_MANIFEST_MAJOR] = {"major", 0x24, 2, 0, 0, "version"},
    [MK_MANIFEST_MINOR] = {"minor", 0x26, 2, 0, 0, "version"},
    [MK_MANIFEST_HOTFIX] = {"hotfix", 0x28, 2, 0, 0, "version"},
    [MK_MANIFEST_BUILD] = {"build", 0x2A, 2, 0, 0, "version"},
    [MK_MANIFEST_SVN] = {"SVN", 0x2C, 4, 0, 0, "security version number"},
    [MK_MANIFEST_KEY_SIZE] = {"key size", 0x78, 4, 0, 0, "modulus, dwords"},
    [MK_MANIFEST_EXPONENT_SIZE] = {"exponent size", 0x7C, 4, 0, 0, "dwords"},
};

static uint32_t get(struct mk_span manifest, enum mk_manifest_field field) {
    return (uint32_t)mk_field_get(manifest, &mk_manifest_fields[field]);
}

static uint64_t place(struct mk_span manifest, enum mk_manifest_field field) {
    return manifest.at + mk_manifest_fields[field].offset;
}

char *mk_version_text(struct mk_version v, char out[MK_VERSION_ROOM]) {
    snprintf(out, MK_VERSION_ROOM, "%u.%u.%u.%u", v.major, v.minor, v.hotfix, v.build);
    return out;
}

bool mk_manifest_is_at(struct mk_span s) {
    return mk_tag_is_at(s, MK_MANIFEST_TAG_AT, MK_TAG_MN2) ||
           mk_tag_is_at(s, MK_MANIFEST_TAG_AT, MK_TAG_MAN);
}

static void read_plain_fields(struct mk_span s, struct mk_manifest *m) {
    m->sha1 = mk_tag_is_at(s, MK_MANIFEST_TAG_AT, MK_TAG_MAN);
    m->n_modules = get(s, MK_MANIFEST_MODULES);
    m->version = (struct mk_version){
        (uint16_t)get(s, MK_MANIFEST_MAJOR),
        (uint16_t)get(s, MK_MANIFEST_MINOR),
        (uint16_t)get(s, MK_MANIFEST_HOTFIX),
        (uint16_t)get(s, MK_MANIFEST_BUILD),
    };
    m->flags = get(s, MK_MANIFEST_FLAGS);
    m->vendor = get(s, MK_MANIFEST_VENDOR);
    m->svn = get(s, MK_MANIFEST_SVN);
    m->date =
        get(s, MK_MANIFEST_YEAR) << 16 | get(s, MK_MANIFEST_MONTH) << 8 | get(s, MK_MANIFEST_DAY);
}

/* The header consists of exactly the fixed part, two numbers of the key's size, and the exponent.
 */
static bool check_lengths(struct mk_span s, uint64_t *header, uint64_t *size, uint64_t *key,
                          struct mk_error *e) {
    uint32_t key_dwords = get(s, MK_MANIFEST_KEY_SIZE);
    if (key_dwords != RSA_2048_DWORDS && key_dwords != RSA_3072_DWORDS &&
        key_dwords != RSA_4096_DWORDS)
        return mk_fail_limit(e, MK_E_FIELD, place(s, MK_MANIFEST_KEY_SIZE), key_dwords,
                             RSA_2048_DWORDS, "dwords of the manifest's key");
    if (get(s, MK_MANIFEST_EXPONENT_SIZE) != 1)
        return mk_fail_limit(e, MK_E_FIELD, place(s, MK_MANIFEST_EXPONENT_SIZE),
                             get(s, MK_MANIFEST_EXPONENT_SIZE), 1, "dwords of the exponent");
    *key = (uint64_t)key_dwords * DWORD;
    *header = (uint64_t)get(s, MK_MANIFEST_HEADER_LENGTH) * DWORD;
    if (*header != FIXED_SIZE + DWORD + 2 * *key)
        return mk_fail_limit(e, MK_E_FIELD, place(s, MK_MANIFEST_HEADER_LENGTH), *header,
                             FIXED_SIZE + DWORD + 2 * *key, "manifest header length");
    *size = (uint64_t)get(s, MK_MANIFEST_SIZE) * DWORD;
    if (*size < *header)
        return mk_fail_limit(e, MK_E_FIELD, place(s, MK_MANIFEST_SIZE), *size, *header,
                             "manifest size below its header");
    if (*size > s.n)
        return mk_fail_limit(e, MK_E_RANGE, place(s, MK_MANIFEST_SIZE), *size, s.n,
                             "manifest size beyond its container");
    if (*size > MK_LIMIT_MANIFEST)
        return mk_fail_limit(e, MK_E_FIELD, place(s, MK_MANIFEST_SIZE), *size, MK_LIMIT_MANIFEST,
                             "manifest size");
    return true;
}

bool mk_manifest_read(struct mk_span s, struct mk_manifest *m, struct mk_error *e) {
    uint64_t header = 0, size = 0, key = 0;
    if (!mk_manifest_is_at(s))
        return mk_fail(e, MK_E_TAG, s.at + MK_MANIFEST_TAG_AT, "expected \"$MN2\" or \"$MAN\"");
    if (s.n < FIXED_SIZE)
        return mk_fail(e, MK_E_TRUNCATED, s.at + s.n, "the manifest is cut off");
    if (!check_lengths(s, &header, &size, &key, e))
        return false;
    *m = (struct mk_manifest){.key_bits = (unsigned)key * 8};
    read_plain_fields(s, m);
    m->bytes = mk_span_clip(s, 0, size);
    m->body = mk_span_clip(s, header, size - header);
    m->modulus = mk_span_clip(s, MK_MANIFEST_KEY_AT, key);
    m->exponent = mk_span_u32(s, MK_MANIFEST_KEY_AT + key);
    m->key_bytes = mk_span_clip(s, MK_MANIFEST_KEY_AT, key + DWORD);
    m->signature = mk_span_clip(s, MK_MANIFEST_KEY_AT + key + DWORD, key);
    m->is_unsigned = mk_span_is_filled(m->key_bytes, 0) && mk_span_is_filled(m->signature, 0);
    return true;
}

bool mk_manifest_tag_find(const struct mk_manifest *m, uint64_t offset, const char tag[4],
                          struct mk_span *out) {
    struct mk_span head;
    while (mk_span_cut(m->bytes, offset, 2 * DWORD, &head) && mk_span_has(head, 0, "$", 1)) {
        uint64_t size = (uint64_t)mk_span_u32(head, DWORD) * DWORD;
        if (size < 2 * DWORD || !mk_span_cut(m->bytes, offset, size, &head))
            return false;
        if (mk_span_has(head, 0, tag, 4)) {
            *out = head;
            return true;
        }
        offset += size;
    }
    return false;
}
