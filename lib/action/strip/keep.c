/* SPDX-License-Identifier: MIT */
#include "keep.h"

#include <string.h>

#define NAME_SIZE 4u

bool mki_keep_has_name(const struct mk_strip_options *o, const uint8_t name[4]) {
    return o->remove.text ? !mk_name_list_has(o->remove, name) : mk_name_list_has(o->keep, name);
}

enum keep_fate mki_keep_fate_of(const struct mk_strip_options *o,
                                const struct mk_fpt_entry *entry) {
    if (!entry->has_data)
        return KEEP_NO_DATA;
    if (memcmp(entry->name, "FTPR", NAME_SIZE) == 0)
        return KEEP_ESSENTIAL;
    return mki_keep_has_name(o, entry->name) ? KEEP_BY_NAME : KEEP_NOT;
}

/* In ME 11.8, DLMP begins inside FTPR's range: the bytes from there on belong to DLMP. */
static uint64_t boot_end(const struct mk_firmware *f) {
    uint64_t end = f->boot->end;
    for (unsigned i = 0; i < f->fpt.n; i++) {
        const struct mk_fpt_entry *entry = &f->fpt.entries[i];
        if (entry->has_data && entry->start > f->boot->start && entry->start < end)
            end = entry->start;
    }
    return end;
}

bool mki_keep_ranges(const struct mk_firmware *f, const struct mk_strip_options *o,
                     struct mk_ranges *others, struct mk_ranges *boot) {
    for (unsigned i = 0; i < f->fpt.n; i++) {
        const struct mk_fpt_entry *entry = &f->fpt.entries[i];
        if (mki_keep_fate_of(o, entry) == KEEP_BY_NAME &&
            !mk_ranges_add(others, entry->start, entry->end))
            return false;
    }
    return mk_ranges_add(others, 0, mk_fpt_end(&f->fpt)) &&
           mk_ranges_add(boot, f->boot->start, boot_end(f)) && mk_essential_extents(f->boot, boot);
}
