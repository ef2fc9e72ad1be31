#include "dump.h"

#include <mekit/action/minimum.h>
#include <mekit/action/soft_disable.h>
#include <mekit/base/text.h>
#include <mekit/image/extent.h>

#define STOCK_LOWEST 0x1000u /* no stock FTPR begins below one block */
#define TYPE_CODE    0u

static bool has_removable(const struct mk_partition *p, bool *has, struct mk_error *e) {
    struct mk_ranges removable = {0};
    bool found = mk_removable_extents(p, false, &removable);
    *has = mk_ranges_size(&removable) > 0;
    mk_ranges_free(&removable);
    return found || mk_fail_memory(e);
}

/* Every stock table lists more code than the boot partition, if only as an entry without data: who
 * removes partitions drops their entries. Of generation 1 nothing is removed but the whole region.
 */
static bool lists_boot_alone(const struct mk_firmware *f) {
    unsigned code = 0;
    for (unsigned i = 0; i < f->fpt.n; i++)
        code += f->fpt.entries[i].type == TYPE_CODE;
    return code == 1 && f->generation != MK_GENERATION_1;
}

static bool read_boot(const struct mk_image *image, struct dump_state *state, struct mk_error *e) {
    const struct mk_partition *boot = image->firmware.boot;
    bool removable, stripped;
    state->known = boot && image->kind != MK_IMAGE_PARTITION && boot->has_manifest;
    if (!state->known)
        return true;
    if (!has_removable(boot, &removable, e) ||
        !mk_partition_is_stripped(boot, image->region, &stripped, e))
        return false;
    state->stripped = lists_boot_alone(&image->firmware) || (removable && stripped);
    state->relocated = boot->start < STOCK_LOWEST;
    state->truncated = boot->end - boot->start < boot->size;
    return true;
}

bool dump_state_read(const struct mk_image *image, struct dump_state *state, struct mk_error *e) {
    *state = (struct dump_state){
        .erased = image->me == MK_ME_ERASED,
        .disabled = image->me == MK_ME_DISABLED,
    };
    if (image->me == MK_ME_FIRMWARE && !read_boot(image, state, e))
        return false;
    if (state->known)
        mk_missing_find(image, &state->missing);
    state->truncated =
        state->truncated || (image->me_truncated && image->kind != MK_IMAGE_DESCRIPTOR);
    if (!image->has_descriptor)
        return true;
    state->soft_disabled = mk_soft_disable_state(&image->descriptor, NULL) == MK_DISABLE_SET;
    state->locked = mk_descriptor_is_locked(&image->descriptor);
    return true;
}

const char *dump_state_name(const struct dump_state *state, size_t *i) {
    bool fewer = state->missing.n > 0;
    const struct {
        bool holds;
        const char *name;
    } all[] = {
        {state->known && !(state->stripped || state->relocated || state->truncated || fewer),
         "stock"},
        {state->stripped, "stripped"},
        {fewer && !state->stripped, "partitions removed"},
        {state->relocated, "relocated"},
        {state->truncated, "truncated"},
        {state->erased, "ME erased"},
        {state->disabled, "ME region disabled"},
        {state->soft_disabled, "soft-disabled"},
        {state->locked, "locked"},
    };
    while (*i < sizeof all / sizeof *all) {
        const char *name = all[*i].holds ? all[*i].name : NULL;
        ++*i;
        if (name)
            return name;
    }
    return NULL;
}

struct mk_span dump_fpt_base(const struct mk_image *image) {
    return mk_span_clip(image->region, image->firmware.fpt_base, image->region.n);
}

bool dump_security_read(const struct mk_manifest *m, struct dump_security *s) {
    struct mk_span package;
    if (!mk_extension_find(m->body, MK_EXTENSION_PACKAGE_INFO, &package) ||
        package.n < MK_PACKAGE_SIZE)
        return false;
    s->vcn = (uint32_t)mk_field_get(package, &mk_package_fields[MK_PACKAGE_VCN]);
    s->arb_svn = (uint32_t)mk_field_get(package, &mk_package_fields[MK_PACKAGE_ARB_SVN]);
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
                 image->firmware.generation != MK_GENERATION_1 && image->firmware.boot &&
                 image->firmware.boot->has_manifest;
    if (!means || !mk_minimum_size(image, size, &problem))
        *size = 0;
    return problem.code != MK_E_MEMORY || mk_fail_memory(e);
}

bool dump_missing(const struct mk_image *image, char *out, size_t room) {
    static const char cse[] = "this is CSME 12 or newer, or TXE 3 or newer: no code of it can be "
                              "removed";
    static const char *const sentences[] = {
        [MK_ME_ABSENT] = "the ME region lies behind the end of this file",
        [MK_ME_DISABLED] = "the ME region is disabled in the descriptor",
        [MK_ME_ERASED] = "the whole ME region is 0xFF: erased",
        [MK_ME_CSE] = cse,
    };
    if (image->me == MK_ME_FIRMWARE || image->kind == MK_IMAGE_DESCRIPTOR)
        return false;
    if (image->me == MK_ME_UNKNOWN)
        mk_error_text(&image->problem, out, room);
    else
        snprintf(out, room, "%s", sentences[image->me]);
    return true;
}
