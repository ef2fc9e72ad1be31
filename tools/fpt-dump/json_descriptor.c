/* SPDX-License-Identifier: MIT */
#include "dump.h"

#include "facts/facts.h"
#include <mekit/format/strap.h>
#include <string.h>

/* A field's name as a key: "read clock" becomes read_clock. */
static void set_field(json_t *object, struct mk_span structure, const struct mk_field *field) {
    char key[40];
    snprintf(key, sizeof key, "%s", field->name);
    for (char *space; (space = strchr(key, ' '));)
        *space = '_';
    json_object_set_new(object, key, json_integer((json_int_t)mk_field_get(structure, field)));
}

static json_t *fields_json(struct mk_span structure, const struct mk_field *fields, size_t n) {
    json_t *object = json_object();
    for (size_t i = 0; i < n; i++)
        set_field(object, structure, &fields[i]);
    return object;
}

static json_t *map_json(const struct mk_descriptor *d) {
    struct mk_span map = mk_span_clip(d->bytes, d->signature_at, d->bytes.n);
    struct mk_span upper;
    json_t *object = fields_json(map, mk_map_fields, MK_MAP_FIELDS);
    if (mk_span_cut(d->bytes, MK_DESCRIPTOR_FLUMAP1, 4, &upper))
        json_object_update_new(object, fields_json(upper, mk_upper_fields, MK_UPPER_FIELDS));
    return object;
}

/* The table has densities twice, in old and new width, under the same names: the last one set
 * stays. */
static json_t *component_json(const struct mk_descriptor *d) {
    struct mk_span component = mk_span_clip(d->bytes, d->fcba, 8);
    json_t *object = fields_json(component, mk_component_fields, MK_COMPONENT_FIELDS);
    const struct mk_field *densities = mk_platform_density_fields(d->platform);
    for (size_t i = 0; i < 2; i++)
        set_field(object, component, &densities[i]);
    return object;
}

static json_t *region_json(const struct mk_image *image, unsigned i) {
    const struct mk_region *r = &image->descriptor.regions[i];
    return json_pack("{s:i, s:s, s:s, s:I, s:b, s:I, s:I, s:b}", "number", (int)i, "name",
                     mk_region_name(i), "title", mk_region_title(i), "raw", (json_int_t)r->raw,
                     "used", r->used, "offset", (json_int_t)r->start, "size",
                     (json_int_t)(r->end - r->start), "in_file",
                     r->used && r->end <= image->bytes.n);
}

static json_t *regions_json(const struct mk_image *image) {
    json_t *array = json_array();
    for (unsigned i = 0; i < image->descriptor.n_regions; i++)
        json_array_append_new(array, region_json(image, i));
    return array;
}

static json_t *masters_json(const struct mk_descriptor *d) {
    json_t *array = json_array();
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++)
        if (d->masters[i].present)
            json_array_append_new(
                array, json_pack("{s:i, s:s, s:I, s:i, s:i}", "number", (int)i + 1, "name",
                                 mk_master_name(i), "raw", (json_int_t)d->masters[i].raw, "read",
                                 (int)d->masters[i].read, "write", (int)d->masters[i].write));
    return array;
}

static json_t *straps_json(const struct mk_descriptor *d, bool cpu) {
    uint32_t value = 0, at = 0;
    json_t *array = json_array();
    for (uint32_t i = 0; i < (cpu ? d->msl : d->isl); i++) {
        if (!(cpu ? mk_descriptor_cpu_strap : mk_descriptor_pch_strap)(d, 4 * i, &value, &at))
            break;
        json_array_append_new(array, json_integer(value));
    }
    return array;
}

static json_t *soft_disable_json(const struct mk_descriptor *d) {
    static const char *const states[] = {"unknown", "clear", "set"};
    const struct mk_strap_row *row;
    uint32_t value = 0, at = 0;
    enum mk_disable_state state = mk_strap_state(d, &row);
    if (!row || !mk_strap_read(d, row, &value, &at))
        return json_pack("{s:s}", "state", states[state]);
    return json_pack("{s:s, s:s, s:s, s:s, s:i, s:I, s:I, s:b, s:s}", "state", states[state],
                     "kind", mk_disable_name(row->kind), "flavour", row->flavour, "straps",
                     row->cpu ? "cpu" : "pch", "strap", (int)row->offset / 4, "offset",
                     (json_int_t)at, "value", (json_int_t)value, "disputed", row->disputed,
                     "source", row->source);
}

static json_t *gpr0_json(const struct mk_descriptor *d) {
    struct mk_gpr0 gpr0;
    if (!mk_gpr0_read(d, &gpr0))
        return json_null();
    return json_pack("{s:i, s:I, s:I, s:I, s:b, s:b}", "strap", (int)gpr0.strap, "raw",
                     (json_int_t)gpr0.raw, "start", (json_int_t)gpr0.start, "end",
                     (json_int_t)gpr0.end, "read_protected", gpr0.read_protected, "write_protected",
                     gpr0.write_protected);
}

static json_t *vscc_json(const struct mk_descriptor *d) {
    json_t *array = json_array();
    for (unsigned i = 0; i < d->vtl; i++) {
        struct mk_span entry = mk_span_clip(d->bytes, d->vtba + 8u * i, 8);
        json_array_append_new(array, json_pack("{s:I, s:I, s:s}", "jedec_id",
                                               (json_int_t)(mk_span_u32(entry, 0) & 0xFFFFFFu),
                                               "value", (json_int_t)mk_span_u32(entry, 4), "maker",
                                               facts_chip_maker(mk_span_u8(entry, 0))));
    }
    return array;
}

json_t *dump_json_descriptor(const struct mk_image *image) {
    const struct mk_descriptor *d = &image->descriptor;
    json_t *platform = json_pack("{s:s, s:s, s:b}", "name", d->platform->name, "title",
                                 d->platform->title, "confident", d->platform->confident);
    json_t *chips = json_pack("[I, I]", (json_int_t)d->chip_size[0], (json_int_t)d->chip_size[1]);
    json_t *straps =
        json_pack("{s:o, s:o}", "pch", straps_json(d, false), "cpu", straps_json(d, true));
    return json_pack("{s:i, s:i, s:o, s:o, s:o, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "version",
                     (int)d->version, "signature_at", (int)d->signature_at, "platform", platform,
                     "map", map_json(d), "component", component_json(d), "chips", (int)d->chips,
                     "chip_size", chips, "regions", regions_json(image), "masters", masters_json(d),
                     "straps", straps, "soft_disable", soft_disable_json(d), "gpr0", gpr0_json(d),
                     "vscc", vscc_json(d));
}
