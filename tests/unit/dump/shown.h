/* SPDX-License-Identifier: MIT */
/* A recognised forged image, and a run of fpt-dump that shows it. */
#ifndef MEKIT_TESTS_SHOWN_H
#define MEKIT_TESTS_SHOWN_H

#include "leak.h"

#include <forge/forge.h>
#include <fpt-dump/dump.h>
#include <stdlib.h>
#include <string.h>

static const struct tool shown_tool = {.name = "fpt-dump", .reports = true};

struct shown {
    struct tool_input input;
    struct tool_run run;
    struct mk_image image;
    bool known;
};

static inline void shown_read(struct shown *s) {
    struct mk_error e = {0};
    s->known = mk_image_recognise(mk_buffer_span(s->input.bytes), NULL, &s->image, &e);
    s->run = (struct tool_run){.tool = &shown_tool, .inputs = &s->input, .n_inputs = 1};
}

static inline void shown_open(struct shown *s, const char *recipe) {
    *s = (struct shown){.input = {.name = "forged", .compression = "none"}};
    cr_assert(forge_build(recipe, &s->input.bytes), "%s", recipe);
    shown_read(s);
}

/* Reads it again after a test changed its bytes. */
static inline void shown_again(struct shown *s) {
    if (s->known)
        mk_image_free(&s->image);
    shown_read(s);
}

static inline void shown_close(struct shown *s) {
    if (s->known)
        mk_image_free(&s->image);
    free(s->input.bytes.p);
}

/* The text that print writes about the image; the caller frees it. */
static inline char *shown_text(const struct shown *s, void (*print)(FILE *, const struct shown *)) {
    char *text = NULL;
    size_t n = 0;
    FILE *stream = open_memstream(&text, &n);
    cr_assert(stream);
    print(stream, s);
    fclose(stream);
    return text;
}

#endif
