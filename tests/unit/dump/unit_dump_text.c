/* SPDX-License-Identifier: MIT */
#include "dump/shown.h"

#include <ctype.h>
#include <mekit/action/relocate.h>
#include <mekit/action/soft_disable.h>
#include <mekit/action/strip.h>
#include <mekit/action/unlock.h>

TestSuite(state, .fini = check_leaks);
TestSuite(layout, .fini = check_leaks);
TestSuite(remarks, .fini = check_leaks);

static void put_layout(FILE *words, const struct shown *s) {
    dump_layout(words, &s->image, true);
}
static void put_text(FILE *words, const struct shown *s) {
    dump_text_descriptor(words, &s->image, true);
    cr_assert(dump_text_firmware(words, &s->image, true, NULL));
}
static void put_state(FILE *words, const struct shown *s) {
    struct mk_state state;
    const char *name;
    size_t i = 0;
    cr_assert(mk_state_read(&s->image, &state, NULL));
    while ((name = mk_state_name(&state, &i)))
        fprintf(words, "%s;", name);
}

static void expect(const struct shown *s, void (*put)(FILE *, const struct shown *),
                   const char *wanted) {
    char *text = shown_text(s, put);
    cr_assert_str_eq(text, wanted);
    free(text);
}

static bool says(const struct shown *s, const char *wanted) {
    char *text = shown_text(s, put_text);
    bool found = strstr(text, wanted) != NULL;
    free(text);
    return found;
}

/* ---- state ---- */

typedef bool action(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e);

static bool strip(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_strip_options o = {0};
    return mk_strip_plan(image, &o, plan, e);
}
static bool strip_keep_modules(const struct mk_image *image, struct mk_plan *plan,
                               struct mk_error *e) {
    const struct mk_strip_options o = {.keep_modules = true};
    return mk_strip_plan(image, &o, plan, e);
}
static bool relocate(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_relocate_options o = {0};
    return mk_relocate_plan(image, &o, plan, e);
}
static bool unlock(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_unlock_options o = {0};
    return mk_unlock_plan(image, &o, plan, e);
}
static bool soft_disable(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    return mk_soft_disable_plan(image, true, plan, e);
}

static void act(struct shown *s, action *wanted) {
    struct mk_plan plan;
    struct mk_span out;
    struct mk_error e = {0};
    mk_plan_start(&plan, s->image.bytes);
    cr_assert(wanted(&s->image, &plan, &e) && mk_plan_close(&plan, &e), "%s", e.what);
    cr_assert(mk_plan_apply(&plan, s->input.bytes, &out, &e));
    mk_plan_free(&plan);
    shown_again(s);
}

Test(state, names_every_change) {
    struct shown s;
    shown_open(&s, "good-full-me8");
    expect(&s, put_state, "partitions removed;locked;");
    act(&s, unlock);
    expect(&s, put_state, "partitions removed;");
    act(&s, strip);
    expect(&s, put_state, "stripped;");
    act(&s, relocate);
    expect(&s, put_state, "stripped;relocated;");
    act(&s, soft_disable);
    expect(&s, put_state, "stripped;relocated;soft-disabled;");
    shown_close(&s);
}

Test(state, kept_modules_are_no_stock_image) {
    static const struct {
        const char *recipe, *state; /* forged tables list less than stock ones */
    } rows[] = {{"good-me6", "partitions removed;"},
                {"good-me8", "partitions removed;"},
                {"good-me10", "partitions removed;"},
                {"good-me11", "partitions removed;"},
                {"good-txe1", "stock;"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shown s;
        shown_open(&s, rows[i].recipe);
        expect(&s, put_state, rows[i].state);
        act(&s, strip_keep_modules);
        expect(&s, put_state, "stripped;");
        shown_close(&s);
    }
}

Test(state, claims_nothing_about_unread_firmware) {
    static const struct {
        const char *recipe, *state;
    } rows[] = {
        {"good-ifd-x230", "locked;"},
        {"unsupported-ifwi", ""},
        {"unsupported-layout17", ""},
        {"good-full-me-erased", "ME erased;locked;"},
        {"bad-me-cut", "partitions removed;truncated;locked;"},
        {"unsupported-me4", "stock;"},
        {"good-full-me-disabled", "ME region disabled;locked;"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shown s;
        shown_open(&s, rows[i].recipe);
        expect(&s, put_state, rows[i].state);
        shown_close(&s);
    }
}

/* ---- text ---- */

Test(remarks, damage_is_reported_with_its_place) {
    static const struct {
        const char *recipe, *text;
    } rows[] = {
        {"good-fpt-checksum", "remark: offset 0x10: the checksum of $FPT is 00"},
        {"bad-llut-spibase", "remark: offset 0x3640: FTPR: SpiBase points to"},
        {"bad-llut-tag", "FTPR: Huffman modules, but no LLUT"},
        {"bad-module-count", "remark: offset 0x3020: FTPR: damaged: "},
        {"bad-me-cut", "the ME region continues past the end of the file"},
        {"good-ifd-gpr0", "GPR0: write-protects 0x1000 to 0x14ffff"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shown s;
        shown_open(&s, rows[i].recipe);
        cr_assert(s.known && says(&s, rows[i].text), "%s: %s", rows[i].recipe, rows[i].text);
        shown_close(&s);
    }
}

Test(remarks, short_package_information_gives_no_numbers) {
    uint8_t bytes[MK_PACKAGE_SIZE] = {MK_EXTENSION_PACKAGE_INFO};
    struct mk_manifest m = {.body = mk_span_of(bytes, sizeof bytes)};
    struct dump_security security;
    bytes[0x0C] = 3;
    bytes[0x20] = 5;
    bytes[4] = MK_PACKAGE_SIZE;
    cr_assert(dump_security_read(&m, &security));
    cr_assert(security.vcn == 3 && security.arb_svn == 5);
    bytes[4] = MK_PACKAGE_SIZE - 1;
    cr_assert_not(dump_security_read(&m, &security));
}

Test(remarks, stock_images_have_no_remarks) {
    static const char *const recipes[] = {"good-x230-12m", "good-x230-bottom", "good-me11",
                                          "good-ifd-adl-p", "good-ifd-lbg"};
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct shown s;
        shown_open(&s, recipes[i]);
        cr_assert_not(says(&s, "remark:"), "%s", recipes[i]);
        shown_close(&s);
    }
}

Test(remarks, nothing_but_printable_text) {
    for (size_t i = 0; i < forge_count(); i++) {
        struct shown s;
        shown_open(&s, forge_recipe(i)->name);
        if (s.known) {
            char *text = shown_text(&s, put_text);
            for (const char *p = text; *p; p++)
                cr_assert(*p == '\n' || isprint((unsigned char)*p), "%s", forge_recipe(i)->name);
            free(text);
        }
        shown_close(&s);
    }
}

/* ---- offsets ---- */

Test(remarks, offsets_are_those_of_the_file_and_a_plus_counts_from_the_region) {
    static const struct {
        const char *recipe, *line;
    } rows[] = {
        {"good-x230-12m", "  FTPR          0x096000 - 0x10b000  "},
        {"good-x230-12m", "stream +0x093700, 0x1b85 bytes, SpiBase +0x928c0"},
        {"bad-fpt-entry-beyond",
         "NFTP: +0x8000, 0x10000 bytes, extends past the end of the region"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shown s;
        shown_open(&s, rows[i].recipe);
        cr_expect(says(&s, rows[i].line), "%s", rows[i].line);
        shown_close(&s);
    }
}

/* ---- layout ---- */

Test(layout, used_regions_as_far_as_the_file_goes) {
    struct shown s;
    shown_open(&s, "good-x230-12m");
    expect(&s, put_layout,
           "00000000:00000fff fd\n00500000:00bfffff bios\n00003000:004fffff me\n"
           "00001000:00002fff gbe\n");
    shown_close(&s);
    shown_open(&s, "good-x230-bottom");
    expect(&s, put_layout,
           "00000000:00000fff fd\n00500000:007fffff bios\n00003000:004fffff me\n"
           "00001000:00002fff gbe\n");
    shown_close(&s);
}

Test(layout, regions_beyond_the_file_are_left_out) {
    struct shown s;
    shown_open(&s, "good-x230-bottom");
    s.input.bytes.n = 0x500000;
    shown_again(&s);
    expect(&s, put_layout, "00000000:00000fff fd\n00003000:004fffff me\n00001000:00002fff gbe\n");
    shown_close(&s);
}
