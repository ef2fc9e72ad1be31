/* SPDX-License-Identifier: MIT */
#include "dump/shown.h"

#include <mekit/action/minimum.h>
#include <mekit/inspect/inspect.h>

TestSuite(json, .fini = check_leaks);

static char *dump(const struct shown *s) {
    struct mk_inspection seen;
    cr_assert(mk_inspect(&s->image, MK_LOOK_READ | MK_LOOK_CHAIN, NULL, 0, &seen, NULL));
    json_t *object = dump_json(&s->run, &s->image, &seen.findings);
    mk_inspection_free(&seen);
    char *text = object ? json_dumps(object, JSON_INDENT(2) | JSON_ENSURE_ASCII) : NULL;
    json_decref(object);
    cr_assert(text);
    return text;
}

static json_t *parse(const struct shown *s) {
    json_error_t error;
    char *text = dump(s);
    json_t *object = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    cr_assert(object, "%s at line %d", error.text, error.line);
    free(text);
    return object;
}

static const json_t *walk(const json_t *object, const char *a, const char *b) {
    const json_t *value = json_object_get(json_object_get(object, a), b);
    cr_assert(value, "%s.%s", a, b);
    return value;
}

static const json_t *named(const json_t *array, const char *name) {
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *element = json_array_get(array, i);
        if (strcmp(json_string_value(json_object_get(element, "name")), name) == 0)
            return element;
    }
    cr_assert_fail("no %s", name);
    return NULL;
}

static json_int_t number(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    cr_assert(json_is_integer(value), "%s", key);
    return json_integer_value(value);
}

Test(json, has_every_key_of_the_contract) {
    static const char *const keys[] = {
        "schema",   "tool",       "version",          "input",     "state",   "descriptor",
        "firmware", "partitions", "partition_tables", "manifests", "modules", "findings"};
    struct shown s;
    uint64_t minimum;
    shown_open(&s, "good-full-me8");
    json_t *o = parse(&s);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        cr_assert(json_object_get(o, keys[i]), "%s", keys[i]);
    const struct mk_descriptor *d = &s.image.descriptor;
    const json_t *me = named(walk(o, "descriptor", "regions"), "me");
    cr_assert_eq(number(me, "offset"), (json_int_t)d->regions[MK_REGION_ME].start);
    cr_assert_eq(number(me, "raw"), d->regions[MK_REGION_ME].raw);
    const json_t *straps = walk(o, "descriptor", "straps");
    cr_assert_eq(json_array_size(json_object_get(straps, "pch")), d->isl);
    cr_assert_eq(number(walk(o, "descriptor", "map"), "ISL"), d->isl);
    cr_assert(mk_minimum_size(&s.image, &minimum, NULL));
    cr_assert_eq(json_integer_value(walk(o, "me", "minimum_size")), (json_int_t)minimum);
    cr_assert_str_eq(json_string_value(walk(o, "firmware", "family")), "ME");
    json_decref(o);
    shown_close(&s);
}

Test(json, modules_and_manifests_are_at_their_places) {
    struct shown s;
    shown_open(&s, "good-full-me8");
    json_t *o = parse(&s);
    const struct mk_partition *ftpr = mk_partition_find(&s.image.firmware, "FTPR");
    const json_t *bup = named(json_object_get(o, "modules"), "BUP");
    cr_assert(json_is_true(json_object_get(bup, "essential")));
    cr_assert_str_eq(json_string_value(json_object_get(bup, "kind")), "huffman");
    cr_assert_str_eq(json_string_value(json_object_get(bup, "state")), "present");
    const json_t *manifest = named(json_object_get(o, "manifests"), "FTPR");
    cr_assert_eq(number(manifest, "offset"), (json_int_t)ftpr->manifest.bytes.at);
    cr_assert_eq(strlen(json_string_value(json_object_get(manifest, "modulus_sha256"))), 64);
    cr_assert(json_is_false(walk(manifest, "key", "known")));
    json_decref(o);
    shown_close(&s);
}

static bool is_cut_off(const json_t *object) {
    const char *state = json_string_value(json_object_get(object, "state"));
    return state && strcmp(state, "cut off") == 0;
}

/* Every offset is a place in the file, except those of cut-off modules and of regions, which are
 * places in the flash. value is not const, since jansson can't walk a const object. */
static void check_offsets(json_t *value, json_int_t size) {
    const char *key;
    json_t *inner;
    size_t i;
    json_array_foreach(value, i, inner) {
        check_offsets(inner, size);
    }
    if (is_cut_off(value))
        return;
    json_object_foreach(value, key, inner) {
        json_int_t offset = json_integer_value(inner);
        if (strcmp(key, "offset") == 0)
            cr_assert(offset >= 0 && offset <= size, "offset %" JSON_INTEGER_FORMAT, offset);
        if (strcmp(key, "regions") != 0)
            check_offsets(inner, size);
    }
}

Test(json, every_recipe_is_shown_twice_alike) {
    for (size_t i = 0; i < forge_count(); i++) {
        struct shown s;
        shown_open(&s, forge_recipe(i)->name);
        if (s.known) {
            char *first = dump(&s), *second = dump(&s);
            json_t *o = parse(&s);
            cr_assert_str_eq(first, second);
            check_offsets(o, (json_int_t)s.input.bytes.n);
            json_decref(o);
            free(first);
            free(second);
        }
        shown_close(&s);
    }
}

Test(json, any_byte_of_the_headers_may_be_wrong) {
    struct shown s;
    shown_open(&s, "good-full-me11");
    uint64_t region = s.image.region.at;
    for (uint64_t at = 0; at < 0x300; at++) {
        uint64_t place = at < 0x180 ? at : region + at - 0x180;
        uint8_t old = mk_span_u8(mk_buffer_span(s.input.bytes), place);
        mk_buffer_uint(s.input.bytes, place, 1, old ^ 0xFFu);
        shown_again(&s);
        if (s.known)
            json_decref(parse(&s));
        mk_buffer_uint(s.input.bytes, place, 1, old);
    }
    shown_close(&s);
}

Test(json, missing_parts_are_null) {
    struct shown s;
    shown_open(&s, "good-ifd-tgl-h");
    json_t *o = parse(&s);
    cr_assert(json_is_null(json_object_get(o, "firmware")));
    cr_assert(json_is_null(walk(o, "me", "offset")));
    cr_assert_str_eq(json_string_value(walk(o, "me", "state")), "absent");
    json_decref(o);
    shown_close(&s);
    shown_open(&s, "good-me8");
    o = parse(&s);
    cr_assert(json_is_null(json_object_get(o, "descriptor")));
    json_decref(o);
    shown_close(&s);
}
