#include "patched.h"

#include <forge/forge.h>
#include <mekit/action/unlock.h>

TestSuite(unlock, .fini = check_leaks);

/* FLMSTR1, 2, 3, 5 as they are left; 0 for a master that is not there. */
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
           (const uint32_t[]){0x0A0B0000, 0x0C0D0000, 0x08080118, 0});
    expect("good-ifd-sklkbl", NULL, lock,
           (const uint32_t[]){0x00A00B00, 0x00400D00, 0x00800900, 0});
    expect("good-ifd-tgl", NULL, reads, (const uint32_t[]){0x00A00F00, 0x00400D00, 0x00800900, 0});
    expect("good-ifd-glk", NULL, lock, (const uint32_t[]){0x00200300, 0x02002300, 0, 0});
}

/* Options that contradict each other, and what has no descriptor. */
Test(unlock, what_is_refused) {
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

/* The regions are told of elsewhere, and there are 8: no EC can be in use. An old descriptor with
 * as many masters as a server's is still an old one. */
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
