/* SPDX-License-Identifier: MIT */
#include "take.h"

#include "report.h"
#include "run.h"

#include <mekit/codec/digest.h>
#include <mekit/image/extent.h>
#include <mekit/image/unpack.h>
#include <stdlib.h>

/* Without a hash over code, accept any code that unpacks: a wrong codebook seldom gets that far. */
static bool is_right(const struct mk_module *m, struct mk_span code, bool *right,
                     struct mk_error *e) {
    struct mk_digest digest;
    enum mk_digest_kind kind = m->hash.n == MK_HASH_384 ? MK_SHA384 : MK_SHA256;
    *right = true;
    if (m->hash.n != MK_HASH_256 && m->hash.n != MK_HASH_384)
        return true;
    if (!mk_digest_take(kind, &code, 1, &digest, e))
        return false;
    *right = mk_digest_equals(&digest, m->hash, !m->hash_natural);
    return true;
}

/* MEMORY proves nothing about the codebook: then try no other one. */
static bool try_book(const struct mk_image *image, const struct mk_partition *p,
                     const struct mk_module *m, const struct mk_codebook *book,
                     struct mk_buffer *out, struct mk_error *e) {
    bool right;
    if (!mk_module_unpack(image->region, p, m, book, out, e))
        return false;
    bool taken = is_right(m, mk_buffer_span(*out), &right, e);
    if (taken && right)
        return true;
    free(out->p);
    return taken &&
           mk_fail(e, MK_E_STREAM, m->stored.at, "no codebook produces code with the right hash");
}

static bool try_books(const struct mk_image *image, const struct mk_partition *p,
                      const struct mk_module *m, const struct mk_codebooks *books,
                      struct mk_buffer *out, struct mk_error *e) {
    for (size_t i = 0; i < books->n; i++) {
        if (try_book(image, p, m, books->list[i], out, e))
            return true;
        if (e->code == MK_E_MEMORY)
            break;
    }
    return false;
}

bool take_unpack(const struct mk_image *image, const struct mk_partition *p,
                 const struct mk_module *m, const struct mk_codebooks *books, struct mk_buffer *out,
                 struct mk_error *e) {
    if (m->compression != MK_HUFFMAN || books->n == 0)
        return mk_module_unpack(image->region, p, m, NULL, out, e);
    return try_books(image, p, m, books, out, e);
}

int take_code(struct tool_run *run, const struct mk_image *image, const struct mk_findings *seen) {
    const struct take_options *o = run->options;
    const struct mk_partition *p;
    const struct mk_module *m;
    struct mk_buffer code;
    struct mk_error e = {0};
    if (!mk_extract_find(image, o->one.module, &p, &m, &e) ||
        !take_unpack(image, p, m, &run->books, &code, &e))
        return report_failure(run, &run->inputs[0], seen, &e);
    int status = run_write(run, mk_buffer_span(code));
    free(code.p);
    return status;
}
