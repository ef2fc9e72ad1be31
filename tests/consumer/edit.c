/* SPDX-License-Identifier: MIT */
/* edit IN OUT: strips the ME's firmware and sets the strap that disables it, as me-strip -S does.
 * It shows the whole way from the bytes of a read to bytes that may be flashed, in C and in C++. */
#include <mekit/mekit.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A name that the library also once had. */
static void complain(const struct mk_error *e);
void note(const char *text);
void note(const char *text) {
    fprintf(stderr, "%s\n", text);
}

static void complain(const struct mk_error *e) {
    char text[600];
    mk_error_text(e, text, sizeof text);
    note(text);
}

static struct mk_buffer read_file(const char *path) {
    struct mk_buffer b = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (!file)
        return b;
    b.p = (uint8_t *)malloc(MK_LIMIT_INPUT);
    b.n = b.p ? fread(b.p, 1, MK_LIMIT_INPUT, file) : 0;
    fclose(file);
    return b;
}

static bool write_file(const char *path, struct mk_span s) {
    FILE *file = fopen(path, "wb");
    bool whole = file && fwrite(s.p, 1, s.n, file) == s.n;
    return file && fclose(file) == 0 && whole;
}

/* Checks whether the image is good enough: never edit a damaged one. */
static bool is_fit(const struct mk_image *image, struct mk_error *e) {
    struct mk_inspection seen;
    bool fit = mk_inspect(image, MK_LOOK_READ | MK_LOOK_CHAIN, NULL, 0, &seen, e) &&
               mk_findings_allow(&seen.findings, MK_TO_STRIP | MK_TO_STRAP, 0, e);
    if (!fit)
        complain(e); /* it points into the findings */
    mk_inspection_free(&seen);
    return fit;
}

static bool make_plan(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    struct mk_strip_options options;
    memset(&options, 0, sizeof options);
    options.soft_disable = true;
    return mk_strip_check_options(image, &options, e) && mk_strip_plan(image, &options, plan, e) &&
           mk_plan_close(plan, e);
}

/* Checks that the bytes that the machine needs to boot did not change. */
static bool still_boots(const struct mk_seal *seal, struct mk_span output, struct mk_error *e) {
    struct mk_image after;
    if (!mk_image_recognise(output, NULL, &after, e))
        return false;
    bool holds = mk_seal_check(seal, &after, e);
    mk_image_free(&after);
    return holds;
}

/* Overwrites the image's bytes, so read everything else from them before. */
static bool edit(struct mk_buffer b, const struct mk_image *image, struct mk_span *output,
                 struct mk_error *e) {
    struct mk_plan plan;
    struct mk_seal seal;
    mk_plan_start(&plan, image->bytes);
    bool planned = make_plan(image, &plan, e) && mk_seal_take(image, &seal, e);
    for (size_t i = 0; planned && i < plan.n_remarks; i++)
        note(plan.remarks[i].text);
    bool done = planned && mk_plan_apply(&plan, b, output, e) && still_boots(&seal, *output, e);
    mk_plan_free(&plan);
    return done;
}

int main(int argc, char **argv) {
    struct mk_error e;
    struct mk_image image;
    struct mk_span output;
    if (argc != 3)
        return MK_EXIT_TROUBLE;
    memset(&e, 0, sizeof e);
    struct mk_buffer b = read_file(argv[1]);
    if (!mk_image_recognise(mk_buffer_span(b), NULL, &image, &e)) {
        complain(&e);
    } else {
        if (is_fit(&image, &e)) {
            if (!edit(b, &image, &output, &e))
                complain(&e);
            else if (!write_file(argv[2], output))
                mk_fail(&e, MK_E_IO, MK_NOWHERE, "can't write");
        }
        mk_image_free(&image);
    }
    free(b.p);
    return (int)mk_code_exit(e.code);
}
