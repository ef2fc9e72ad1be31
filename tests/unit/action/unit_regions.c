/* SPDX-License-Identifier: MIT */
#include "forged.h"

#include <mekit/action/regions.h>

TestSuite(regions, .fini = check_leaks);

#define COUNT(a) (sizeof(a) / sizeof *(a))

static bool read_text(const char *text, struct mk_region_wishes *w, struct mk_error *e) {
    *w = (struct mk_region_wishes){.n = 0};
    return mk_region_wishes_file(w, mk_span_of(text, strlen(text)), e);
}

Test(regions, layout_lines) {
    struct mk_region_wishes w;
    struct mk_error e = {0};
    cr_assert(read_text("00000000:00000fff fd\n"
                        "# none\n\n"
                        "  0x3000:0xEFFF\tme # here\r\n"
                        "00fff000:00000fff Platform Data",
                        &w, &e),
              "%s", e.what);
    cr_assert_eq(w.n, 3);
    cr_assert_eq(w.list[1].region, MK_REGION_ME);
    cr_assert_eq(w.list[1].place.start, 0x3000);
    cr_assert_eq(w.list[1].place.end, 0xF000);
    cr_assert_eq(w.list[2].region, MK_REGION_PD);
    cr_assert_eq(w.list[2].place.end, 0, "start above end is unused");
}

Test(regions, layout_lines_refused) {
    static const char *const texts[] = {
        "me",
        "3000 me",
        "3000:efff",
        "3000:efffme",
        "3000:efff attic",
        "3001:efff me",
        "3000:efef me",
        "3000:1ffffffff me",
        ":efff me",
        "3000: me",
        "x:y me",
        "\xFF\xFE",
        "3000:efff me\n3000:efff ME",
    };
    struct mk_region_wishes w;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct mk_error e = {0};
        cr_assert_not(read_text(texts[i], &w, &e), "%s", texts[i]);
        cr_assert_eq(e.code, MK_E_USAGE);
    }
}

Test(regions, words) {
    struct mk_region_wishes w = {.n = 0};
    struct mk_error e = {0};
    cr_assert(mk_region_wishes_word(&w, "me=3000-efff", &e));
    cr_assert(mk_region_wishes_word(&w, "gbe=none", &e));
    cr_assert_eq(w.list[0].place.end, 0xF000);
    cr_assert_eq(w.list[1].place.end, 0);
    cr_assert_not(mk_region_wishes_word(&w, "me=4000-efff", &e), "twice");
    cr_assert_not(mk_region_wishes_word(&w, "pd=", &e));
    cr_assert_not(mk_region_wishes_word(&w, "pd=3000-efff more", &e));
    cr_assert_not(mk_region_wishes_word(&w, "a name that no region could ever have=none", &e));
}

/* Plans one wanted place and returns the result. */
static enum mk_code plan_word(const char *recipe, const char *word) {
    struct forged_image f = forged_open(recipe);
    struct mk_regions_options o = {.flash_size = 0};
    struct mk_plan plan;
    struct mk_error e = {0};
    cr_assert(mk_region_wishes_word(&o.wishes, word, &e));
    mk_plan_start(&plan, f.image.bytes);
    bool done = mk_regions_plan(&f.image, &o, &plan, &e) && mk_plan_close(&plan, &e);
    mk_plan_free(&plan);
    forged_close(&f);
    return done ? MK_OK : e.code;
}

Test(regions, contents_decide) {
    static const struct {
        const char *recipe, *word;
        enum mk_code code;
    } rows[] = {
        {"good-full-me8", "me=3000-efff", MK_OK},
        {"good-full-me8", "me=3000-5fff", MK_E_UNFIT},
        {"good-full-me8", "gbe=none", MK_E_UNFIT},
        {"good-full-me8", "bios=10000-1ffff", MK_E_UNFIT},
        {"good-full-me8", "bios=e000-1ffff", MK_E_UNFIT},
        {"good-full-me-erased", "me=3000-8fff", MK_OK},
        {"good-full-me-erased", "me=none", MK_OK},
        {"good-ifd-x230", "me=3000-2fffff", MK_OK},
        {"good-ifd-x230", "bios=500000-ffffff", MK_E_UNFIT},
        {"good-x230-bottom", "bios=500000-bfefff", MK_E_UNFIT},
        {"good-me8", "me=3000-efff", MK_E_NO_DESCRIPTOR},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        cr_assert_eq(plan_word(rows[i].recipe, rows[i].word), rows[i].code, "%s %s", rows[i].recipe,
                     rows[i].word);
}
