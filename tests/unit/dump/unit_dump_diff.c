/* SPDX-License-Identifier: MIT */
#include "dump/shown.h"

#include <fpt-dump/diff/diff.h>

TestSuite(diff, .fini = check_leaks);

struct pair {
    struct shown a, b;
    struct diff d;
};

static void pair_open(struct pair *p, const char *recipe) {
    shown_open(&p->a, recipe);
    shown_open(&p->b, recipe);
    p->d = (struct diff){.a = &p->a.image, .b = &p->b.image, .differences = json_array()};
}

static void pair_close(struct pair *p) {
    json_decref(p->d.differences);
    shown_close(&p->a);
    shown_close(&p->b);
}

/* Flips a bit of the second image's bytes, compares, and flips it back. */
static void compare_with(struct pair *p, uint64_t at, uint8_t flip,
                         void (*compare)(struct diff *d)) {
    uint8_t old = mk_span_u8(mk_buffer_span(p->b.input.bytes), at);
    json_array_clear(p->d.differences);
    mk_buffer_uint(p->b.input.bytes, at, 1, (uint8_t)(old ^ flip));
    shown_again(&p->b);
    if (p->b.known)
        compare(&p->d);
    mk_buffer_uint(p->b.input.bytes, at, 1, old);
}

static const char *text_of(const struct pair *p, size_t i, const char *key) {
    return json_string_value(json_object_get(json_array_get(p->d.differences, i), key));
}

Test(diff, an_image_is_equal_to_itself) {
    for (size_t i = 0; i < forge_count(); i++) {
        struct pair p;
        pair_open(&p, forge_recipe(i)->name);
        if (p.a.known) {
            if (p.a.image.has_descriptor)
                diff_descriptors(&p.d);
            diff_firmware(&p.d);
            diff_bytes(&p.d, false);
            cr_assert_eq(p.d.problem.code, MK_OK);
        }
        cr_assert_eq(json_array_size(p.d.differences), 0, "%s", forge_recipe(i)->name);
        pair_close(&p);
    }
}

Test(diff, each_strap_by_its_number) {
    struct pair p;
    uint32_t value, at;
    char place[40];
    pair_open(&p, "good-full-me8");
    for (uint32_t i = 0; i < p.a.image.descriptor.isl; i++) {
        cr_assert(mk_descriptor_pch_strap(&p.a.image.descriptor, 4 * i, &value, &at));
        compare_with(&p, at + 2, 0x40, diff_descriptors);
        snprintf(place, sizeof place, "PCH strap %u", i);
        cr_assert_eq(json_array_size(p.d.differences), 1);
        cr_assert_str_eq(text_of(&p, 0, "place"), place);
        const json_t *found = json_array_get(p.d.differences, 0);
        cr_assert_eq(json_integer_value(json_object_get(found, "first")), value);
        cr_assert_eq(json_integer_value(json_object_get(found, "second")), value ^ 0x400000u);
    }
    pair_close(&p);
}

Test(diff, regions_and_masters_by_name) {
    struct pair p;
    pair_open(&p, "good-full-me8");
    compare_with(&p, p.a.image.descriptor.masters[1].at + 3, 0x10, diff_descriptors);
    cr_assert_eq(json_array_size(p.d.differences), 1);
    cr_assert_str_eq(text_of(&p, 0, "place"), "master me");
    compare_with(&p, p.a.image.descriptor.regions[MK_REGION_GBE].at, 0x03, diff_descriptors);
    cr_assert_eq(json_array_size(p.d.differences), 1);
    cr_assert_str_eq(text_of(&p, 0, "place"), "region gbe");
    cr_assert_str_eq(text_of(&p, 0, "what"), "FLREG3");
    compare_with(&p, MK_DESCRIPTOR_OEM + 5, 0x03, diff_descriptors);
    cr_assert_str_eq(text_of(&p, 0, "what"), "OEM section");
    pair_close(&p);
}

Test(diff, a_module_by_its_name) {
    struct pair p;
    pair_open(&p, "good-full-me11");
    const struct mk_partition *ftpr = mk_partition_find(&p.a.image.firmware, "FTPR");
    for (size_t i = 0; i < ftpr->n_modules; i++) {
        const struct mk_module *m = &ftpr->modules[i];
        char place[40];
        snprintf(place, sizeof place, "module FTPR/%.12s", (const char *)m->name);
        if (m->kind != MK_MODULE_CODE || m->stored.n == 0)
            continue;
        compare_with(&p, m->stored.at + m->stored.n / 2, 0x01, diff_firmware);
        cr_assert_eq(json_array_size(p.d.differences), 2, "%s", place);
        cr_assert_str_eq(text_of(&p, 0, "place"), "partition FTPR");
        cr_assert_str_eq(text_of(&p, 1, "place"), place);
    }
    pair_close(&p);
}

Test(diff, a_range_is_reported_by_region) {
    struct pair p;
    pair_open(&p, "good-full-me8");
    const struct mk_region *me = &p.a.image.descriptor.regions[MK_REGION_ME];
    mk_buffer_uint(p.b.input.bytes, me->end - 1, 1, 0x77);
    mk_buffer_uint(p.b.input.bytes, me->end, 1, 0x77);
    diff_bytes(&p.d, false);
    cr_assert_eq(json_array_size(p.d.differences), 2);
    cr_assert_str_eq(text_of(&p, 0, "place"), "me");
    cr_assert_str_eq(text_of(&p, 1, "place"), "bios");
    pair_close(&p);
}
