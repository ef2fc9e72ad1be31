/* SPDX-License-Identifier: MIT */
#include "dump/drawn.h"

TestSuite(svg, .fini = check_leaks);

Test(svg, the_check_can_fail) {
    static const char *const bad[] = {
        "",         "<a>",          "<a></b>",   "<a/><a/>", "<a b=c/>",       "<a>&x;</a>",
        "<a><</a>", "<a b=\"<\"/>", "<a b=\"/>", "</a>",     "<a><b></a></b>", "<a b=\"&x;\"/>"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_assert_not(is_well_formed(bad[i]), "%s", bad[i]);
    cr_assert(is_well_formed("<a b=\"&#39;\" c-d=\"2\"><b/>x &lt; y<c>z</c>\n</a>\n"));
}

static void assert_on_page(const char *text, const char *name) {
    for (const char *p = text; (p = strstr(p, " x=\"")); p += 4)
        cr_assert(atof(p + 4) >= 0 && atof(p + 4) <= 1120, "%s: %.12s", name, p);
}

Test(svg, every_recipe_is_well_formed_and_on_the_page) {
    for (size_t i = 0; i < forge_count(); i++) {
        struct drawn d, *list[] = {&d};
        drawn_open(&d, forge_recipe(i)->name);
        if (d.shown.known) {
            char *text = drawn_text(list, 1, false);
            cr_assert(is_well_formed(text), "%s", forge_recipe(i)->name);
            assert_on_page(text, forge_recipe(i)->name);
            free(text);
        }
        drawn_close(&d);
    }
}

Test(svg, two_images_are_before_and_after) {
    struct drawn a, b, *list[] = {&a, &b};
    drawn_open(&a, "good-full-me8");
    drawn_open(&b, "good-me8");
    char *text = drawn_text(list, 2, false);
    cr_assert(is_well_formed(text));
    const char *before = strstr(text, ">before: forged<"), *after = strstr(text, ">after: forged<");
    cr_assert(before && after && before < after);
    free(text);
    drawn_close(&a);
    drawn_close(&b);
}

Test(svg, labels_are_escaped) {
    static const char names[][5] = {"<&\">", "&#60", "<scr", "]]>\x1b"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct drawn d, *list[] = {&d};
        drawn_open(&d, "good-me8");
        mk_buffer_put(d.shown.input.bytes, d.shown.image.firmware.fpt.entries[1].at, names[i], 4);
        drawn_again(&d);
        char *text = drawn_text(list, 1, false);
        cr_assert(is_well_formed(text), "%s", names[i]);
        cr_assert_not(strstr(text, names[i]), "%s", names[i]);
        free(text);
        drawn_close(&d);
    }
}
