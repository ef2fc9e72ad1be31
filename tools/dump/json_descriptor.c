#include "dump.h"

#include <mekit/action/soft_disable.h>

static json_t *regions_json(const struct mk_descriptor *d) {
    json_t *array = json_array();
    for (unsigned i = 0; i < d->n_regions; i++) {
        const struct mk_region *r = &d->regions[i];
        json_array_append_new(array, json_pack("{s:i, s:s, s:I, s:b, s:I, s:I}", "number", (int)i,
                                               "name", mk_region_name(i), "raw", (json_int_t)r->raw,
                                               "used", r->used, "offset", (json_int_t)r->start,
                                               "size", (json_int_t)(r->end - r->start)));
    }
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
    uint32_t value, at;
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
    enum mk_disable_state state = mk_soft_disable_state(d, &row);
    if (!row || !mk_strap_read(d, row, &value, &at))
        return json_pack("{s:s}", "state", states[state]);
    return json_pack("{s:s, s:s, s:s, s:s, s:i, s:I, s:I, s:b, s:s}", "state", states[state],
                     "kind", mk_disable_name(row->kind), "flavour", row->flavour, "straps",
                     row->cpu ? "CPU" : "PCH", "strap", (int)row->offset / 4, "offset",
                     (json_int_t)at, "value", (json_int_t)value, "disputed", row->disputed,
                     "source", row->source);
}

json_t *dump_json_descriptor(const struct mk_descriptor *d) {
    json_t *platform = json_pack("{s:s, s:s, s:b}", "name", d->platform->name, "title",
                                 d->platform->title, "confident", d->platform->confident);
    json_t *chips = json_pack("[I, I]", (json_int_t)d->chip_size[0], (json_int_t)d->chip_size[1]);
    return json_pack("{s:i, s:i, s:o, s:i, s:o, s:o, s:o, s:o, s:o, s:o}", "version",
                     (int)d->version, "signature_at", (int)d->signature_at, "platform", platform,
                     "chips", (int)d->chips, "chip_size", chips, "regions", regions_json(d),
                     "masters", masters_json(d), "pch_straps", straps_json(d, false), "cpu_straps",
                     straps_json(d, true), "soft_disable", soft_disable_json(d));
}
