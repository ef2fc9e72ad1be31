/* SPDX-License-Identifier: MIT */
#include <mekit/action/seal.h>

#include <mekit/base/text.h>
#include <mekit/image/extent.h>
#include <mekit/image/signature.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All bytes that must survive, except the page table, whose offsets change when FTPR moves. Each
 * byte counts once, in order of place. A move shifts all bytes equally, so the digest stays the
 * same. */
static bool sealed_extents(const struct mk_partition *boot, struct mk_ranges *out) {
    struct mk_range front = mk_partition_head(boot).front;
    for (size_t i = 0; i < boot->n_modules; i++) {
        const struct mk_module *m = &boot->modules[i];
        if (m->essential && !(m->n_pages ? mk_module_extents(boot, m, out)
                                         : mk_ranges_add(out, m->start, mk_module_stored_end(m))))
            return false;
    }
    return mk_ranges_add(out, front.start, front.end);
}

static bool digest_ranges(const struct mk_image *image, struct mk_ranges *set,
                          struct mk_digest *digest, struct mk_error *e) {
    mk_ranges_settle(set);
    struct mk_span *parts = calloc(set->n + 1, sizeof *parts);
    if (!parts)
        return mk_fail_memory(e);
    for (size_t i = 0; i < set->n; i++)
        parts[i] = mk_span_clip(image->region, set->r[i].start, set->r[i].end - set->r[i].start);
    bool taken = mk_digest_take(MK_SHA256, parts, set->n, digest, e);
    free(parts);
    return taken;
}

static bool take_digest(const struct mk_image *image, struct mk_digest *digest,
                        struct mk_error *e) {
    struct mk_ranges sealed = {0};
    bool taken = sealed_extents(image->firmware.boot, &sealed)
                     ? digest_ranges(image, &sealed, digest, e)
                     : mk_fail_memory(e);
    mk_ranges_free(&sealed);
    return taken;
}

static bool has_boot(const struct mk_image *image) {
    const struct mk_partition *boot = image->firmware.boot;
    return image->me == MK_ME_FIRMWARE && boot && boot->has_manifest && !boot->problem.code;
}

static bool is_signed(const struct mk_image *image, bool *valid, struct mk_error *e) {
    struct mk_signature signature;
    if (!mk_signature_check(&image->firmware.boot->manifest, &signature, e))
        return false;
    *valid = signature.verdict == MK_SIGNATURE_VALID;
    return true;
}

bool mk_signature_remark(const struct mk_image *output, struct mk_plan *plan, struct mk_error *e) {
    bool valid;
    char name[MK_TEXT_ROOM(4)];
    if (!has_boot(output))
        return true;
    if (!is_signed(output, &valid, e))
        return false;
    struct mk_decision d = {.kind = MK_DECIDED_SIGNATURE, .kept = valid};
    mk_text_mask(name, sizeof name, output->firmware.boot->name, 4);
    snprintf(d.name, sizeof d.name, "%s", name);
    mk_plan_decide(plan, &d);
    if (valid)
        mk_plan_remark(plan, MK_REMARK_DETAIL, "the signature of %s is valid", name);
    else
        mk_plan_remark(plan, MK_REMARK_WARNING, "the signature of %s is invalid", name);
    return mk_plan_is_whole(plan, e);
}

static bool checksum_is_right(const struct mk_image *image) {
    return image->firmware.fpt.checksum == image->firmware.fpt.checksum_expected;
}

static bool table_is_found(const struct mk_image *image) {
    const struct mk_llut *llut = &image->firmware.boot->llut;
    return !image->firmware.boot->has_llut ||
           llut->table_address == mk_span_offset(image->region, llut->bytes) + MK_LLUT_HEADER_SIZE;
}

static bool take_volumes(const struct mk_image *image, struct mk_seal *seal, struct mk_error *e) {
    struct mk_file_systems systems;
    bool read = mk_file_systems_read(image, &systems, e);
    for (size_t i = 0; read && i < systems.n; i++)
        if (systems.list[i].mfs.state == MK_MFS_WHOLE)
            memcpy(seal->volumes[seal->n_volumes++], systems.list[i].partition,
                   sizeof seal->volumes[0]);
    mk_file_systems_free(&systems);
    return read;
}

static bool take_boot(const struct mk_image *image, struct mk_seal *seal, struct mk_error *e) {
    seal->may_vanish = image->firmware.removed_whole;
    seal->checksum = checksum_is_right(image);
    seal->table = table_is_found(image);
    return take_digest(image, &seal->digest, e) && is_signed(image, &seal->valid, e);
}

bool mk_seal_take(const struct mk_image *image, struct mk_seal *seal, struct mk_error *e) {
    *seal = (struct mk_seal){.present = has_boot(image)};
    if (!take_volumes(image, seal, e) || (seal->present && !take_boot(image, seal, e)))
        return false;
    seal->stage = MK_SEAL_TAKEN;
    return true;
}

static bool compare(const struct mk_seal *a, const struct mk_seal *b, struct mk_error *e) {
    const struct mk_digest *digest = &b->digest;
    const char *broken = NULL;
    if (!mk_digest_equals(&a->digest, mk_span_of(digest->bytes, digest->n), false))
        broken = "bytes that are needed to boot are no longer what they were";
    else if (a->valid && !b->valid)
        broken = "FTPR's signature is no longer valid";
    else if (a->checksum && !b->checksum)
        broken = "the $FPT checksum is wrong";
    else if (a->table && !b->table)
        broken = "SpiBase does not point to the page table";
    return broken ? mk_fail(e, MK_E_SELFCHECK, MK_NOWHERE, "%s", broken) : true;
}

static bool is_listed(const uint8_t name[4], const struct mk_seal *seal) {
    for (unsigned i = 0; i < seal->n_volumes; i++)
        if (memcmp(seal->volumes[i], name, sizeof seal->volumes[i]) == 0)
            return true;
    return false;
}

static bool compare_volumes(const struct mk_seal *a, const struct mk_seal *b,
                            const struct mk_image *after, struct mk_error *e) {
    for (unsigned i = 0; i < a->n_volumes; i++) {
        char name[4], text[MK_TEXT_ROOM(4)];
        memcpy(name, a->volumes[i], sizeof name);
        if (mk_fpt_entry_find(&after->firmware.fpt, name) && !is_listed(a->volumes[i], b))
            return mk_fail(e, MK_E_SELFCHECK, MK_NOWHERE, "the file system %s is no longer whole",
                           mk_text_mask(text, sizeof text, a->volumes[i], sizeof name));
    }
    return true;
}

bool mk_seal_check(const struct mk_seal *before, const struct mk_image *after, struct mk_error *e) {
    struct mk_seal now;
    if (before->stage != MK_SEAL_TAKEN)
        return mk_fail(e, MK_E_SELFCHECK, MK_NOWHERE, "no seal was taken before the edit");
    if (!mk_seal_take(after, &now, e) || !compare_volumes(before, &now, after, e))
        return false;
    if (!before->present)
        return true;
    bool gone = after->me == MK_ME_ERASED || after->me == MK_ME_DISABLED;
    if (gone && before->may_vanish)
        return true;
    if (!has_boot(after))
        return mk_fail(e, MK_E_SELFCHECK, MK_NOWHERE, "the boot partition is gone");
    return compare(before, &now, e);
}
