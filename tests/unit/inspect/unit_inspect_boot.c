/* SPDX-License-Identifier: MIT */
/* MK_LOOK_BOOT leaves out only findings that block nothing. */
#include "inspected.h"

#include <string.h>

TestSuite(inspect_boot, .fini = check_leaks);

#define LOOK (MK_LOOK_READ | MK_LOOK_CHAIN)

static size_t fewer; /* number of recipes with fewer findings */

static bool is_among(const struct mk_finding *one, const struct mk_findings *f) {
    for (size_t i = 0; i < f->n; i++)
        if (f->list[i].id == one->id && f->list[i].offset == one->offset &&
            f->list[i].blocks == one->blocks && strcmp(f->list[i].text, one->text) == 0)
            return true;
    return false;
}

/* All findings of a that block are in b. */
static void expect_blockers(const struct mk_findings *a, const struct mk_findings *b,
                            const char *recipe) {
    for (size_t i = 0; i < a->n; i++)
        cr_assert(!a->list[i].blocks || is_among(&a->list[i], b), "%s: %s", recipe,
                  a->list[i].text);
}

static void compare(const struct mk_image *image, const char *recipe) {
    struct mk_inspection all, boot;
    cr_assert(mk_inspect(image, LOOK, NULL, 0, &all, NULL));
    cr_assert(mk_inspect(image, LOOK | MK_LOOK_BOOT, NULL, 0, &boot, NULL));
    expect_blockers(&all.findings, &boot.findings, recipe);
    expect_blockers(&boot.findings, &all.findings, recipe);
    for (size_t i = 0; i < boot.findings.n; i++)
        cr_assert(is_among(&boot.findings.list[i], &all.findings), "%s: %s", recipe,
                  boot.findings.list[i].text);
    cr_assert_eq(all.proof.proven, boot.proof.proven, "%s", recipe);
    fewer += boot.findings.n < all.findings.n;
    mk_inspection_free(&all);
    mk_inspection_free(&boot);
}

Test(inspect_boot, blocks_the_same_as_a_full_look) {
    for (size_t i = 0; i < forge_count(); i++) {
        const char *recipe = forge_recipe(i)->name;
        struct mk_error e = {0};
        struct mk_buffer bytes;
        struct mk_image image;
        cr_assert(forge_build(recipe, &bytes), "%s", recipe);
        if (mk_image_recognise(mk_buffer_span(bytes), NULL, &image, &e)) {
            compare(&image, recipe);
            mk_image_free(&image);
        }
        free(bytes.p);
    }
    cr_assert_geq(fewer, 3);
}

Test(inspect_boot, leaves_unneeded_streams_packed) {
    struct inspected s;
    unsigned packed = 0;
    inspected_open(&s, "good-full-me8");
    mk_inspection_free(&s.seen);
    cr_assert(mk_inspect(&s.image, LOOK | MK_LOOK_BOOT, NULL, 0, &s.seen, NULL));
    for (size_t i = 0; i < s.seen.chain.n_modules; i++) {
        const struct mk_module_link *m = &s.seen.chain.modules[i];
        bool unneeded = m->module->compression == MK_LZMA && !m->module->essential;
        packed += unneeded && m->result == MK_CHECK_UNCHECKED;
        cr_assert(!unneeded || m->result != MK_CHECK_MATCH);
    }
    cr_assert_geq(packed, 1);
    inspected_close(&s);
}
