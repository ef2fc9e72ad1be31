/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <forge/cse/cse.h>
#include <mekit/format/bpdt.h>
#include <mekit/format/cpd.h>
#include <mekit/format/fpt.h>
#include <mekit/format/layout.h>
#include <mekit/format/structure.h>
#include <string.h>

#define ALIGN 4u
#define PAGE  0x1000u
#define KEYS  4u

static void mend_fpt(struct mk_buffer b, uint64_t region) {
    struct mk_fpt fpt;
    if (!mk_fpt_read(mk_span_clip(mk_buffer_span(b), region, b.n), &fpt, NULL))
        return;
    if (fpt.crc != fpt.crc_expected)
        forge_field(b, region + fpt.at, &mk_fpt_fields[MK_FPT_FLAGS], fpt.crc_expected);
    if (fpt.checksum != fpt.checksum_expected)
        forge_field(b, region + fpt.at, &mk_fpt_fields[MK_FPT_CHECKSUM], fpt.checksum_expected);
}

static void mend_bpdt(struct mk_buffer b, uint64_t at) {
    struct mk_bpdt bpdt;
    if (mk_bpdt_read(mk_span_clip(mk_buffer_span(b), at, b.n), &bpdt, NULL) &&
        bpdt.crc != bpdt.crc_expected)
        forge_field(b, at, &mk_bpdt_fields[MK_BPDT_CRC], bpdt.crc_expected);
}

static void mend_layout(struct mk_buffer b, uint64_t at) {
    struct mk_layout layout;
    if (mk_layout_read(mk_span_clip(mk_buffer_span(b), at, b.n), &layout) &&
        layout.crc != layout.crc_expected)
        forge_field(b, at, &mk_layout_fields[MK_LAYOUT_CRC], layout.crc_expected);
}

static void mend_directory(struct mk_buffer b, uint64_t at) {
    struct mk_cpd cpd;
    if (!mk_cpd_read(mk_span_clip(mk_buffer_span(b), at, b.n), b.n - at, &cpd, NULL))
        return;
    if (!cpd.checksum_right)
        forge_cse_directory_sum(b, at);
    mk_cpd_free(&cpd);
}

/* The forge's key with these bytes, or NULL. */
static const char *key_of(struct mk_span bytes) {
    static const char *const pems[KEYS] = {forge_key_2048_e17, forge_key_2048_e65537,
                                           forge_key_3072_e65537, forge_key_3072_oem};
    static uint8_t keys[KEYS][FORGE_KEY_MAX + 4];
    static size_t sizes[KEYS];
    for (size_t i = 0; i < KEYS; i++) {
        if (sizes[i] == 0)
            sizes[i] = forge_key_bytes(pems[i], keys[i]);
        if (mk_span_equal(bytes, mk_span_of(keys[i], sizes[i])))
            return pems[i];
    }
    return NULL;
}

static void mend_manifest(struct mk_buffer b, uint64_t at) {
    struct mk_manifest found;
    if (!mk_manifest_read(mk_span_clip(mk_buffer_span(b), at, b.n), &found, NULL))
        return;
    struct forge_manifest m = {.structure = found.sha1 ? MK_STRUCTURE_MAN : MK_STRUCTURE_MN2,
                               .size = (uint32_t)found.bytes.n,
                               .key = key_of(found.key_bytes),
                               .rsa_3072 = found.key_bits == 3072,
                               .salt_length = 48,
                               .salt_seed = "mended"};
    forge_manifest_sign(b, at, &m);
}

/* Skips places without a tag quickly, since a file has many of them. */
static bool may_be_tag(uint32_t word) {
    uint8_t first = word & 0xFF;
    return first == '$' || first == 0xAA;
}

static void mend_at(struct mk_buffer b, uint64_t at, bool sign) {
    struct mk_span s = mk_span_clip(mk_buffer_span(b), at, b.n);
    if (mk_structure_is_at(s, MK_STRUCTURE_FPT))
        mend_fpt(b, at % PAGE == 0 || at < 0x10 ? at : at - 0x10);
    else if (mk_structure_is_at(s, MK_STRUCTURE_CPD))
        mend_directory(b, at);
    else if (sign && at >= MK_MANIFEST_TAG_AT && mk_span_has(s, 0, "$M", 2))
        mend_manifest(b, at - MK_MANIFEST_TAG_AT);
    else if (mk_bpdt_is_at(s))
        mend_bpdt(b, at);
}

void fuzz_mend(struct mk_buffer b, bool sign) {
    for (uint64_t at = 0; at + ALIGN <= b.n; at += ALIGN) {
        if (may_be_tag(fuzz_word(b.p + at)))
            mend_at(b, at, sign);
        if (at % PAGE == 0)
            mend_layout(b, at);
    }
}
