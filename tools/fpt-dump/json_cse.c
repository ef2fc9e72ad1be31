/* SPDX-License-Identifier: MIT */
#include "dump.h"

#include "report.h"

/* offset: in the file, null if the file ends before it; stored_offset: as in the table. */
static json_t *place_json(const struct mk_image *image, const char *name, uint64_t base,
                          uint32_t offset, uint32_t size) {
    uint64_t at = image->region.at + base + offset;
    return json_pack("{s:s, s:o, s:I, s:I}", "name", name, "offset",
                     at <= image->bytes.n ? json_integer((json_int_t)at) : json_null(),
                     "stored_offset", (json_int_t)offset, "size", (json_int_t)size);
}

static json_t *layout_json(const struct mk_image *image) {
    const struct mk_layout *layout = &image->firmware.layout;
    if (layout->version == MK_IFWI_NONE)
        return json_null();
    json_t *pointers = json_array();
    for (unsigned i = 0; i < layout->n_pointers; i++)
        if (layout->pointers[i].size != 0)
            json_array_append_new(pointers,
                                  place_json(image, mk_layout_pointer_name(i), 0,
                                             layout->pointers[i].offset, layout->pointers[i].size));
    json_t *crc = layout->version == MK_IFWI_17 ? json_boolean(layout->crc == layout->crc_expected)
                                                : json_null();
    return json_pack("{s:s, s:i, s:o, s:o}", "version", mk_layout_version_name(layout->version),
                     "flags", (int)layout->flags, "crc_right", crc, "pointers", pointers);
}

static json_t *table_json(const struct mk_image *image, const struct mk_boot_partition *bp) {
    const struct mk_bpdt *t = &bp->table;
    json_t *entries = json_array();
    uint64_t base = mk_boot_partition_base(&image->firmware, bp);
    for (unsigned i = 0; i < t->n; i++) {
        const struct mk_bpdt_entry *entry = &t->entries[i];
        json_t *object =
            place_json(image, mk_bpdt_type_name(entry->type), base, entry->offset, entry->size);
        json_object_set_new(object, "type", json_integer(entry->type));
        json_array_append_new(entries, object);
    }
    json_t *crc = t->version < 2 ? json_null() : json_boolean(t->crc == t->crc_expected);
    return json_pack("{s:i, s:b, s:o, s:[i, i, i, i], s:o}", "version", (int)t->version, "recovery",
                     (int)t->recovery, "crc_right", crc, "fit", t->fit[0], t->fit[1], t->fit[2],
                     t->fit[3], "entries", entries);
}

static json_t *boot_partition_json(const struct mk_image *image,
                                   const struct mk_boot_partition *bp) {
    return json_pack("{s:i, s:b, s:I, s:I, s:o, s:o}", "number", (int)bp->number, "second",
                     (int)bp->second, "offset", (json_int_t)(image->region.at + bp->start), "size",
                     (json_int_t)(bp->end - bp->start), "alias_of",
                     bp->alias ? json_integer(bp->alias) : json_null(), "table",
                     bp->has_table ? table_json(image, bp) : json_null());
}

void dump_json_cse(json_t *object, const struct mk_image *image) {
    const struct mk_firmware *f = &image->firmware;
    json_t *boots = json_array();
    for (size_t i = 0; i < f->n_boots; i++)
        json_array_append_new(boots, boot_partition_json(image, &f->boots[i]));
    json_object_set_new(object, "layout", layout_json(image));
    json_object_set_new(object, "boot_partitions", boots);
    json_object_set_new(object, "backup_table",
                        f->has_backup
                            ? json_pack("{s:I, s:b}", "offset",
                                        (json_int_t)(dump_fpt_base(image).at + MK_FPT_BACKUP_AT),
                                        "identical", !f->backup_differs)
                            : json_null());
}
