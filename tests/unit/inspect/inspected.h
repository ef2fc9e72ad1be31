/* SPDX-License-Identifier: MIT */
/* A forged image, recognised and inspected. */
#ifndef MEKIT_TESTS_INSPECTED_H
#define MEKIT_TESTS_INSPECTED_H

#include "leak.h"

#include <forge/forge.h>
#include <mekit/inspect/inspect.h>
#include <stdlib.h>

#define LOOK_CLOSELY (MK_LOOK_READ | MK_LOOK_CHAIN | MK_LOOK_COPIES)

struct inspected {
    struct mk_buffer bytes;
    struct mk_image image;
    struct mk_inspection seen;
    bool known; /* the image was recognised; else seen.findings give the reason */
};

static inline void inspected_look(struct inspected *s) {
    struct mk_error e = {0};
    struct mk_span span = mk_buffer_span(s->bytes);
    s->seen = (struct mk_inspection){.verified = false};
    s->known = mk_image_recognise(span, NULL, &s->image, &e);
    cr_assert(s->known ? mk_inspect(&s->image, LOOK_CLOSELY, NULL, 0, &s->seen, &e)
                       : mk_inspect_unknown(span, &s->seen.findings, &e));
}

static inline void inspected_open(struct inspected *s, const char *recipe) {
    *s = (struct inspected){.known = false};
    cr_assert(forge_build(recipe, &s->bytes), "%s", recipe);
    inspected_look(s);
}

static inline void inspected_forget(struct inspected *s) {
    mk_inspection_free(&s->seen);
    if (s->known)
        mk_image_free(&s->image);
}

/* Inspects it again after a test changed its bytes. */
static inline void inspected_again(struct inspected *s) {
    inspected_forget(s);
    inspected_look(s);
}

static inline void inspected_close(struct inspected *s) {
    inspected_forget(s);
    free(s->bytes.p);
}

static inline bool inspected_has(const struct inspected *s, enum mk_finding_id id) {
    return mk_finding_find(&s->seen.findings, id) != NULL;
}

#endif
