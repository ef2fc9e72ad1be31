/* SPDX-License-Identifier: MIT */
#include "dump/drawn.h"

TestSuite(page, .fini = check_leaks);

static size_t count(const char *text, const char *what) {
    size_t n = 0;
    while ((text = strstr(text, what))) {
        n++;
        text += strlen(what);
    }
    return n;
}

/* Each open element is closed, there is one script, and nothing is loaded. */
static void assert_whole(const char *text, const char *name) {
    static const char *const elements[] = {"section", "table", "tr", "td", "th",
                                           "div",     "svg",   "ul", "li", "button"};
    char open[16], attributes[16], close[16];
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        snprintf(open, sizeof open, "<%s>", elements[i]);
        snprintf(attributes, sizeof attributes, "<%s ", elements[i]);
        snprintf(close, sizeof close, "</%s>", elements[i]);
        cr_assert_eq(count(text, open) + count(text, attributes), count(text, close), "%s: %s",
                     name, elements[i]);
    }
    cr_assert_eq(count(text, "<script"), 1, "%s", name);
    cr_assert_eq(count(text, "src="), 0, "%s", name);
    cr_assert_eq(count(text, "href="), 0, "%s", name);
    cr_assert_eq(count(text, "http"), 2, "%s: http-equiv, and the name space of SVG", name);
}

Test(page, every_recipe_is_whole) {
    for (size_t i = 0; i < forge_count(); i++) {
        struct drawn d, *list[] = {&d};
        drawn_open(&d, forge_recipe(i)->name);
        if (d.shown.known) {
            char *text = drawn_text(list, 1, true);
            assert_whole(text, forge_recipe(i)->name);
            free(text);
        }
        drawn_close(&d);
    }
}

Test(page, it_shows_findings_and_next_steps) {
    struct drawn d, *list[] = {&d};
    drawn_open(&d, "good-ifd-tgl-h");
    cr_assert_gt(d.seen.findings.n, 0);
    char *text = drawn_text(list, 1, true);
    cr_assert(strstr(text, "<strong>warning: strap-elsewhere</strong>"));
    cr_assert(strstr(text, "<em>Next: Set the right strap"));
    free(text);
    drawn_close(&d);
}

Test(page, it_has_each_table) {
    static const char *const titles[] = {"Map",       "Access",  "Regions", "Partition table",
                                         "Manifests", "Modules", "Straps"};
    struct drawn d, *list[] = {&d};
    char title[40];
    drawn_open(&d, "good-full-me8");
    char *text = drawn_text(list, 1, true);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        snprintf(title, sizeof title, "<h2>%s</h2>", titles[i]);
        cr_assert_eq(count(text, title), 1, "%s", titles[i]);
    }
    free(text);
    drawn_close(&d);
}

Test(page, partitions_that_the_table_has_stand_there_alone) {
    static const struct {
        const char *recipe;
        unsigned tables;
    } rows[] = {{"good-full-me8", 0}, {"good-dump-csme16", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct drawn d, *list[] = {&d};
        drawn_open(&d, rows[i].recipe);
        char *text = drawn_text(list, 1, true);
        cr_assert_eq(count(text, "<h2>Partitions</h2>"), rows[i].tables, "%s", rows[i].recipe);
        free(text);
        drawn_close(&d);
    }
}

Test(page, two_images_and_their_differences) {
    struct drawn a, b, *list[] = {&a, &b};
    drawn_open(&a, "good-full-me8");
    drawn_open(&b, "good-full-me8");
    char *text = drawn_text(list, 2, true);
    assert_whole(text, "two");
    cr_assert_eq(count(text, "<h1>"), 2);
    cr_assert(strstr(text, "None: the images are identical."));
    free(text);
    drawn_close(&a);
    drawn_close(&b);
}

/* A module's name has 16 bytes in generations 2 and 3. */
static void put_module_name(struct drawn *d, const char *name) {
    const struct mk_partition *boot = d->shown.image.firmware.boot;
    const struct mk_module *m = &boot->modules[boot->n_modules - 1];
    struct mk_span bytes = d->shown.image.bytes;
    size_t at = mk_span_find(bytes, (size_t)boot->bytes.at, m->name, m->name_length);
    cr_assert_neq(at, MK_SPAN_NONE);
    mk_buffer_put(d->shown.input.bytes, at, name, strlen(name) + 1);
    drawn_again(d);
    cr_assert(d->shown.known);
}

Test(page, names_are_text_and_never_markup) {
    static const struct {
        const char *name, *text;
    } cases[] = {{"<script>", "&lt;script&gt;"},
                 {"&#60;b&#62;", "&amp;#60;b&amp;#62;"},
                 {"\"'><x", "&quot;&#39;&gt;&lt;x"},
                 {"</style>", "&lt;/style&gt;"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct drawn d, *list[] = {&d};
        drawn_open(&d, "good-full-me8");
        put_module_name(&d, cases[i].name);
        for (unsigned html = 0; html < 2; html++) {
            char *text = drawn_text(list, 1, html);
            cr_assert(strstr(text, cases[i].text), "%s", cases[i].name);
            cr_assert_eq(count(text, "<script"), html);
            cr_assert_eq(count(text, "</style"), 1);
            cr_assert_not(strstr(text, "&#60;"));
            cr_assert_not(strstr(text, "<x"));
            free(text);
        }
        drawn_close(&d);
    }
}

Test(page, a_name_in_json_is_that_name) {
    struct drawn d;
    drawn_open(&d, "good-full-me8");
    put_module_name(&d, "<script>\"&#60;\\");
    json_t *object = dump_json(&d.shown.run, &d.shown.image, &d.seen.findings);
    char *text = json_dumps(object, 0);
    json_t *again = json_loads(text, 0, NULL);
    bool found = false;
    const json_t *modules = json_object_get(again, "modules");
    for (size_t i = 0; i < json_array_size(modules); i++)
        found |= strcmp(json_string_value(json_object_get(json_array_get(modules, i), "name")),
                        "<script>\"&#60;\\x5c") == 0;
    cr_assert(found);
    json_decref(object);
    json_decref(again);
    free(text);
    drawn_close(&d);
}
