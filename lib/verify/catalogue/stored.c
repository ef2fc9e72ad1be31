/* SPDX-License-Identifier: MIT */
#include <mekit/verify/catalogue.h>

#include <mekit/base/arith.h>
#include <mekit/image/extent.h>
#include <mekit/image/unpack.h>
#include <stdlib.h>

#define PAGE_HEAD 5u

bool mk_stored_by_pages(const struct mk_module *m) {
    return m->n_pages > 0;
}

static const struct mk_chunk *chunks_of(const struct mk_partition *p, const struct mk_module *m) {
    return &p->llut.chunks[m->first_page];
}

uint64_t mk_stored_size(const struct mk_partition *p, const struct mk_module *m) {
    uint64_t size = mk_module_stored(m).n;
    for (unsigned i = 0; i < m->n_pages; i++)
        size += PAGE_HEAD + chunks_of(p, m)[i].end - chunks_of(p, m)[i].start;
    return size;
}

/* The digest takes each page as two parts: its head and its bytes. */
static bool digest_pages(struct mk_span region, const struct mk_partition *p,
                         const struct mk_module *m, struct mk_span *parts, struct mk_buffer heads,
                         struct mk_digest *digest, struct mk_error *e) {
    for (unsigned i = 0; i < m->n_pages; i++) {
        const struct mk_chunk *chunk = &chunks_of(p, m)[i];
        uint64_t head = (uint64_t)i * PAGE_HEAD;
        mk_buffer_uint(heads, head, 1, chunk->kind);
        mk_buffer_uint(heads, head + 1, 4, chunk->end - chunk->start);
        parts[2 * (size_t)i] = mk_span_clip(mk_buffer_span(heads), head, PAGE_HEAD);
        parts[2 * (size_t)i + 1] =
            mk_chunk_bytes(region, &p->llut, chunk, (uint64_t)chunk->end - chunk->start);
    }
    return mk_digest_take(MK_SHA256, parts, 2 * (size_t)m->n_pages, digest, e);
}

bool mk_stored_digest(struct mk_span region, const struct mk_partition *p,
                      const struct mk_module *m, struct mk_digest *digest, struct mk_error *e) {
    struct mk_span stored = mk_module_stored(m);
    if (!mk_stored_by_pages(m))
        return mk_digest_take(MK_SHA256, &stored, 1, digest, e);
    struct mk_span *parts = calloc(2 * (size_t)m->n_pages, sizeof *parts);
    struct mk_buffer heads = {calloc(m->n_pages, PAGE_HEAD), (size_t)m->n_pages * PAGE_HEAD};
    bool done = parts && heads.p;
    done = done ? digest_pages(region, p, m, parts, heads, digest, e) : mk_fail_memory(e);
    free(heads.p);
    free(parts);
    return done;
}
