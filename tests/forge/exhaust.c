/* SPDX-License-Identifier: MIT */
/* Takes every prefix of the forged images and every change of one byte (00, FF, +1, -1) in their
 * headers through all steps of the tools: recognise, plan, apply, recognise again, plan again,
 * verify.
 *
 * It checks the tools' promises: no crash, an exit status of the contract, an output that passes
 * its own check, no changed byte outside the plan, no further change by a second run.
 *
 * usage: exhaust PART PARTS [STRIDE]: tries every STRIDE-th case (1: all, which takes some minutes;
 * under sanitizers hours) */
#include "reports.h"

#include <as_planned.h>
#include <forge/forge.h>
#include <mekit/action/extract.h>
#include <mekit/action/insert.h>
#include <mekit/action/regions.h>
#include <mekit/action/relocate.h>
#include <mekit/action/seal.h>
#include <mekit/action/set.h>
#include <mekit/action/strip.h>
#include <mekit/action/unlock.h>
#include <mekit/verify/verify.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SMALL       0x11000u /* images up to this size are cut at every length in their head */
#define HEAD        0x2000u  /* ... and then in steps */
#define STEP        0x155u
#define CHANGES_MAX 6000u /* changed bytes in one image */
#define LAYOUT      0x58u
#define BPDT_SLOTS  8u

typedef bool plan_function(const struct mk_image *, struct mk_plan *, struct mk_error *);

static bool unlock(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_unlock_options o = {0};
    return mk_unlock_plan(image, &o, plan, e);
}

static bool lock(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_unlock_options o = {.lock = true};
    return mk_unlock_plan(image, &o, plan, e);
}

static bool strip(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_strip_options o = {
        .force = true, .soft_disable = image->has_descriptor, .descriptor = image->has_descriptor};
    return mk_strip_plan(image, &o, plan, e);
}

static bool strip_shared(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_strip_options o = {.force = true, .wipe_shared = true, .keep.text = "MFS,EFFS"};
    return mk_strip_plan(image, &o, plan, e);
}

static bool relocate(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_relocate_options o = {.force = true, .reclaim = image->has_descriptor};
    return mk_relocate_plan(image, &o, plan, e);
}

static bool extract(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_extract_options o = {.truncate = true};
    return mk_extract_plan(image, &o, plan, e);
}

static bool insert(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_insert_part part = {.region = MK_REGION_GBE, .blank = true};
    const struct mk_insert_options o = {.parts = &part, .n = 1};
    return mk_insert_plan(image, &o, plan, e);
}

static bool layout(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    struct mk_regions_options o = {.flash_size = 0};
    const char *wish = image->me == MK_ME_ERASED ? "me=none" : "pd=none";
    return mk_region_wishes_word(&o.wishes, wish, e) && mk_regions_plan(image, &o, plan, e);
}

static bool set(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_strap_value strap = {.number = 3, .value = 0x55};
    const struct mk_set_options o = {.em100 = true, .straps = &strap, .n_straps = 1};
    return mk_set_plan(image, &o, plan, e);
}

static const struct {
    const char *name;
    plan_function *plan;
    bool cuts;
} actions[] = {
    {"unlock", unlock, false},       {"lock", lock, false},         {"strip", strip, false},
    {"shared", strip_shared, false}, {"relocate", relocate, false}, {"extract", extract, true},
    {"insert", insert, false},       {"layout", layout, false},     {"set", set, false},
};

static size_t cases, failures, considered, stride = 1;
static FILE *said;

static void fall(const char *recipe, const char *what, const char *action, const char *why) {
    failures++;
    if (failures < 40)
        fprintf(said, "%s, %s: %s: %s\n", recipe, what, action, why);
}

static const char *check_output(plan_function *again, const struct mk_seal *seal,
                                struct mk_span output) {
    struct mk_image image;
    struct mk_plan plan;
    struct mk_error e = {0};
    const char *wrong = NULL;
    if (!mk_image_recognise(output, NULL, &image, &e))
        return "the output is not recognised";
    mk_plan_start(&plan, output);
    if (!mk_seal_check(seal, &image, &e))
        wrong = "the seal is broken";
    else if (image.me != MK_ME_ERASED && !(again(&image, &plan, &e) && mk_plan_close(&plan, &e)))
        wrong = "a second run fails";
    else if (mk_plan_changes(&plan))
        wrong = "a second run changes something";
    mk_plan_free(&plan);
    mk_image_free(&image);
    return wrong;
}

static const char *carry_out(size_t i, const struct mk_image *image, struct mk_plan *plan,
                             struct mk_span bytes) {
    struct mk_error e = {0};
    struct mk_seal seal = {0};
    struct mk_span output;
    const char *wrong = NULL;
    if (!actions[i].cuts && !mk_seal_take(image, &seal, &e))
        return "no seal";
    struct mk_buffer copy = {malloc(bytes.n + 1), bytes.n};
    mk_buffer_put(copy, 0, bytes.p, bytes.n);
    if (!mk_plan_apply(plan, copy, &output, &e))
        wrong = "the plan can't be carried out";
    else if (!is_as_planned(plan, bytes, mk_buffer_span(copy)))
        wrong = "a byte outside the plan changed";
    else if (!actions[i].cuts)
        wrong = check_output(actions[i].plan, &seal, output);
    free(copy.p);
    return wrong;
}

static void try_action(size_t i, const struct mk_image *image, struct mk_span bytes,
                       const char *recipe, const char *what) {
    struct mk_plan plan;
    struct mk_error e = {0};
    mk_plan_start(&plan, bytes);
    bool planned = actions[i].plan(image, &plan, &e) && mk_plan_close(&plan, &e);
    const char *wrong = planned ? carry_out(i, image, &plan, bytes) : NULL;
    if (!planned && (e.code == MK_OK || e.code == MK_E_SELFCHECK))
        wrong = e.code ? e.what : "it failed and said nothing";
    if (wrong)
        fall(recipe, what, actions[i].name, wrong);
    mk_plan_free(&plan);
}

/* Puts the bytes at the very end of an allocation, to detect a read beyond them. */
static void try_bytes(struct mk_span given, const char *recipe, const char *what) {
    struct mk_image image;
    struct mk_error e = {0};
    struct mk_chain chain;
    if (considered++ % stride != 0)
        return;
    uint8_t *exact = malloc(given.n ? given.n : 1);
    if (!exact)
        exit(2);
    mk_span_copy(given, 0, exact, given.n);
    struct mk_span bytes = mk_span_of(exact, given.n);
    cases++;
    if (mk_image_recognise(bytes, NULL, &image, &e)) {
        if (mk_verify(&image, NULL, 0, &chain, &e))
            mk_chain_free(&chain);
        for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
            try_action(i, &image, bytes, recipe, what);
        mk_image_free(&image);
    } else if (e.code == MK_OK || mk_code_exit(e.code) < MK_EXIT_UNRECOGNISED)
        fall(recipe, what, "recognise", "refused without a reason");
    const char *wrong = reports_try(bytes);
    if (wrong)
        fall(recipe, what, "report", wrong);
    free(exact);
}

static void try_prefixes(const char *recipe, struct mk_buffer b) {
    char what[40];
    for (size_t n = 0; n < b.n; n += n < HEAD && b.n <= SMALL ? 1 : STEP) {
        snprintf(what, sizeof what, "cut at 0x%zx", n);
        try_bytes(mk_span_clip(mk_buffer_span(b), 0, n), recipe, what);
    }
}

/* The size of the header that begins at this place, or 0. */
static size_t header_at(struct mk_span s, size_t at) {
    static const struct {
        char tag[5];
        size_t before, size; /* bytes from the header's start to its tag */
    } tags[] = {{"$FPT", 0x10, 0x120}, {"$MN2", 0x1C, 0x84}, {"$MAN", 0x1C, 0x84},
                {"$MME", 0, 0x60},     {"$CPD", 0, 0x190},   {"LLUT", 0, 0xC0},
                {"$SKU", 0, 0x20}};
    struct mk_layout layout;
    if (at == 0 && mk_layout_read(s, &layout))
        return LAYOUT;
    if (mk_bpdt_is_at(mk_span_clip(s, at, s.n)))
        return MK_BPDT_HEADER_SIZE + BPDT_SLOTS * MK_BPDT_ENTRY_SIZE;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (mk_span_has(s, at + tags[i].before, tags[i].tag, 4))
            return tags[i].size;
    return 0;
}

static void change_byte(const char *recipe, struct mk_buffer b, size_t at) {
    char what[40];
    uint8_t old = mk_span_u8(mk_buffer_span(b), at);
    const uint8_t values[] = {0x00, 0xFF, (uint8_t)(old + 1), (uint8_t)(old - 1)};
    for (size_t i = 0; i < sizeof values; i++) {
        if (values[i] == old)
            continue;
        snprintf(what, sizeof what, "byte 0x%zx = %02x", at, values[i]);
        mk_buffer_put(b, at, &values[i], 1);
        try_bytes(mk_buffer_span(b), recipe, what);
    }
    mk_buffer_put(b, at, &old, 1);
}

static void try_changes(const char *recipe, struct mk_buffer b) {
    size_t changed = 0, left = mk_span_has(mk_buffer_span(b), 0x10, "\x5A\xA5\xF0\x0F", 4) ||
                                       mk_span_has(mk_buffer_span(b), 0, "\x5A\xA5\xF0\x0F", 4)
                                   ? 0xA0
                                   : 0;
    for (size_t at = 0; at < b.n && changed < CHANGES_MAX; at++) {
        size_t here = header_at(mk_buffer_span(b), at);
        left = here > left ? here : left;
        if (left == 0)
            continue;
        left--;
        changed++;
        change_byte(recipe, b, at);
    }
}

int main(int argc, char **argv) {
    size_t part = argc > 1 ? strtoul(argv[1], NULL, 10) : 0,
           parts = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
    stride = argc > 3 ? strtoul(argv[3], NULL, 10) : 1;
    if (stride == 0)
        return 2;
    said = reports_silence();
    for (size_t i = part; i < forge_count(); i += parts) {
        char name[64];
        struct mk_buffer b;
        snprintf(name, sizeof name, "%s", forge_recipe(i)->name);
        if (strncmp(name, "bad-", 4) == 0 || !forge_build(name, &b))
            continue;
        if (b.n <= 0x21000) {
            try_prefixes(name, b);
            try_changes(name, b);
        }
        free(b.p);
    }
    fprintf(said, "%zu of %zu cases, %zu failures\n", cases, considered, failures);
    fclose(said);
    return failures > 0 || cases < 1000;
}
