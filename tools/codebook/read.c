/* SPDX-License-Identifier: MIT */
#include "codebook.h"

/* A C file or lines of codewords have no control characters at the start; deflate has. */
#define LOOK_AT 4096u

static bool is_text(struct mk_span bytes) {
    for (uint64_t i = 0; i < bytes.n && i < LOOK_AT; i++) {
        uint8_t c = mk_span_u8(bytes, i);
        if (c < ' ' && (c < '\t' || c > '\r'))
            return false;
    }
    return bytes.n > 0;
}

static bool read_text(struct mk_span bytes, const char *file, struct codebook_halves *halves,
                      struct mk_codebooks *books, struct mk_error *e) {
    return codebook_halves_read_lines(bytes, file, halves, books, e) ||
           (e->code == MK_E_TAG && codebook_halves_read_c(bytes, file, halves, books, e));
}

static bool read_any(struct mk_span bytes, const char *file, struct codebook_halves *halves,
                     struct mk_codebooks *books, struct mk_error *e) {
    if (mk_span_has(bytes, 0, "mekit-codebook", 14))
        return mk_codebooks_read_text(bytes, books, e);
    if (mk_span_has(bytes, 0, "{", 1))
        return codebooks_read_json(bytes, books, e);
    if (is_text(bytes))
        return read_text(bytes, file, halves, books, e);
    return bytes.n > 0 ? codebooks_read_binary(bytes, books, e) : mk_fail(e, MK_E_TAG, 0, "empty");
}

/* Replace the advice of the errors, which is about images. */
bool codebooks_read_part(struct mk_span bytes, const char *file, struct codebook_halves *halves,
                         struct mk_codebooks *books, struct mk_error *e) {
    struct mk_error problem = {0};
    size_t before = books->n;
    if (read_any(bytes, file, halves, books, &problem))
        return true;
    if (problem.code == MK_E_TAG && books->n == before)
        mk_fail(&problem, MK_E_UNKNOWN, MK_NOWHERE, "this is not a codebook that mekit knows");
    if (mk_code_exit(problem.code) == MK_EXIT_UNRECOGNISED)
        problem.next = CODEBOOK_ADVICE;
    if (e)
        *e = problem;
    return false;
}

bool codebooks_whole(const struct codebook_halves *halves, struct mk_error *e) {
    if (halves->n == 0)
        return true;
    mk_fail(e, MK_E_FIELD, MK_NOWHERE, "this is half of a codebook");
    if (e)
        e->next = "Give the file with the other table too";
    return false;
}

bool codebooks_read(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e) {
    struct codebook_halves halves = {.n = 0};
    bool done = codebooks_read_part(bytes, "", &halves, books, e) && codebooks_whole(&halves, e);
    codebook_halves_free(&halves);
    return done;
}
