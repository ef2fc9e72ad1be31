/* SPDX-License-Identifier: MIT */
#include "decision.h"

static bool is_of_strap(const struct mk_descriptor *d, const struct mk_decision *word, bool cpu,
                        unsigned *number) {
    uint32_t value = 0, at = 0;
    for (uint32_t i = 0; i < (cpu ? d->msl : d->isl); i++)
        if ((cpu ? mk_descriptor_cpu_strap : mk_descriptor_pch_strap)(d, 4 * i, &value, &at) &&
            at == word->offset) {
            *number = i;
            return true;
        }
    return false;
}

static enum decision_word name_word(const char *field, unsigned shown, enum decision_word what,
                                    char name[DECISION_NAME_ROOM]) {
    snprintf(name, DECISION_NAME_ROOM, "%s%u", field, shown);
    return what;
}

enum decision_word decision_word_find(const struct mk_descriptor *d, const struct mk_decision *word,
                                      char name[DECISION_NAME_ROOM], unsigned *number) {
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++)
        if (d->masters[ *number = i].present && d->masters[i].at == word->offset)
            return name_word("FLMSTR", i + 1, WORD_ACCESS, name);
    for (unsigned i = 0; i < MK_LIMIT_REGIONS; i++)
        if (i < d->n_regions && d->regions[ *number = i].at == word->offset)
            return name_word("FLREG", i, WORD_REGION, name);
    if (is_of_strap(d, word, false, number))
        return name_word("PCHSTRP", *number, WORD_STRAP, name);
    if (is_of_strap(d, word, true, number))
        return name_word("CPUSTRP", *number, WORD_STRAP, name);
    snprintf(name, DECISION_NAME_ROOM, "descriptor");
    *number = 0;
    return WORD_OTHER;
}

static json_t *fate_json(const struct mk_decision *d) {
    json_t *object = json_pack("{s:s, s:o, s:I, s:b, s:s}", "name", d->name, "offset",
                               d->length ? json_integer((json_int_t)d->offset) : json_null(),
                               "size", (json_int_t)d->length, "kept", d->kept, "why", d->why);
    if (d->kind == MK_DECIDED_MODULE)
        json_object_set_new(object, "partition", json_string(d->partition));
    return object;
}

static json_t *region_names(uint16_t mask) {
    json_t *names = json_array();
    for (unsigned i = 0; i < MK_LIMIT_REGIONS; i++)
        if (mask >> i & 1)
            json_array_append_new(names, json_string(mk_region_name(i)));
    return names;
}

static json_t *granted_json(const struct mk_descriptor *d, uint64_t word) {
    struct mk_master master = {.raw = (uint32_t)word};
    mk_master_decode(d, &master);
    return json_pack("{s:o, s:o}", "read", region_names(master.read), "write",
                     region_names(master.write));
}

/* The place of this region by an FLREG word; null if unused. */
static json_t *place_json(uint64_t word, unsigned number) {
    uint8_t bytes[sizeof(uint32_t)];
    struct mk_buffer buffer = {bytes, sizeof bytes};
    struct mk_region region;
    mk_buffer_uint(buffer, 0, sizeof bytes, word);
    if (!mk_region_decode(mk_buffer_span(buffer), number, &region))
        return json_null();
    return json_pack("{s:I, s:I}", "offset", (json_int_t)region.start, "size",
                     (json_int_t)(region.end - region.start));
}

static void add_word(json_t *lists[], const struct mk_descriptor *d,
                     const struct mk_decision *word) {
    char name[DECISION_NAME_ROOM];
    unsigned number;
    enum decision_word what = decision_word_find(d, word, name, &number);
    json_t *object = json_pack("{s:s, s:I, s:I, s:I, s:s}", "name", name, "offset",
                               (json_int_t)word->offset, "old", (json_int_t)word->before, "new",
                               (json_int_t)word->after, "why", word->why);
    if (what == WORD_ACCESS) {
        json_object_set_new(object, "master", json_string(mk_master_name(number)));
        json_object_set_new(object, "before", granted_json(d, word->before));
        json_object_set_new(object, "after", granted_json(d, word->after));
    } else if (what == WORD_REGION) {
        json_object_set_new(object, "region", json_string(mk_region_name(number)));
        json_object_set_new(object, "before", place_json(word->before, number));
        json_object_set_new(object, "after", place_json(word->after, number));
    }
    json_array_append_new(lists[what], object);
}

static void add(json_t *object, json_t *lists[], const struct mk_image *image,
                const struct mk_decision *d) {
    switch (d->kind) {
    case MK_DECIDED_PARTITION:
        json_array_append_new(json_object_get(object, "partitions"), fate_json(d));
        break;
    case MK_DECIDED_MODULE:
        json_array_append_new(json_object_get(object, "modules"), fate_json(d));
        break;
    case MK_DECIDED_WORD:
        add_word(lists, &image->descriptor, d);
        break;
    case MK_DECIDED_MOVE:
        json_array_append_new(json_object_get(object, "moves"),
                              json_pack("{s:s, s:I, s:I, s:I}", "name", d->name, "from",
                                        (json_int_t)d->before, "to", (json_int_t)d->after, "size",
                                        (json_int_t)d->length));
        break;
    case MK_DECIDED_SIGNATURE:
        json_object_set_new(object, "signature",
                            json_pack("{s:s, s:b}", "partition", d->name, "valid", d->kept));
        break;
    case MK_DECIDED_MINIMUM:
        json_object_set_new(object, "minimum_size", json_integer((json_int_t)d->length));
        break;
    }
}

json_t *decision_json(const struct mk_image *image, const struct mk_plan *plan) {
    static const char *const names[] = {"access",     "regions", "straps", "words",
                                        "partitions", "modules", "moves"};
    json_t *object = json_object(), *lists[sizeof names / sizeof *names];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        json_object_set_new(object, names[i], lists[i] = json_array());
    json_object_set_new(object, "signature", json_null());
    json_object_set_new(object, "minimum_size", json_null());
    for (size_t i = 0; i < plan->n_decisions; i++)
        add(object, lists, image, &plan->decisions[i]);
    return object;
}
