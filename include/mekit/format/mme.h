/* SPDX-License-Identifier: MIT */
/* $MME: the module entries of generations 1 (0x50 bytes) and 2 (0x60; TXE 0x80), after the
 * manifest's header and partition name. */
#ifndef MEKIT_FORMAT_MME_H
#define MEKIT_FORMAT_MME_H

#include <mekit/base/api.h>
#include <mekit/format/manifest.h>

MK_BEGIN_DECLS

enum mk_mme_field {
    MK_MME_TAG,
    MK_MME_NAME,
    MK_MME_HASH, /* SHA-256, bytes reversed */
    MK_MME_LOAD_BASE,
    MK_MME_OFFSET, /* from the manifest; for Huffman modules, of the LLUT */
    MK_MME_CODE_SIZE,
    MK_MME_STORED_SIZE,
    MK_MME_MEMORY_SIZE,
    MK_MME_PRE_UMA_SIZE,
    MK_MME_ENTRY,
    MK_MME_FLAGS,
    MK_MME_COMPRESSION, /* bits 6:4 of the flags: 0 none, 1 Huffman, 2 LZMA */
    MK_MME_LOAD,        /* 14: the module is loaded */
    MK_MME_API_PAGES1,  /* 19:17 */
    MK_MME_API_PAGES2,  /* 21:20 */
    MK_MME_ENCRYPTED,   /* 0x54 of the 0x80-byte entry */
    MK_MME_FIELDS
};
extern const struct mk_field mk_mme_fields[MK_MME_FIELDS];

/* The 0x50-byte entry of generation 1. */
enum mk_mme1_field {
    MK_MME1_TAG,
    MK_MME1_NAME,
    MK_MME1_HASH,
    MK_MME1_SIZE,
    MK_MME1_FLAGS,
    MK_MME1_FIELDS
};
extern const struct mk_field mk_mme1_fields[MK_MME1_FIELDS];

/* Entry size of this manifest's list: 0x50 for $MAN; else 0x60 or 0x80, depending on the place of
 * the second "$MME"; with a single module: sibling (the entry size in FTPR of the same image), or
 * 0x60 if sibling is 0. */
unsigned mk_mme_stride(const struct mk_manifest *m, unsigned sibling);

/* Where the list begins in the manifest, and entry number i (a span of stride bytes). COUNT, RANGE,
 * TAG. */
uint64_t mk_mme_start(const struct mk_manifest *m);
bool mk_mme_read(const struct mk_manifest *m, unsigned stride, unsigned i, struct mk_span *entry,
                 struct mk_error *e);

MK_END_DECLS

#endif
