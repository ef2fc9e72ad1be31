/* SPDX-License-Identifier: MIT */
#include <mekit/format/mme.h>
#include <mekit/format/tag.h>

#define STRIDE_GENERATION_1 0x50u
#define STRIDE_ME           0x60u
#define STRIDE_TXE          0x80u

const struct mk_field mk_mme_fields[MK_MME_FIELDS] = {
    [MK_MME_TAG] = {"tag", 0x00, 4, 0, 0, "\"$MME\""},
    [MK_MME_NAME] = {"name", 0x04, 16, 0, 0, "NUL-padded"},
    [MK_MME_HASH] = {"hash", 0x14, 32, 0, 0, "SHA-256, bytes reversed"},
    [MK_MME_LOAD_BASE] = {"load base", 0x34, 4, 0, 0, "virtual address"},
    [MK_MME_OFFSET] = {"offset", 0x38, 4, 0, 0, "from the manifest; Huffman: of the LLUT"},
    [MK_MME_CODE_SIZE] = {"code size", 0x3C, 4, 0, 0, "uncompressed, with API pages"},
    [MK_MME_STORED_SIZE] = {"stored size", 0x40, 4, 0, 0, "bytes in flash"},
    [MK_MME_MEMORY_SIZE] = {"memory size", 0x44, 4, 0, 0, "bytes in memory"},
    [MK_MME_PRE_UMA_SIZE] = {"pre-UMA size", 0x48, 4, 0, 0, "bytes before UMA is there"},
    [MK_MME_ENTRY] = {"entry", 0x4C, 4, 0, 0, "entry point"},
    [MK_MME_FLAGS] = {"flags", 0x50, 4, 0, 0, "load state, compression, stage"},
    [MK_MME_COMPRESSION] = {"compression", 0x50, 4, 4, 3, "0 none, 1 Huffman, 2 LZMA"},
    [MK_MME_LOAD] = {"load", 0x50, 4, 14, 1, "the module is loaded"},
    [MK_MME_API_PAGES1] = {"API pages 1", 0x50, 4, 17, 3, "4 KiB pages that are not stored"},
    [MK_MME_API_PAGES2] = {"API pages 2", 0x50, 4, 20, 2, "4 KiB pages that are not stored"},
    [MK_MME_ENCRYPTED] = {"encrypted", 0x54, 4, 0, 0, "TXE: 1 = encrypted"},
};

const struct mk_field mk_mme1_fields[MK_MME1_FIELDS] = {
    [MK_MME1_TAG] = {"tag", 0x00, 4, 0, 0, "\"$MME\""},
    [MK_MME1_NAME] = {"name", 0x1C, 16, 0, 0, "NUL-padded"},
    [MK_MME1_HASH] = {"hash", 0x2C, 20, 0, 0, "SHA-1"},
    [MK_MME1_SIZE] = {"size", 0x40, 4, 0, 0, "bytes"},
    [MK_MME1_FLAGS] = {"flags", 0x44, 4, 0, 0, "flags"},
};

uint64_t mk_mme_start(const struct mk_manifest *m) {
    return mk_span_offset(m->bytes, m->body) + MK_MANIFEST_NAME_SIZE;
}

unsigned mk_mme_stride(const struct mk_manifest *m, unsigned sibling) {
    if (m->sha1)
        return STRIDE_GENERATION_1;
    if (m->n_modules > 1)
        return mk_tag_is_at(m->bytes, mk_mme_start(m) + STRIDE_TXE, MK_TAG_MME) ? STRIDE_TXE
                                                                                : STRIDE_ME;
    return sibling ? sibling : STRIDE_ME;
}

bool mk_mme_read(const struct mk_manifest *m, unsigned stride, unsigned i, struct mk_span *entry,
                 struct mk_error *e) {
    uint64_t offset = mk_mme_start(m) + (uint64_t)i * stride;
    if (i >= MK_LIMIT_MODULES)
        return mk_fail_limit(e, MK_E_COUNT,
                             m->bytes.at + mk_manifest_fields[MK_MANIFEST_MODULES].offset, i + 1,
                             MK_LIMIT_MODULES, "modules in a manifest");
    if (!mk_span_cut(m->bytes, offset, stride, entry))
        return mk_fail_limit(e, MK_E_COUNT,
                             m->bytes.at + mk_manifest_fields[MK_MANIFEST_MODULES].offset,
                             m->n_modules, i, "modules in a manifest that has room for fewer");
    if (!mk_tag_is_at(*entry, 0, MK_TAG_MME))
        return mk_fail(e, MK_E_TAG, entry->at, "expected \"$MME\" of module %u", i);
    return true;
}
