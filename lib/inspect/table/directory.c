/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <mekit/base/text.h>
#include <mekit/image/extent.h>
#include <stdio.h>
#include <string.h>

#define SUFFIX 4u     /* ".met" */
#define RUN    0x400u /* a run of FF or 00 in Huffman code; at most 63 in 16 stock modules */
#define STEP   0x200u

/* The files that every FTPR of ME 11 holds (198 of 198 images). */
static const char *const boot_modules[] = {"rbe", "kernel", "syslib", "bup"};

static bool inspect_boot_modules(const struct mk_image *image, const struct mk_partition *p,
                                 struct mk_findings *f, struct mk_error *e) {
    char text[80];
    for (size_t i = 0; i < sizeof boot_modules / sizeof *boot_modules; i++) {
        if (mk_module_find(p, boot_modules[i]))
            continue;
        snprintf(text, sizeof text, "its directory lists no %s, which is needed to boot",
                 boot_modules[i]);
        if (!mki_table_find(image, p, f, MK_FINDING_DIRECTORY_DAMAGED, p->bytes.at, text, e))
            return false;
    }
    return true;
}

static bool has_owner(const struct mk_partition *p, const struct mk_module *met) {
    struct mk_module owner = *met;
    owner.name_length -= SUFFIX;
    memset(owner.name + owner.name_length, 0, sizeof owner.name - owner.name_length);
    return mk_module_find_same(p, &owner);
}

static bool inspect_metadata(const struct mk_image *image, const struct mk_partition *p,
                             struct mk_findings *f, struct mk_error *e) {
    char text[120], name[MK_TEXT_ROOM(16)];
    for (size_t i = 0; i < p->n_modules; i++) {
        const struct mk_module *met = &p->modules[i];
        if (met->kind != MK_MODULE_METADATA || has_owner(p, met))
            continue;
        snprintf(text, sizeof text, "its directory lists %s without the module",
                 mk_text_mask(name, sizeof name, met->name, met->name_length));
        if (!mki_table_find(image, p, f, MK_FINDING_DIRECTORY_DAMAGED, met->stored.at, text, e))
            return false;
    }
    return true;
}

static bool inspect_name(const struct mk_image *image, const struct mk_partition *p,
                         struct mk_findings *f, struct mk_error *e) {
    bool same = memcmp(p->cpd.name, p->name, sizeof p->name) == 0;
    return same || mki_table_find(image, p, f, MK_FINDING_DIRECTORY_DAMAGED, p->bytes.at,
                                  "its directory has a different name", e);
}

static bool is_lost(struct mk_span block) {
    return block.n == RUN && (mk_span_is_filled(block, 0xFF) || mk_span_is_filled(block, 0x00));
}

/* Once a strip removed modules, the hash over FTPR proves nothing about the kept ones. */
static bool inspect_code(const struct mk_image *image, const struct mk_partition *p,
                         const struct mk_module *m, struct mk_findings *f, struct mk_error *e) {
    struct mk_span stored = mk_module_stored(m);
    char text[120], name[MK_TEXT_ROOM(16)];
    uint64_t at = 0;
    while (at < stored.n && !is_lost(mk_span_clip(stored, at, RUN)))
        at += STEP;
    if (at >= stored.n)
        return true;
    snprintf(text, sizeof text, "%s, which is needed to boot, contains only bytes %02X",
             mk_text_mask(name, sizeof name, m->name, m->name_length), mk_span_u8(stored, at));
    return mki_table_find(image, p, f, MK_FINDING_BOOT_CODE_DAMAGED, stored.at + at, text, e);
}

static bool inspect_boot_code(const struct mk_image *image, const struct mk_partition *p,
                              struct mk_findings *f, struct mk_error *e) {
    for (size_t i = 0; i < p->n_modules; i++) {
        const struct mk_module *m = &p->modules[i];
        if (m->essential && m->kind == MK_MODULE_CODE && m->compression == MK_HUFFMAN &&
            !inspect_code(image, p, m, f, e))
            return false;
    }
    return true;
}

/* SPS 4 does not maintain the checksum, and has other modules. */
bool mki_directory_inspect(const struct mk_image *image, const struct mk_partition *p,
                           struct mk_findings *f, struct mk_error *e) {
    const struct mk_firmware *firmware = &image->firmware;
    if (p->layout != MK_LAYOUT_DIRECTORY || p->problem.code || firmware->is_sps)
        return true;
    if (!p->cpd.checksum_right && !mki_table_find(image, p, f, MK_FINDING_DIRECTORY_DAMAGED,
                                                  p->bytes.at, "the checksum of $CPD is wrong", e))
        return false;
    if (p == firmware->boot && !p->has_manifest &&
        !mki_table_find(image, p, f, MK_FINDING_DIRECTORY_DAMAGED, p->bytes.at,
                        "its directory lists no manifest", e))
        return false;
    if (firmware->generation != MK_GENERATION_3)
        return true;
    return inspect_metadata(image, p, f, e) &&
           (p != firmware->boot ||
            (inspect_name(image, p, f, e) && inspect_boot_modules(image, p, f, e) &&
             inspect_boot_code(image, p, f, e)));
}
