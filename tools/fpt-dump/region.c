/* SPDX-License-Identifier: MIT */
#include "dump.h"

#include <mekit/action/minimum.h>
#include <mekit/base/text.h>

struct mk_span dump_fpt_base(const struct mk_image *image) {
    return mk_span_clip(image->region, image->firmware.fpt_base, image->region.n);
}

bool dump_security_read(const struct mk_manifest *m, struct dump_security *s) {
    struct mk_span package;
    *s = (struct dump_security){.has_arb = false};
    if (mk_extension_find(m->body, MK_EXTENSION_PACKAGE_INFO, &package) &&
        package.n >= MK_PACKAGE_SIZE) {
        s->has_arb = true;
        s->arb_svn = (uint32_t)mk_field_get(package, &mk_package_fields[MK_PACKAGE_ARB_SVN]);
    } else if (!mk_extension_find(m->body, MK_EXTENSION_PACKAGE_INFO_V2, &package) ||
               package.n < MK_PACKAGE_V2_SIZE)
        return mk_partition_vcn_read(m->body, &s->vcn);
    s->vcn = (uint32_t)mk_field_get(package, &mk_package_fields[MK_PACKAGE_VCN]);
    return true;
}

const char *dump_entry_state(const struct mk_image *image, const struct mk_fpt_entry *entry) {
    if (!entry->has_data)
        return entry->type == MK_ENTRY_TYPE_NVRAM ? "quota" : "no data";
    struct mk_span bytes =
        mk_span_clip(dump_fpt_base(image), entry->start, entry->end - entry->start);
    if (mk_span_is_filled(bytes, 0xFF))
        return "erased";
    if (entry->clipped)
        return "cut off by the region";
    return entry->open_ended ? "data, to the region's end" : "data";
}

const struct mk_fpt_entry *dump_entry_overlap(const struct mk_fpt *fpt, unsigned i) {
    const struct mk_fpt_entry *a = &fpt->entries[i];
    for (unsigned k = 0; k < fpt->n; k++) {
        const struct mk_fpt_entry *b = &fpt->entries[k];
        if (k != i && a->has_data && b->has_data && a->start < b->end && b->start < a->end)
            return b;
    }
    return NULL;
}

char *dump_entry_owner(const struct mk_image *image, const struct mk_fpt_entry *entry,
                       char out[DUMP_OWNER_ROOM]) {
    struct mk_span bytes = mk_span_clip(dump_fpt_base(image), entry->at, MK_FPT_ENTRY_SIZE);
    uint8_t owner[4] = {0};
    mk_span_copy(mk_field_span(bytes, &mk_entry_fields[MK_ENTRY_OWNER]), 0, owner, sizeof owner);
    return mk_text_mask(out, DUMP_OWNER_ROOM, owner, sizeof owner);
}

bool dump_minimum(const struct mk_image *image, uint64_t *size, struct mk_error *e) {
    struct mk_error problem = {0};
    bool means = image->me == MK_ME_FIRMWARE && image->kind != MK_IMAGE_PARTITION &&
                 !image->firmware.indivisible && image->firmware.boot &&
                 image->firmware.boot->has_manifest;
    if (!means || !mk_minimum_size(image, size, &problem))
        *size = 0;
    return problem.code != MK_E_MEMORY || mk_fail_memory(e);
}

bool dump_missing(const struct mk_image *image, char *out, size_t room) {
    struct mk_error why = {0};
    if (image->kind == MK_IMAGE_DESCRIPTOR || mk_image_has_firmware(image, &why))
        return false;
    why.offset = MK_NOWHERE;
    mk_error_text(&why, out, room);
    return true;
}
