/* SPDX-License-Identifier: MIT */
/* A caller who does not need the error passes NULL: the result is the same. */
#include "forged.h"

#include <mekit/mekit.h>

TestSuite(no_error, .fini = check_leaks);

typedef bool ask(const struct mk_image *image, struct mk_error *e);

static bool ask_verify(const struct mk_image *image, struct mk_error *e) {
    struct mk_chain chain;
    bool done = mk_verify(image, NULL, 0, &chain, e);
    if (done)
        mk_chain_free(&chain);
    return done;
}

static bool ask_inspect(const struct mk_image *image, struct mk_error *e) {
    struct mk_inspection seen;
    bool done =
        mk_inspect(image, MK_LOOK_READ | MK_LOOK_CHAIN | MK_LOOK_COPIES, NULL, 0, &seen, e) &&
        mk_findings_readable(&seen.findings, e) &&
        mk_findings_allow(&seen.findings, MK_TO_ANYTHING, 0, e);
    mk_inspection_free(&seen);
    return done;
}

static bool ask_scan(const struct mk_image *image, struct mk_error *e) {
    struct mk_scan scan = {.file = image->bytes};
    struct mk_found found;
    size_t n = 0;
    while (mk_scan_next(&scan, &found, e))
        n++;
    return n > 0;
}

static bool ask_state(const struct mk_image *image, struct mk_error *e) {
    struct mk_state state;
    return mk_state_read(image, &state, e);
}

static bool ask_seal(const struct mk_image *image, struct mk_error *e) {
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

static bool ask_plans(const struct mk_image *image, struct mk_error *e) {
    bool (*const plans[])(const struct mk_image *, struct mk_plan *, struct mk_error *) = {
        plan_strip, plan_relocate, plan_unlock, plan_extract};
    unsigned made = 0;
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        struct mk_plan plan;
        mk_plan_start(&plan, image->bytes);
        made += plans[i](image, &plan, e) && mk_plan_close(&plan, e);
        mk_plan_free(&plan);
    }
    return made % 2; /* one plan more or less changes the result */
}

/* ---- all calls on all images ---- */

static void ask_all(const char *recipe, const struct mk_image *image) {
    ask *const all[] = {ask_verify, ask_inspect, ask_scan, ask_state, ask_seal, ask_plans};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct mk_error e = {0};
        cr_assert_eq(all[i](image, NULL), all[i](image, &e), "%s: %zu", recipe, i);
    }
}

Test(no_error, same_results) {
    size_t known = 0, unknown = 0;
    for (size_t i = 0; i < forge_count(); i++) {
        const char *recipe = forge_recipe(i)->name;
        struct mk_buffer b = forged(recipe);
        struct mk_image image;
        if (mk_image_recognise(mk_buffer_span(b), NULL, &image, NULL)) {
            ask_all(recipe, &image);
            mk_image_free(&image);
            known++;
        } else
            unknown++;
        free(b.p);
    }
    cr_assert(known > 100 && unknown > 10, "%zu %zu", known, unknown);
}
