/* SPDX-License-Identifier: MIT */
/* The main path of each filter; the image chooses action and options. No byte outside the plan
 * changes, the output passes its own check, and a second run changes nothing. */
#include "fuzz.h"

#include <as_planned.h>
#include <mekit/action/extract.h>
#include <mekit/action/relocate.h>
#include <mekit/action/seal.h>
#include <mekit/action/strip.h>
#include <mekit/action/unlock.h>
#include <stdlib.h>
#include <string.h>

enum { UNLOCK, STRIP, RELOCATE, EXTRACT, ACTIONS };

struct choice {
    unsigned action;
    bool a, b, c, d;
};

static struct choice choose(struct mk_span input) {
    unsigned bits = fuzz_choose(input, 1, 16);
    return (struct choice){fuzz_choose(input, 0, ACTIONS), bits & 1, bits & 2, bits & 4, bits & 8};
}

static bool plan_strip(struct choice o, const struct mk_image *image, struct mk_plan *plan,
                       struct mk_error *e) {
    const struct mk_strip_options strip = {.force = true,
                                           .soft_disable = o.d && image->has_descriptor,
                                           .keep_modules = o.a,
                                           .wipe_shared = o.b,
                                           .keep.text = o.c ? "MFS,EFFS" : NULL,
                                           .remove.text = o.a && o.b ? "NFTP,MFS" : NULL,
                                           .descriptor = image->has_descriptor};
    return mk_strip_plan(image, &strip, plan, e);
}

static bool plan_extract(struct choice o, const struct mk_image *image, struct mk_plan *plan,
                         struct mk_error *e) {
    const struct mk_extract_options extract = {.truncate = o.a,
                                               .region = o.b ? "fd" : NULL,
                                               .partition = !o.a && !o.b && o.c ? "FTPR" : NULL,
                                               .module = !o.a && !o.b && !o.c ? "FTPR/BUP" : NULL};
    return mk_extract_plan(image, &extract, plan, e);
}

static bool make_plan(struct choice o, const struct mk_image *image, struct mk_plan *plan,
                      struct mk_error *e) {
    const struct mk_unlock_options unlock = {
        .lock = o.a, .host_read_me = o.a && o.b, .host_only = !o.a && o.b, .like_ifdtool = o.c};
    const struct mk_relocate_options relocate = {.force = true,
                                                 .reclaim = o.a && image->has_descriptor};
    if (o.action == UNLOCK)
        return mk_unlock_plan(image, &unlock, plan, e);
    if (o.action == STRIP)
        return plan_strip(o, image, plan, e);
    return o.action == RELOCATE ? mk_relocate_plan(image, &relocate, plan, e)
                                : plan_extract(o, image, plan, e);
}

static void check(struct choice o, struct mk_span output, const struct mk_seal *seal) {
    struct mk_image image;
    struct mk_plan plan;
    struct mk_error e = {0};
    fuzz_expect(mk_image_recognise(output, NULL, &image, &e), "the output is recognised");
    fuzz_expect(mk_seal_check(seal, &image, &e), "what is needed to boot is whole");
    mk_plan_start(&plan, output);
    if (image.me != MK_ME_ERASED) {
        fuzz_expect(make_plan(o, &image, &plan, &e) && mk_plan_close(&plan, &e),
                    "a second run succeeds");
        fuzz_expect(!mk_plan_changes(&plan), "a second run changes nothing");
    }
    mk_plan_free(&plan);
    mk_image_free(&image);
}

static void carry_out(struct choice o, const struct mk_image *image, struct mk_plan *plan,
                      struct mk_span input) {
    struct mk_seal seal = {0};
    struct mk_span output;
    struct mk_error e;
    struct mk_buffer copy = {malloc(input.n), input.n};
    if (!copy.p)
        exit(2);
    memcpy(copy.p, input.p, input.n);
    fuzz_expect(o.action == EXTRACT || mk_seal_take(image, &seal, &e), "there is a seal");
    fuzz_expect(mk_plan_apply(plan, copy, &output, &e), "a closed plan can be carried out");
    fuzz_expect(is_as_planned(plan, input, mk_buffer_span(copy)), "no other byte changes");
    if (o.action != EXTRACT)
        check(o, output, &seal);
    free(copy.p);
}

static void filter(struct mk_span input) {
    struct choice o = choose(input);
    struct mk_image image;
    struct mk_plan plan;
    struct mk_error e = {0};
    if (!mk_image_recognise(input, NULL, &image, &e))
        return;
    mk_plan_start(&plan, image.bytes);
    if (make_plan(o, &image, &plan, &e) && mk_plan_close(&plan, &e))
        carry_out(o, &image, &plan, input);
    else
        fuzz_expect(e.code != MK_OK && e.code != MK_E_SELFCHECK, "a failure has its reason");
    mk_plan_free(&plan);
    mk_image_free(&image);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    fuzz_memory_begin();
    filter(mk_span_of(bytes, n));
    fuzz_memory_end();
    return 0;
}
