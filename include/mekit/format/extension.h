/* SPDX-License-Identifier: MIT */
/* Extensions: {u32 type, u32 size, these 8 bytes included}. In manifests they follow the header, in
 * .met files they start at 0. Offsets below count from the extension's start. "reversed": the
 * digest is stored with its bytes in reverse order. Source: MEAnalyzer 089b991; checked on 809
 * partitions. */
#ifndef MEKIT_FORMAT_EXTENSION_H
#define MEKIT_FORMAT_EXTENSION_H

#include <mekit/base/api.h>
#include <mekit/base/field.h>

MK_BEGIN_DECLS

#define MK_EXTENSION_PARTITION_INFO      0x03u /* partition hash, list of metadata (CSME 11) */
#define MK_EXTENSION_MODULE              0x0Au /* module attributes; in .met */
#define MK_EXTENSION_CLIENT              0x0Cu /* client system info: SKU */
#define MK_EXTENSION_KEYS                0x0Eu /* key manifest */
#define MK_EXTENSION_PACKAGE_INFO        0x0Fu /* list of metadata (TXE 3, CSME 12 and later) */
#define MK_EXTENSION_IUNIT               0x10u
#define MK_EXTENSION_BOOT_POLICY         0x13u
#define MK_EXTENSION_IFWI_PARTITION_INFO 0x16u /* partition hash (CSME 12 and later) */
#define MK_EXTENSION_TYPE_C              0x18u /* lists of hashes: 18, 19, 1A */
#define MK_EXTENSION_TYPE_C_LAST         0x1Au
#define MK_EXTENSION_KEYS_V2             0x22u /* key manifest of firmware without FTPR */
#define MK_EXTENSION_PACKAGE_INFO_V2     0x23u /* its list of metadata */
#define MK_EXTENSION_SPS_PLATFORM        0x32u

#define MK_HASH_256 32u
#define MK_HASH_384 48u

/* Steps to the next extension of a chain. *cursor starts at 0. False at the end, or if the chain is
 * broken (a size below 8 or beyond the end), which sets *broken. */
bool mk_extension_next(struct mk_span chain, uint64_t *cursor, uint32_t *type,
                       struct mk_span *extension, bool *broken);

/* The first extension of a type. */
bool mk_extension_find(struct mk_span chain, uint32_t type, struct mk_span *extension);

/* ---- 0A, module attributes ---- */

enum mk_attribute_field {
    MK_ATTRIBUTE_COMPRESSION,
    MK_ATTRIBUTE_ENCRYPTION,
    MK_ATTRIBUTE_CODE_SIZE,
    MK_ATTRIBUTE_STORED_SIZE,
    MK_ATTRIBUTE_FIELDS
};
extern const struct mk_field mk_attribute_fields[MK_ATTRIBUTE_FIELDS];
#define MK_ATTRIBUTE_HASH_AT 0x18u
/* The module's hash, reversed; empty if the extension's size leaves no room for exactly one. */
struct mk_span mk_attribute_hash(struct mk_span extension);

/* ---- 0C, client system info ---- */

enum mk_client_field { MK_CLIENT_SKU, MK_CLIENT_FIELDS };
extern const struct mk_field mk_client_fields[MK_CLIENT_FIELDS];
#define MK_CLIENT_SIZE     0x30u
#define MK_CLIENT_SKU_SLIM 2u

/* ---- 03 and 16: the hash of the whole partition except its manifest, reversed ---- */

struct mk_partition_hash {
    uint32_t size; /* bytes of the partition that the hash covers */
    struct mk_span hash;
};
/* hash_size: that of the manifest's generation (extension 03 does not give it). False: neither 03
 * nor 16, or no valid hash in it. */
bool mk_partition_hash_read(struct mk_span extension, uint32_t type, uint64_t hash_size,
                            struct mk_partition_hash *out);

/* The version control number in extension 03 of the 2048-bit generation (no other has it). False:
 * chain has none. */
bool mk_partition_vcn_read(struct mk_span chain, uint32_t *vcn);

/* ---- 03, 0F, 23: lists of .met files with their hashes, reversed ---- */

#define MK_LISTED_NAME 12u
struct mk_listed {
    struct mk_span name; /* 12 bytes, NUL-padded; with or without ".met" */
    struct mk_span hash;
};
/* *cursor starts at 0. False at the end, and for any other type. */
bool mk_listed_next(struct mk_span extension, uint32_t type, uint64_t hash_size, uint64_t *cursor,
                    struct mk_listed *out);

/* ---- 10, 13, 18-1A: hashes of stored modules, in natural order ---- */

struct mk_known_hash {
    uint32_t kind; /* 18-1A: as stored (1 iom, 4 iom.cd, B iom.hwcd); else its index, from 0 */
    uint32_t size; /* bytes that it covers, from the module's start; 0: all */
    struct mk_span hash;
};
/* An extension 10 of image type 2 (IPU 6) has hashes of components whose places nobody knows: it
 * yields a hash only if there is exactly one. */
bool mk_known_hash_next(struct mk_span extension, uint32_t type, uint64_t *cursor,
                        struct mk_known_hash *out);

/* ---- 0E, 22: the keys that a platform accepts ---- */

struct mk_key_listed {
    struct mk_span usages; /* 0E: a bitmap of 128 bits */
    int usage;             /* 22: the only usage; 0E: -1 */
    struct mk_span hash;   /* over modulus and exponent as stored; natural order */
};
bool mk_key_listed_next(struct mk_span extension, uint64_t *cursor, struct mk_key_listed *out);
/* The first usage at or above from, or -1: in a bitmap, or of a key of either kind of list. */
int mk_usage_next(struct mk_span usages, int from);
int mk_key_usage_next(const struct mk_key_listed *key, int from);
/* The name of a usage: "NFTP", "OEM key"; "?": unknown. */
const char *mk_usage_name(int usage);

/* ---- 0F: security numbers; of these, 23 has name and VCN ---- */

#define MK_PACKAGE_SIZE    0x34u /* its list begins there; a shorter extension lacks some fields */
#define MK_PACKAGE_V2_SIZE 0x28u

enum mk_package_field {
    MK_PACKAGE_NAME,
    MK_PACKAGE_VCN,
    MK_PACKAGE_ARB_SVN,
    MK_PACKAGE_SKU,
    MK_PACKAGE_FIELDS
};
extern const struct mk_field mk_package_fields[MK_PACKAGE_FIELDS];

MK_END_DECLS

#endif
