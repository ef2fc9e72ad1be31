/* SPDX-License-Identifier: MIT */
/* Manifests: $MAN (generation 1) and $MN2 (all later). A header with an RSA key and a signature,
 * then the signed content: a module list (generation 1, 2) or extensions (generation 3).
 *
 * Signed bytes: [0, 0x80) and [header length, size). Checked on some 1,500 manifests. */
#ifndef MEKIT_FORMAT_MANIFEST_H
#define MEKIT_FORMAT_MANIFEST_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/field.h>
#include <mekit/base/limit.h>

MK_BEGIN_DECLS

enum mk_manifest_field {
    MK_MANIFEST_TYPE,
    MK_MANIFEST_HEADER_LENGTH, /* dwords: 0xA1, 0xE1, 0x121 */
    MK_MANIFEST_HEADER_VERSION,
    MK_MANIFEST_FLAGS,
    MK_MANIFEST_VENDOR,
    MK_MANIFEST_DAY,
    MK_MANIFEST_MONTH,
    MK_MANIFEST_YEAR,
    MK_MANIFEST_SIZE, /* dwords */
    MK_MANIFEST_TAG,
    MK_MANIFEST_MODULES, /* number of modules in generation 1, 2; later a build tag */
    MK_MANIFEST_MAJOR,
    MK_MANIFEST_MINOR,
    MK_MANIFEST_HOTFIX,
    MK_MANIFEST_BUILD,
    MK_MANIFEST_SVN,
    MK_MANIFEST_KEY_SIZE,      /* dwords: 0x40, 0x60, 0x80 */
    MK_MANIFEST_EXPONENT_SIZE, /* dwords: 1 */
    MK_MANIFEST_FIELDS
};
extern const struct mk_field mk_manifest_fields[MK_MANIFEST_FIELDS];

#define MK_MANIFEST_TAG_AT    0x1Cu
#define MK_MANIFEST_KEY_AT    0x80u
#define MK_MANIFEST_NAME_SIZE 12u /* generation 1, 2: partition name after the header */

struct mk_version {
    uint16_t major, minor, hotfix, build;
};
/* "8.0.20.1513" */
#define MK_VERSION_ROOM 24
char *mk_version_text(struct mk_version v, char out[MK_VERSION_ROOM]);

struct mk_manifest {
    struct mk_span bytes; /* the whole manifest, as long as its size field says */
    struct mk_span body;  /* after the header: [header length, size) */
    bool sha1;            /* $MAN */
    unsigned n_modules;   /* as stored: check it before use */
    struct mk_version version;
    uint32_t flags, vendor, svn, date; /* date: BCD yyyymmdd */
    unsigned key_bits;
    struct mk_span modulus; /* little endian, as is the signature */
    uint32_t exponent;
    struct mk_span key_bytes; /* modulus and exponent as stored: key lists use their MD5 */
    struct mk_span signature;
    bool is_unsigned; /* modulus, exponent and signature all zero */
};

/* True if "$MN2" or "$MAN" is at 0x1C. */
bool mk_manifest_is_at(struct mk_span s);

/* Reads the manifest at the start of s, which may be longer. TAG, TRUNCATED, or RANGE/FIELD with
 * the offset of the wrong field: header length (!= 0x84 + 2 keys), size (below the header or beyond
 * s), key size. */
bool mk_manifest_read(struct mk_span s, struct mk_manifest *m, struct mk_error *e);

/* Tagged blocks follow the modules of generation 2 ($SKU, $MCP, ...): u32 tag, u32 length in
 * dwords, header included. Finds the block with this tag from offset on (manifest-relative); *out:
 * its bytes. False: none. */
bool mk_manifest_tag_find(const struct mk_manifest *m, uint64_t offset, const char tag[4],
                          struct mk_span *out);

MK_END_DECLS

#endif
