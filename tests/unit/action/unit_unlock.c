/* SPDX-License-Identifier: MIT */
#include "patched.h"

#include <forge/forge.h>
#include <mekit/action/unlock.h>
#include <mekit/codec/digest.h>

TestSuite(unlock, .fini = check_leaks);

struct unlocked {
    struct mk_plan plan;
    struct mk_span out;
};

/* Plans and applies an unlock in place. */
static void unlock(struct forged_image *f, struct mk_unlock_options o, struct unlocked *u) {
    struct mk_error e = {0};
    mk_plan_start(&u->plan, f->image.bytes);
    cr_assert(mk_unlock_plan(&f->image, &o, &u->plan, &e) && mk_plan_close(&u->plan, &e), "%s",
              e.what);
    cr_assert(mk_plan_apply(&u->plan, f->b, &u->out, &e));
}

/* words: FLMSTR1, 2, 3, 5 afterwards; 0 for a master that does not exist. */
static void expect(const char *recipe, const char *platform, struct mk_unlock_options o,
                   const uint32_t words[4]) {
    static const unsigned masters[] = {0, 1, 2, 4};
    struct mk_buffer b;
    struct mk_image image;
    struct mk_plan plan;
    struct mk_span out;
    struct mk_error e = {0};
    cr_assert(forge_build(recipe, &b));
    cr_assert(mk_image_recognise(mk_buffer_span(b), platform, &image, &e));
    mk_plan_start(&plan, image.bytes);
    cr_assert(mk_unlock_plan(&image, &o, &plan, &e) && mk_plan_close(&plan, &e));
    cr_assert(mk_plan_apply(&plan, b, &out, &e));
    for (size_t i = 0; i < 4; i++)
        if (words[i])
            cr_assert_eq(mk_span_u32(out, image.descriptor.masters[masters[i]].at), words[i],
                         "%s: FLMSTR%u", recipe, masters[i] + 1);
    mk_plan_free(&plan);
    mk_image_free(&image);
    free(b.p);
}

#define ONES  0xFFFFFFFFu
#define PLAIN 0xFFFFFF00u

Test(unlock, opens_by_class) {
    const struct mk_unlock_options open = {0}, like = {.like_ifdtool = true},
                                   host = {.host_only = true};
    expect("good-ifd-x230", NULL, open, (const uint32_t[]){0xFFFF0000, 0xFFFF0000, 0x08080118, 0});
    expect("good-ifd-x230", NULL, like, (const uint32_t[]){0xFFFF0000, 0xFFFF0000, 0x08080118, 0});
    expect("good-ifd-sklkbl", NULL, open, (const uint32_t[]){PLAIN, PLAIN, PLAIN, PLAIN});
    expect("good-ifd-apl", NULL, open, (const uint32_t[]){PLAIN, PLAIN, PLAIN, PLAIN});
    expect("good-ifd-tgl", NULL, open, (const uint32_t[]){ONES, ONES, ONES, ONES});
    expect("good-ifd-tgl", NULL, like, (const uint32_t[]){ONES, ONES, ONES, ONES});
    expect("good-ifd-lbg", NULL, open, (const uint32_t[]){ONES, ONES, ONES, ONES});
    expect("good-ifd-lbg", NULL, like, (const uint32_t[]){PLAIN, PLAIN | 0x88, PLAIN, PLAIN});
    expect("good-ifd-ehl", NULL, open, (const uint32_t[]){ONES, ONES, ONES, ONES});
    expect("good-ifd-ebg", NULL, open, (const uint32_t[]){ONES, ONES, ONES, ONES});
    expect("good-ifd-jsl", "icl", open, (const uint32_t[]){ONES, ONES, ONES, ONES});
    expect("good-ifd-jsl", "icl", like, (const uint32_t[]){PLAIN, PLAIN, PLAIN, PLAIN});
    expect("good-ifd-tgl", NULL, host, (const uint32_t[]){ONES, 0x00400500, 0, 0});
}

Test(unlock, locks_by_rule) {
    const struct mk_unlock_options lock = {.lock = true},
                                   reads = {.lock = true, .host_read_me = true};
    expect("good-ifd-x230", NULL, lock, (const uint32_t[]){0x0A0B0000, 0x0C0D0000, 0x08080118, 0});
    expect("good-ifd-baytrail", NULL, lock,
           (const uint32_t[]){0x0A0B0000, 0x0C0D0000, 0x0808FFFF, 0});
    expect("good-ifd-sklkbl", NULL, lock,
           (const uint32_t[]){0x00A00B00, 0x00400D00, 0x00800900, 0});
    expect("good-ifd-tgl", NULL, reads, (const uint32_t[]){0x00A00F00, 0x00400D00, 0x00800900, 0});
    expect("good-ifd-glk", NULL, lock, (const uint32_t[]){0x00200300, 0x02002300, 0, 0});
}

/* Options that contradict each other, and an image without a descriptor. */
Test(unlock, impossible_requests_are_refused) {
    static const struct {
        const char *recipe;
        struct mk_unlock_options options;
        enum mk_code code;
    } rows[] = {
        {"good-ifd-x230", {.host_read_me = true}, MK_E_USAGE},
        {"good-ifd-x230", {.lock = true, .host_only = true}, MK_E_USAGE},
        {"good-ifd-x230", {.lock = true, .like_ifdtool = true}, MK_E_USAGE},
        {"good-me8", {.lock = true}, MK_E_NO_DESCRIPTOR},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mk_buffer b;
        struct mk_image image;
        struct mk_plan plan;
        struct mk_error e = {0};
        cr_assert(forge_build(rows[i].recipe, &b));
        cr_assert(mk_image_recognise(mk_buffer_span(b), NULL, &image, &e));
        mk_plan_start(&plan, image.bytes);
        cr_expect_not(mk_unlock_plan(&image, &rows[i].options, &plan, &e));
        cr_expect_eq(e.code, rows[i].code, "row %zu: %s", i, mk_code_name(e.code));
        mk_plan_free(&plan);
        mk_image_free(&image);
        free(b.p);
    }
}

/* The region section is at another place and has 8 regions, so no EC can be in use. An old
 * descriptor with as many masters as a server is still an old one. */
Test(unlock, odd_maps) {
    static const struct {
        const char *recipe;
        struct patch patches[5];
        struct mk_unlock_options options;
        uint32_t words[2];
    } rows[] = {
        {"good-ifd-sklkbl",
         {{0x16, 1, 6},
          {0x60, 4, 0},
          {0x64, 4, 0x07FF0500},
          {0x68, 4, 0x04FF0003},
          {0x6C, 4, 0x00020001}},
         {.lock = true},
         {0x00A00B00, 0x00400D00}},
        {"good-ifd-x230", {{0x19, 1, 6}}, {.lock = false}, {0xFFFF0000, 0xFFFF0000}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forged_image f = {.b = forged(rows[i].recipe)};
        struct mk_plan plan;
        struct mk_span out;
        struct mk_error e = {0};
        patch(f.b, rows[i].patches, 5);
        forged_read(&f);
        mk_plan_start(&plan, f.image.bytes);
        cr_assert(mk_unlock_plan(&f.image, &rows[i].options, &plan, &e) &&
                  mk_plan_close(&plan, &e));
        cr_assert(mk_plan_apply(&plan, f.b, &out, &e));
        for (size_t k = 0; k < 2; k++)
            cr_expect_eq(mk_span_u32(out, f.image.descriptor.masters[k].at), rows[i].words[k],
                         "%s: FLMSTR%zu", rows[i].recipe, k + 1);
        mk_plan_free(&plan);
        forged_close(&f);
    }
}

/* ---- requester ids ---- */

/* The low half of a version 1 word is the requester id: 0218 is the GbE of ICH9. */
Test(unlock, version_1_keeps_requester_ids) {
    static const struct {
        const char *recipe;
        struct patch patches[3];
        struct mk_unlock_options options;
        uint32_t words[3];
    } rows[] = {
        {"good-ifd-ich9", {{0}}, {.lock = true}, {0x0A0B0000, 0x0C0D0000, 0x08080218}},
        {"good-ifd-ich9", {{0}}, {.lock = false}, {0xFFFF0000, 0xFFFF0000, 0x08080218}},
        {"good-ifd-x230",
         {{0x60, 2, 0x0123}, {0x64, 2, 0x4567}, {0x68, 2, 0x89AB}},
         {.lock = true},
         {0x0A0B0123, 0x0C0D4567, 0x080889AB}},
        {"good-ifd-x230",
         {{0x60, 2, 0x0123}, {0x64, 2, 0x4567}, {0x68, 2, 0x89AB}},
         {.lock = false},
         {0xFFFF0123, 0xFFFF4567, 0x080889AB}},
        {"good-ifd-x230",
         {{0x60, 2, 0x0123}, {0x64, 2, 0x4567}, {0x68, 2, 0x89AB}},
         {.like_ifdtool = true},
         {0xFFFF0000, 0xFFFF0000, 0x080889AB}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forged_image f = {.b = forged(rows[i].recipe)};
        struct unlocked u;
        patch(f.b, rows[i].patches, 3);
        forged_read(&f);
        unlock(&f, rows[i].options, &u);
        for (size_t k = 0; k < 3; k++)
            cr_expect_eq(mk_span_u32(u.out, f.image.descriptor.masters[k].at), rows[i].words[k],
                         "row %zu: FLMSTR%zu", i, k + 1);
        mk_plan_free(&u.plan);
        forged_close(&f);
    }
}

/* ---- GPR0 ---- */

static bool remarks_have(const struct mk_plan *plan, const char *text) {
    for (size_t i = 0; i < plan->n_remarks; i++)
        if (strstr(plan->remarks[i].text, text))
            return true;
    return false;
}

Test(unlock, gpr0_is_cleared_on_request_alone) {
    static const struct {
        const char *recipe;
        struct mk_unlock_options options;
        uint32_t word; /* value of strap 15 */
        const char *said;
    } rows[] = {
        {"good-ifd-gpr0", {.clear_gpr0 = true}, 0, "0x1000 to 0x14ffff"},
        {"good-ifd-gpr0", {.clear_gpr0 = true, .lock = true}, 0, "GPR0"},
        {"good-ifd-gpr0", {.lock = false}, 0x814F0001, NULL},
        {"good-gpr0-no-range", {.clear_gpr0 = true}, 0x22222222, "nothing to clear"},
        {"good-ifd-tgl", {.clear_gpr0 = true}, 0, "nothing to clear"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forged_image f = forged_open(rows[i].recipe);
        struct unlocked u;
        unlock(&f, rows[i].options, &u);
        cr_expect_eq(mk_span_u32(u.out, 0x154), rows[i].word, "row %zu", i);
        cr_expect(!rows[i].said || remarks_have(&u.plan, rows[i].said), "row %zu", i);
        mk_plan_free(&u.plan);
        forged_close(&f);
    }
}

/* ---- Meteor Lake ---- */

Test(unlock, an_equal_second_descriptor_follows) {
    static const struct {
        const char *recipe;
        bool both;
    } rows[] = {{"good-ifd-mtl", true}, {"good-mtl-differs", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forged_image f = forged_open(rows[i].recipe);
        struct mk_span second = mk_span_clip(f.image.bytes, 0x1000, 0x1000);
        struct mk_digest before, after;
        struct unlocked u;
        cr_assert(mk_digest_take(MK_SHA256, &second, 1, &before, NULL));
        unlock(&f, (struct mk_unlock_options){.lock = false}, &u);
        cr_assert(mk_digest_take(MK_SHA256, &second, 1, &after, NULL));
        struct mk_span first = mk_span_clip(u.out, 0, 0x1000);
        cr_assert_eq(mk_span_u32(first, 0x80), 0xFFFFFFFF);
        cr_assert_eq(mk_span_equal(first, second), rows[i].both, "%s", rows[i].recipe);
        cr_assert(rows[i].both || memcmp(before.bytes, after.bytes, before.n) == 0);
        mk_plan_free(&u.plan);
        forged_close(&f);
    }
}

/* ---- access that locking leaves ---- */

Test(unlock, locking_reports_access_that_stays_open) {
    static const struct {
        const char *recipe;
        struct patch patch;
        const char *said;
        bool is_said;
    } rows[] = {
        {"good-ifd-lbg", {0x8C, 4, 0xA20A2000}, "FLMSTR4 (devexp) keeps access", true},
        {"good-ifd-lbg", {0x94, 4, 0x40040000}, "FLMSTR6 (ie) keeps access: it can write ie", true},
        {"good-ifd-lbg",
         {0x94, 4, 0x00500000},
         "FLMSTR6 (ie) stays open: it can write fd me",
         true},
        {"good-ifd-lbg", {0}, "FLMSTR2 (me) keeps access: it can write me gbe ptt", true},
        {"good-ifd-lbg", {0}, "FLMSTR3", false},
        {"good-ifd-tgl", {0x8C, 4, 0xFFFFFFFF}, "FLMSTR4 (devexp) stays open", true},
        {"good-ifd-tgl", {0x94, 4, 0xFFFFFFFF}, "stays open", false},
        {"good-ifd-x230", {0}, "stays open", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forged_image f = {.b = forged(rows[i].recipe)};
        struct unlocked u;
        bool said = false;
        patch(f.b, &rows[i].patch, 1);
        forged_read(&f);
        unlock(&f, (struct mk_unlock_options){.lock = true}, &u);
        for (size_t k = 0; k < u.plan.n_remarks; k++)
            said = said || (strstr(u.plan.remarks[k].text, rows[i].said) &&
                            strstr(u.plan.remarks[k].text, "can write"));
        cr_expect_eq(said, rows[i].is_said, "row %zu", i);
        mk_plan_free(&u.plan);
        forged_close(&f);
    }
}
