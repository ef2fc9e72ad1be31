/* SPDX-License-Identifier: MIT */
#include <mekit/verify/boot.h>

#include "verify.h"

#include <mekit/base/arith.h>
#include <mekit/base/limit.h>
#include <mekit/base/text.h>
#include <mekit/image/signature.h>
#include <mekit/image/unpack.h>
#include <stdlib.h>
#include <string.h>

#define SPARE 0x1000u

static bool check_signature(const struct mk_partition *boot, struct mk_error *e) {
    struct mk_signature signature;
    if (!mk_signature_check(&boot->manifest, &signature, e))
        return false;
    if (signature.verdict == MK_SIGNATURE_VALID)
        return true;
    char name[MK_TEXT_ROOM(4)];
    return mk_fail(e, MK_E_SIGNATURE, boot->manifest.bytes.at, "%s's manifest is %s",
                   mk_text_mask(name, sizeof name, boot->name, 4),
                   mk_signature_verdict_name(signature.verdict));
}

/* A stripped partition ends before its nominal end, with spare pages after the last module. Any
 * other partition that ends early was cut off. */
bool mk_boot_check_length(const struct mk_image *image, struct mk_error *e) {
    const struct mk_partition *boot = image->firmware.boot;
    uint64_t length = boot->end - boot->start;
    struct mk_span tail = mk_span_clip(boot->bytes, length - mk_min(length, SPARE), SPARE);
    bool stripped;
    if (length >= boot->size || mk_span_is_filled(tail, 0xFF))
        return true;
    if (!mk_partition_is_stripped(boot, image->region, &stripped, e))
        return false;
    if (stripped)
        return true;
    return mk_fail_limit(e, MK_E_TRUNCATED, image->region.at + image->region.n, boot->size, length,
                         "the boot partition continues past the end; its size");
}

static bool is_named(const struct mk_fpt_entry *entry, const struct mk_boot_name *boot) {
    return boot->alone && memcmp(entry->name, boot->name, sizeof entry->name) == 0;
}

static bool begins_behind_the_end(const struct mk_fpt *fpt, size_t region_size) {
    for (unsigned i = 0; i < fpt->n; i++) {
        const struct mk_fpt_entry *entry = &fpt->entries[i];
        bool boot = false;
        for (size_t k = 0; k < MK_BOOT_NAMES; k++)
            boot = boot || is_named(entry, &mk_boot_names[k]);
        if (boot && entry->offset >= region_size && entry->offset != UINT32_MAX)
            return true;
    }
    return false;
}

bool mk_boot_missing(const struct mk_image *image, struct mk_error *e) {
    for (size_t i = 0; i < MK_BOOT_NAMES; i++) {
        const char *name = mk_boot_names[i].name;
        const struct mk_partition *p = mk_partition_find(&image->firmware, name);
        if (!p || !mk_boot_names[i].alone)
            continue;
        return mk_span_is_filled(p->bytes, 0xFF)
                   ? mk_fail(e, MK_E_ERASED, p->bytes.at, "%s is erased", name)
                   : mk_fail(e, MK_E_TAG, p->bytes.at,
                             "%s begins with neither a manifest nor a $CPD", name);
    }
    if (begins_behind_the_end(&image->firmware.fpt, image->region.n))
        return mk_fail(e, MK_E_TRUNCATED, image->region.at + image->region.n,
                       "the boot partition begins past the end");
    return mk_fail(e, MK_E_NO_OPERATION, image->region.at,
                   "the partition table lists no FTPR and no CODE");
}

static bool boots_by_its_name(const struct mk_firmware *f) {
    return f->indivisible || memcmp(f->boot->name, "FTPR", 4) == 0;
}

bool mk_boot_check(const struct mk_image *image, struct mk_error *e) {
    const struct mk_firmware *f = &image->firmware;
    if (image->me_truncated)
        return mk_fail(e, MK_E_TRUNCATED, image->bytes.n,
                       "the ME region continues past the end of the file");
    if (!f->boot)
        return mk_boot_missing(image, e);
    if (!f->boot->has_manifest)
        return f->boot->problem.code
                   ? mk_fail_as(e, &f->boot->problem)
                   : mk_fail(e, MK_E_TAG, f->boot->bytes.at, "FTPR has no manifest");
    if (!boots_by_its_name(f))
        return mk_fail(
            e, MK_E_NO_OPERATION, f->boot->bytes.at,
            "firmware of this generation boots from FTPR, but the table does not list it");
    if (!check_signature(f->boot, e))
        return false;
    return !f->boot->problem.code || mk_fail_as(e, &f->boot->problem);
}

/* An edit of the manifest, the directory or the page table would also change pages that overlap
 * them. */
static bool meets_head(const struct mk_partition *boot, struct mk_ranges *bytes) {
    struct mk_head head = mk_partition_head(boot);
    return mk_ranges_meet(bytes, 0, head.front.end) ||
           (boot->has_llut && mk_ranges_meet(bytes, head.pages.start, head.pages.end));
}

static bool has_hash_of(struct mk_span bytes, const struct mk_module *m, bool *same,
                        struct mk_error *e) {
    struct mk_digest digest;
    *same = false;
    if (!mk_digest_take(MK_SHA256, &bytes, 1, &digest, e))
        return false;
    *same = mk_digest_equals(&digest, m->hash, !m->hash_natural);
    return true;
}

static bool take_work(const struct mk_module *m, uint64_t *work, struct mk_error *e) {
    uint64_t wanted = mk_module_stored(m).n;
    if (m->compression == MK_LZMA)
        wanted += mk_module_code_size(m, NULL);
    return mki_work_spend(work, wanted, m->entry.at, e);
}

/* Before an edit, check every module that needs no codebook. In a directory most hashes cover the
 * stored bytes; in generation 2 they cover the code. */
static bool check_hash(const struct mk_image *image, const struct mk_module *m, uint64_t *work,
                       struct mk_error *e) {
    const struct mk_partition *boot = image->firmware.boot;
    bool directory = boot->layout == MK_LAYOUT_DIRECTORY, same = false;
    struct mk_buffer code;
    struct mk_error problem = {0};
    if (m->hash.n != MK_HASH_256 || mk_span_is_filled(m->hash, 0) || m->encrypted ||
        (m->compression != MK_STORED && m->compression != MK_LZMA))
        return true;
    if (!take_work(m, work, e))
        return false;
    if (directory && !has_hash_of(mk_module_stored(m), m, &same, e))
        return false;
    if (!same && mk_module_unpack(image->region, boot, m, NULL, &code, &problem)) {
        bool taken = has_hash_of(mk_buffer_span(code), m, &same, e);
        free(code.p);
        if (!taken)
            return false;
    }
    if (problem.code == MK_E_MEMORY)
        return mk_fail_as(e, &problem);
    char name[MK_TEXT_ROOM(16)];
    return same || mk_fail(e, MK_E_SIGNATURE, m->stored.at,
                           "%s, which is needed to boot, does not match its hash in the manifest",
                           mk_text_mask(name, sizeof name, m->name, m->name_length));
}

static bool check_end(const struct mk_image *image, const struct mk_module *m, uint64_t end,
                      struct mk_error *e) {
    const struct mk_partition *boot = image->firmware.boot;
    if (boot->layout == MK_LAYOUT_DIRECTORY)
        end = mk_module_stored_end(m);
    if (end <= boot->end)
        return true;
    return mk_fail_limit(e, MK_E_TRUNCATED, image->region.at + boot->end, end, boot->end,
                         "a module that is needed to boot ends past the end of its partition");
}

bool mk_boot_check_ends(const struct mk_image *image, struct mk_error *e) {
    const struct mk_partition *boot = image->firmware.boot;
    for (size_t i = 0; i < boot->n_modules; i++) {
        const struct mk_module *m = &boot->modules[i];
        struct mk_ranges bytes = {0};
        if (!m->essential)
            continue;
        bool placed = mk_module_extents(boot, m, &bytes);
        uint64_t end = mk_ranges_end(&bytes);
        mk_ranges_free(&bytes);
        if (!placed)
            return mk_fail_memory(e);
        if (!check_end(image, m, end, e))
            return false;
    }
    return true;
}

static bool check_module(const struct mk_image *image, const struct mk_module *m, uint64_t *work,
                         struct mk_error *e) {
    const struct mk_partition *boot = image->firmware.boot;
    struct mk_ranges bytes = {0};
    char name[MK_TEXT_ROOM(16)];
    mk_text_mask(name, sizeof name, m->name, m->name_length);
    bool placed = mk_module_extents(boot, m, &bytes);
    uint64_t end = mk_ranges_end(&bytes);
    bool misplaced = m->kind == MK_MODULE_CODE && meets_head(boot, &bytes);
    bool erased = end > 0 && mk_extents_are_filled(&bytes, image->region, 0xFF);
    mk_ranges_free(&bytes);
    if (!placed)
        return mk_fail_memory(e);
    if (end == 0 && boot->layout == MK_LAYOUT_MANIFEST)
        return mk_fail(e, MK_E_TAG, m->entry.at, "%s has no bytes%s", name,
                       m->compression == MK_HUFFMAN ? ": there is no LLUT" : "");
    if (m->kind == MK_MODULE_CODE && erased)
        return mk_fail(e, MK_E_ERASED, boot->bytes.at, "%s, which is needed to boot, is gone",
                       name);
    if (!check_end(image, m, end, e))
        return false;
    if (misplaced)
        return mk_fail(e, MK_E_RANGE, m->entry.at, "%s overlaps the manifest or a table", name);
    return m->kind != MK_MODULE_CODE || check_hash(image, m, work, e);
}

bool mk_boot_check_modules(const struct mk_image *image, struct mk_error *e) {
    const struct mk_partition *boot = image->firmware.boot;
    uint64_t work = MK_LIMIT_WORK(image->bytes.n);
    size_t code = 0;
    if (!mk_boot_check_length(image, e))
        return false;
    for (size_t i = 0; i < boot->n_modules; i++) {
        const struct mk_module *m = &boot->modules[i];
        if (!m->essential)
            continue;
        if (!check_module(image, m, &work, e))
            return false;
        code += m->kind == MK_MODULE_CODE;
    }
    if (code == 0)
        return mk_fail(e, MK_E_NO_OPERATION, boot->bytes.at,
                       "FTPR has no bring-up module that mekit knows");
    return true;
}

/* A header length of 0x30 means the bytes 0x00 to 0x2F of the region: the vector and the header. If
 * the table began at 0, the sum would also count part of its first entry. */
bool mk_boot_check_table(const struct mk_image *image, struct mk_error *e) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    uint64_t at = image->region.at + fpt->at;
    if (fpt->version >= 0x21)
        return mk_fail_limit(e, MK_E_NO_OPERATION, at + mk_fpt_fields[MK_FPT_VERSION].offset,
                             fpt->version, 0x20, "$FPT version that can be rewritten");
    if (fpt->header_length != 0x20 && (fpt->header_length != 0x30 || fpt->at == 0))
        return mk_fail_limit(e, MK_E_FIELD, at + mk_fpt_fields[MK_FPT_HEADER_LENGTH].offset,
                             fpt->header_length, 0x30, "$FPT header length");
    return true;
}
