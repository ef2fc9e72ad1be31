#include "keep.h"

#include <mekit/base/text.h>

#include <stdlib.h>
#include <string.h>

#define NAME_SIZE 4u

/* Takes one name off *text, NUL-padded. False: it is empty or too long, or has a broken \xNN. */
static bool next_name(const char **text, uint8_t name[NAME_SIZE]) {
    size_t n = 0;
    memset(name, 0, NAME_SIZE);
    while (**text && **text != ',') {
        unsigned value = (unsigned char)**text;
        size_t width = 1;
        if (strncmp(*text, "\\x", 2) == 0) {
            static const char digits[] = "0123456789abcdefABCDEF";
            if (strspn(*text + 2, digits) < 2)
                return false;
            char hex[3] = {(*text)[2], (*text)[3], '\0'};
            value = (unsigned)strtoul(hex, NULL, 16);
            width = 4;
        }
        if (n == NAME_SIZE)
            return false;
        name[n++] = (uint8_t)value;
        *text += width;
    }
    return n > 0;
}

bool mk_name_list_check(struct mk_name_list list, struct mk_error *e) {
    uint8_t name[NAME_SIZE];
    char masked[120];
    for (const char *text = list.text; text; text++) {
        if (!next_name(&text, name))
            return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "not a list of partition names: %s",
                           mk_text_mask_string(masked, sizeof masked, list.text));
        if (!*text)
            break;
    }
    return true;
}

bool mk_name_list_has(struct mk_name_list list, const uint8_t name[4]) {
    uint8_t listed[NAME_SIZE];
    for (const char *text = list.text; text && next_name(&text, listed); text++) {
        if (memcmp(listed, name, NAME_SIZE) == 0)
            return true;
        if (!*text)
            break;
    }
    return false;
}

bool keep_has_name(const struct mk_strip_options *o, const uint8_t name[4]) {
    return o->remove.text ? !mk_name_list_has(o->remove, name) : mk_name_list_has(o->keep, name);
}

enum keep_fate keep_fate_of(const struct mk_strip_options *o, const struct mk_fpt_entry *entry) {
    if (!entry->has_data)
        return KEEP_NO_DATA;
    if (memcmp(entry->name, "FTPR", NAME_SIZE) == 0)
        return KEEP_ESSENTIAL;
    return keep_has_name(o, entry->name) ? KEEP_BY_NAME : KEEP_NOT;
}

/* In ME 11.8, DLMP begins inside FTPR's range: from there on the bytes are DLMP's. */
static uint64_t boot_end(const struct mk_firmware *f) {
    uint64_t end = f->boot->end;
    for (unsigned i = 0; i < f->fpt.n; i++) {
        const struct mk_fpt_entry *entry = &f->fpt.entries[i];
        if (entry->has_data && entry->start > f->boot->start && entry->start < end)
            end = entry->start;
    }
    return end;
}

bool keep_ranges(const struct mk_firmware *f, const struct mk_strip_options *o,
                 struct mk_ranges *others, struct mk_ranges *boot) {
    for (unsigned i = 0; i < f->fpt.n; i++) {
        const struct mk_fpt_entry *entry = &f->fpt.entries[i];
        if (keep_fate_of(o, entry) == KEEP_BY_NAME &&
            !mk_ranges_add(others, entry->start, entry->end))
            return false;
    }
    return mk_ranges_add(others, 0, mk_fpt_end(&f->fpt)) &&
           mk_ranges_add(boot, f->boot->start, boot_end(f)) && mk_essential_extents(f->boot, boot);
}
