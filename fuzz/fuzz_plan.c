/* The main path of each filter: the first byte chooses action and options, the rest is the image.
 * What comes out must pass its own check, and a second run must change nothing. */
#include "fuzz.h"

#include <mekit/action/check.h>
#include <mekit/action/extract.h>
#include <mekit/action/relocate.h>
#include <mekit/action/strip.h>
#include <mekit/action/unlock.h>
#include <stdlib.h>
#include <string.h>

static bool make_plan(uint8_t choice, const struct mk_image *image, struct mk_plan *plan,
                      struct mk_error *e) {
    bool a = choice & 4, b = choice & 8, c = choice & 16;
    const struct mk_unlock_options unlock = {
        .lock = a, .host_read_me = a && b, .host_only = !a && b};
    const struct mk_strip_options strip = {.force = true,
                                           .keep_modules = a,
                                           .wipe_shared = b,
                                           .keep.text = c ? "MFS,EFFS" : NULL,
                                           .descriptor = image->has_descriptor};
    const struct mk_relocate_options relocate = {.force = true,
                                                 .reclaim = a && image->has_descriptor};
    const struct mk_extract_options extract = {.truncate = a, .region = b ? "fd" : NULL};
    switch (choice & 3) {
    case 0:
        return mk_unlock_plan(image, &unlock, plan, e);
    case 1:
        return mk_strip_plan(image, &strip, plan, e);
    case 2:
        return mk_relocate_plan(image, &relocate, plan, e);
    default:
        return mk_extract_plan(image, &extract, plan, e);
    }
}

static void check(uint8_t choice, struct mk_span output, const struct mk_seal *seal) {
    struct mk_image image;
    struct mk_plan plan;
    struct mk_error e = {0};
    if (!mk_image_recognise(output, NULL, &image, &e) || !mk_seal_check(seal, &image, &e))
        abort();
    mk_plan_start(&plan, output);
    if (image.me != MK_ME_ERASED && (!make_plan(choice, &image, &plan, &e) ||
                                     !mk_plan_close(&plan, &e) || mk_plan_changes(&plan)))
        abort();
    mk_plan_free(&plan);
    mk_image_free(&image);
}

static void carry_out(uint8_t choice, const struct mk_image *image, struct mk_plan *plan,
                      uint8_t *copy) {
    struct mk_seal seal;
    struct mk_span output;
    struct mk_error e;
    bool cuts = (choice & 3) == 3;
    if (!cuts && !mk_seal_take(image, &seal, &e))
        abort();
    if (!mk_plan_apply(plan, (struct mk_buffer){copy, plan->image.n}, &output, &e))
        abort();
    if (!cuts)
        check(choice, output, &seal);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_image image;
    struct mk_plan plan;
    struct mk_error e = {0};
    if (n == 0)
        return 0;
    uint8_t choice = bytes[n - 1]; /* the last: so that forged images are seeds as they are */
    uint8_t *copy = malloc(n);
    if (!copy)
        return 0;
    memcpy(copy, bytes, n);
    if (mk_image_recognise(mk_span_of(copy, n), NULL, &image, &e)) {
        mk_plan_start(&plan, image.bytes);
        if (make_plan(choice, &image, &plan, &e) && mk_plan_close(&plan, &e))
            carry_out(choice, &image, &plan, copy);
        else if (e.code == MK_E_SELFCHECK)
            abort();
        mk_plan_free(&plan);
        mk_image_free(&image);
    }
    free(copy);
    return 0;
}
