/* SPDX-License-Identifier: MIT */
/* A caller who does not need the error passes NULL: the result is the same. */
#include "forged.h"

#include <mekit/mekit.h>

TestSuite(no_error, .fini = check_leaks);

/* What comes of it: a bit for each answer, so that no two can cancel out. */
typedef unsigned ask(const struct mk_image *image, struct mk_error *e);

static unsigned ask_verify(const struct mk_image *image, struct mk_error *e) {
    struct mk_chain chain;
    bool done = mk_verify(image, NULL, 0, &chain, e);
    if (done)
        mk_chain_free(&chain);
    return done;
}

static unsigned ask_inspect(const struct mk_image *image, struct mk_error *e) {
    struct mk_inspection seen;
    bool done =
        mk_inspect(image, MK_LOOK_READ | MK_LOOK_CHAIN | MK_LOOK_COPIES, NULL, 0, &seen, e) &&
        mk_findings_readable(&seen.findings, e) &&
        mk_findings_allow(&seen.findings, MK_TO_ANYTHING, 0, e);
    mk_inspection_free(&seen);
    return done;
}

static unsigned ask_scan(const struct mk_image *image, struct mk_error *e) {
    struct mk_scan scan = {.file = image->bytes};
    struct mk_found found;
    size_t n = 0;
    while (mk_scan_next(&scan, &found, e))
        n++;
    return n > 0;
}

static unsigned ask_state(const struct mk_image *image, struct mk_error *e) {
    struct mk_state state;
    return mk_state_read(image, &state, e);
}

static unsigned ask_seal(const struct mk_image *image, struct mk_error *e) {
    struct mk_seal seal;
    return mk_seal_take(image, &seal, e) && mk_seal_check(&seal, image, e);
}

/* ---- plans ---- */

static bool plan_strip(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_strip_options o = {.soft_disable = true, .descriptor = true};
    return mk_strip_check_options(image, &o, e) && mk_strip_plan(image, &o, plan, e);
}

static bool plan_relocate(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_relocate_options o = {.reclaim = true};
    return mk_relocate_plan(image, &o, plan, e);
}

static bool plan_unlock(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_unlock_options o = {0};
    return mk_unlock_plan(image, &o, plan, e);
}

static bool plan_extract(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_extract_options o = {0};
    return mk_extract_plan(image, &o, plan, e);
}

static bool plan_insert(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    static const uint8_t bytes[16];
    const struct mk_insert_part parts[] = {
        {.region = MK_REGION_GBE, .blank = true},
        {.region = MK_REGION_ME, .bytes = mk_span_of(bytes, sizeof bytes)}};
    const struct mk_insert_options o = {.parts = parts, .n = 2};
    return mk_insert_plan(image, &o, plan, e);
}

static bool plan_descriptor(const struct mk_image *image, struct mk_plan *plan,
                            struct mk_error *e) {
    const struct mk_insert_part part = {.region = MK_REGION_FD,
                                        .bytes = mk_span_clip(image->bytes, 0, MK_DESCRIPTOR_SIZE)};
    const struct mk_insert_options o = {.parts = &part, .n = 1};
    return mk_insert_plan(image, &o, plan, e);
}

static bool plan_regions(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    struct mk_regions_options o = {.flash_size = 0};
    return mk_region_wishes_word(&o.wishes, "me=none", e) && mk_regions_plan(image, &o, plan, e);
}

static bool plan_set(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_strap_value strap = {.number = 1, .value = 1};
    const struct mk_set_options o = {
        .em100 = true, .clear_vscc = true, .clear_gpr0 = true, .straps = &strap, .n_straps = 1};
    return mk_set_plan(image, &o, plan, e);
}

static bool plan_soft_disable(const struct mk_image *image, struct mk_plan *plan,
                              struct mk_error *e) {
    return mk_soft_disable_plan(image, true, plan, e);
}

static bool (*const plans[])(const struct mk_image *, struct mk_plan *, struct mk_error *) = {
    plan_strip,      plan_relocate, plan_unlock, plan_extract,     plan_insert,
    plan_descriptor, plan_regions,  plan_set,    plan_soft_disable};
#define PLANS (sizeof plans / sizeof *plans)

static unsigned ask_plans(const struct mk_image *image, struct mk_error *e) {
    unsigned made = 0;
    for (size_t i = 0; i < PLANS; i++) {
        struct mk_plan plan;
        mk_plan_start(&plan, image->bytes);
        made |= (unsigned)(plans[i](image, &plan, e) && mk_plan_close(&plan, e)) << i;
        mk_plan_free(&plan);
    }
    return made;
}

/* The boot partition alone is what an update begins with. */
static unsigned ask_update(const struct mk_image *image, struct mk_error *e) {
    const struct mk_partition *boot = image->firmware.boot;
    struct mk_span update = boot ? mk_span_of(boot->bytes.p, boot->bytes.n) : image->bytes;
    struct mk_buffer region = {NULL, 0};
    bool made = mk_update_region(update, &region, e);
    if (made)
        free(region.p);
    return made;
}

/* ---- all calls on all images ---- */

static ask *const all[] = {ask_verify, ask_inspect, ask_scan,  ask_state,
                           ask_seal,   ask_plans,   ask_update};
#define ASKED (sizeof all / sizeof *all)

/* yes: what any image was answered. */
static void ask_all(const char *recipe, const struct mk_image *image, unsigned yes[ASKED]) {
    for (size_t i = 0; i < ASKED; i++) {
        struct mk_error e = {0};
        unsigned answer = all[i](image, NULL);
        cr_assert_eq(answer, all[i](image, &e), "%s: %zu", recipe, i);
        yes[i] |= answer;
    }
}

Test(no_error, same_results) {
    size_t known = 0, unknown = 0;
    unsigned yes[ASKED] = {0};
    for (size_t i = 0; i < forge_count(); i++) {
        const char *recipe = forge_recipe(i)->name;
        struct mk_buffer b = forged(recipe);
        struct mk_image image;
        if (mk_image_recognise(mk_buffer_span(b), NULL, &image, NULL)) {
            ask_all(recipe, &image, yes);
            mk_image_free(&image);
            known++;
        } else
            unknown++;
        free(b.p);
    }
    cr_assert(known > 100 && unknown > 10, "%zu %zu", known, unknown);
    for (size_t i = 0; i < ASKED; i++)
        cr_expect_eq(yes[i], all[i] == ask_plans ? (1u << PLANS) - 1 : 1, "%zu: %x", i, yes[i]);
}
