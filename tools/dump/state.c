#include "dump.h"

#include <mekit/action/soft_disable.h>
#include <mekit/image/extent.h>

#define STOCK_LOWEST 0x1000u /* no stock FTPR begins below one block */

static bool has_removable(const struct mk_partition *p) {
    struct mk_ranges removable = {0};
    bool has = mk_removable_extents(p, false, &removable) && mk_ranges_size(&removable) > 0;
    mk_ranges_free(&removable);
    return has;
}

static void read_boot(const struct mk_image *image, struct dump_state *state) {
    const struct mk_partition *boot = image->firmware.boot;
    if (!boot || image->kind == MK_IMAGE_PARTITION || !boot->has_manifest)
        return;
    state->stripped = has_removable(boot) && mk_partition_is_stripped(boot, image->region);
    state->relocated = boot->start < STOCK_LOWEST;
    state->truncated = boot->end - boot->start < boot->size;
}

static bool is_locked(const struct mk_descriptor *d) {
    uint16_t all = (uint16_t)(1u << MK_REGION_FD | 1u << MK_REGION_ME);
    return (d->masters[0].write & all) != all;
}

void dump_state_read(const struct mk_image *image, struct dump_state *state) {
    *state = (struct dump_state){
        .erased = image->me == MK_ME_ERASED,
        .disabled = image->me == MK_ME_DISABLED,
    };
    if (image->me == MK_ME_FIRMWARE)
        read_boot(image, state);
    state->truncated = state->truncated || image->me_truncated;
    if (!image->has_descriptor)
        return;
    state->soft_disabled = mk_soft_disable_state(&image->descriptor, NULL) == MK_DISABLE_SET;
    state->locked = is_locked(&image->descriptor);
}

const char *dump_state_name(const struct dump_state *state, size_t *i) {
    const struct {
        bool holds;
        const char *name;
    } all[] = {
        {!(state->stripped || state->relocated || state->truncated || state->erased ||
           state->disabled),
         "stock"},
        {state->stripped, "stripped"},
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

const char *dump_entry_state(const struct mk_image *image, const struct mk_fpt_entry *entry) {
    if (!entry->has_data)
        return entry->type == MK_ENTRY_TYPE_NVRAM ? "quota" : "no data";
    struct mk_span bytes = mk_span_clip(image->region, entry->start, entry->end - entry->start);
    if (mk_span_is_filled(bytes, 0xFF))
        return "erased";
    if (entry->clipped)
        return "cut off by the region";
    return entry->open_ended ? "data, to the region's end" : "data";
}
