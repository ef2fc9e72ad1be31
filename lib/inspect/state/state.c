/* SPDX-License-Identifier: MIT */
#include <mekit/inspect/state.h>

#include <mekit/format/strap.h>
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

/* Every stock table lists more code than the boot partition, even if only as an entry without data.
 * A tool that removes partitions also drops their entries. Generation 1 is only removed as a whole
 * region. */
static bool lists_boot_alone(const struct mk_firmware *f) {
    unsigned code = 0;
    for (unsigned i = 0; i < f->fpt.n; i++)
        code += f->fpt.entries[i].type == TYPE_CODE;
    return code == 1 && !f->indivisible;
}

static bool read_boot(const struct mk_image *image, struct mk_state *state, struct mk_error *e) {
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

bool mk_state_read(const struct mk_image *image, struct mk_state *state, struct mk_error *e) {
    *state = (struct mk_state){
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
    state->soft_disabled = mk_strap_state(&image->descriptor, NULL) == MK_DISABLE_SET;
    state->locked = mk_descriptor_is_locked(&image->descriptor);
    return true;
}

const char *mk_state_name(const struct mk_state *state, size_t *i) {
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
