/* SPDX-License-Identifier: MIT */
#include "table.h"
#include "keep.h"

#include <string.h>

#define TABLE_MAX (MK_LIMIT_FPT_ENTRIES * MK_FPT_ENTRY_SIZE + MK_FPT_TABLE_SUM_SIZE)
#define CHECKED   0x30u /* a checksum covers at most these first bytes of the region */

struct table {
    uint8_t bytes[TABLE_MAX];
    unsigned n;  /* entries kept */
    size_t size; /* bytes to write: as many as the old table has */
};

static void keep_entry(struct mk_span region, const struct mk_fpt_entry *entry, struct table *t) {
    mk_span_copy(region, entry->at, t->bytes + (size_t)t->n * MK_FPT_ENTRY_SIZE, MK_FPT_ENTRY_SIZE);
    t->n++;
}

static void build_table(const struct mk_image *image, const struct mk_strip_options *o,
                        struct table *t) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    memset(t->bytes, 0xFF, sizeof t->bytes);
    t->n = 0;
    t->size = (size_t)fpt->n * MK_FPT_ENTRY_SIZE;
    for (unsigned i = 0; i < fpt->n; i++) {
        enum keep_fate fate = mki_keep_fate_of(o, &fpt->entries[i]);
        if (fate == KEEP_BY_NAME || fate == KEEP_ESSENTIAL)
            keep_entry(image->region, &fpt->entries[i], t);
    }
    if (!fpt->has_table_sum)
        return;
    size_t end = (size_t)t->n * MK_FPT_ENTRY_SIZE;
    struct mk_buffer b = {t->bytes, sizeof t->bytes};
    mk_buffer_uint(b, end, MK_FPT_TABLE_SUM_SIZE, mk_fpt_table_sum(mk_span_of(t->bytes, end)));
    t->size += MK_FPT_TABLE_SUM_SIZE;
}

/* The checksum must match the header after the edit. */
static uint8_t new_checksum(const struct mk_image *image, unsigned n, uint32_t flags) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    uint8_t head[CHECKED];
    struct mk_buffer b = {head, sizeof head};
    mk_span_copy(image->region, 0, head, sizeof head);
    mk_field_put(b, fpt->at, &mk_fpt_fields[MK_FPT_COUNT], n);
    mk_field_put(b, fpt->at, &mk_fpt_fields[MK_FPT_FLAGS], flags);
    return mk_fpt_checksum(mk_buffer_span(b), fpt->at, fpt->header_length);
}

static void put(const struct mk_image *image, enum mk_fpt_field field, uint64_t value,
                const char *why, struct mk_plan *plan) {
    const struct mk_field *f = &mk_fpt_fields[field];
    mk_plan_uint(plan, image->region.at + image->firmware.fpt.at + f->offset, f->width, value, "%s",
                 why);
}

void mki_strip_table_plan(const struct mk_image *image, const struct mk_strip_options *o,
                          struct mk_plan *plan) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    struct table t;
    build_table(image, o, &t);
    bool effs = mki_keep_has_name(o, (const uint8_t *)"EFFS");
    uint32_t flags = effs ? fpt->flags : fpt->flags & ~MK_FPT_FLAG_EFFS;
    if (fpt->checksum != fpt->checksum_expected)
        mk_plan_remark(plan, MK_REMARK_WARNING, "the $FPT checksum was wrong (%02x, not %02x)",
                       fpt->checksum, fpt->checksum_expected);
    put(image, MK_FPT_COUNT, t.n, "$FPT entries that are left", plan);
    put(image, MK_FPT_FLAGS, flags, "$FPT flags: no EFFS partition", plan);
    put(image, MK_FPT_CHECKSUM, new_checksum(image, t.n, flags), "$FPT checksum", plan);
    mk_plan_bytes(plan, image->region.at + fpt->at + MK_FPT_HEADER_SIZE, t.bytes, t.size,
                  "$FPT table of what is left");
}
