#include "dump.h"

#include "report.h"

static json_t *layout_json(const struct mk_layout *layout) {
    json_t *pointers = json_array();
    if (layout->version == MK_IFWI_NONE) {
        json_decref(pointers);
        return json_null();
    }
    for (unsigned i = 0; i < MK_POINTERS; i++)
        if (layout->pointers[i].size != 0)
            json_array_append_new(pointers,
                                  json_pack("{s:s, s:I, s:I}", "name", mk_layout_pointer_name(i),
                                            "offset", (json_int_t)layout->pointers[i].offset,
                                            "size", (json_int_t)layout->pointers[i].size));
    json_t *crc = layout->version == MK_IFWI_17 ? json_boolean(layout->crc == layout->crc_expected)
                                                : json_null();
    return json_pack("{s:s, s:i, s:o, s:o}", "version", mk_layout_version_name(layout->version),
                     "flags", (int)layout->flags, "crc_right", crc, "pointers", pointers);
}

static json_t *table_json(const struct mk_bpdt *t) {
    json_t *entries = json_array();
    for (unsigned i = 0; i < t->n; i++)
        json_array_append_new(entries,
                              json_pack("{s:i, s:s, s:I, s:I}", "type", (int)t->entries[i].type,
                                        "name", mk_bpdt_type_name(t->entries[i].type), "offset",
                                        (json_int_t)t->entries[i].offset, "size",
                                        (json_int_t)t->entries[i].size));
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
                     bp->has_table ? table_json(&bp->table) : json_null());
}

void dump_json_cse(json_t *object, const struct mk_image *image) {
    const struct mk_firmware *f = &image->firmware;
    json_t *boots = json_array();
    for (size_t i = 0; i < f->n_boots; i++)
        json_array_append_new(boots, boot_partition_json(image, &f->boots[i]));
    json_object_set_new(object, "layout", layout_json(&f->layout));
    json_object_set_new(object, "boot_partitions", boots);
    json_object_set_new(object, "backup_table",
                        f->has_backup
                            ? json_pack("{s:I, s:b}", "offset",
                                        (json_int_t)(dump_fpt_base(image).at + MK_FPT_BACKUP_AT),
                                        "identical", !f->backup_differs)
                            : json_null());
}
