/* SPDX-License-Identifier: MIT */
/* A forged image and the forge's codebook, from which tests start. */
#ifndef MEKIT_TESTS_FORGED_H
#define MEKIT_TESTS_FORGED_H

#include "forged_codebook.h"
#include "leak.h"

#include <mekit/image/image.h>
#include <stdlib.h>
#include <string.h>

/* The caller frees b.p. */
static inline struct mk_buffer forged(const char *recipe) {
    struct mk_buffer b;
    cr_assert(forge_build(recipe, &b), "%s", recipe);
    return b;
}

struct forged_image {
    struct mk_buffer b;
    struct mk_image image;
};

static inline void forged_read(struct forged_image *f) {
    struct mk_error e = {0};
    cr_assert(mk_image_recognise(mk_buffer_span(f->b), NULL, &f->image, &e), "%s", e.what);
}

static inline struct forged_image forged_open(const char *recipe) {
    struct forged_image f = {.b = forged(recipe)};
    forged_read(&f);
    return f;
}

/* Recognises the image again after a test changed its bytes. */
static inline void forged_again(struct forged_image *f) {
    mk_image_free(&f->image);
    forged_read(f);
}

static inline void forged_close(struct forged_image *f) {
    mk_image_free(&f->image);
    free(f->b.p);
}

#endif
