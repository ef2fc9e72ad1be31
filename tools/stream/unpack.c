/* SPDX-License-Identifier: MIT */
#include "input.h"

#include "room.h"

#include <limits.h>
#include <lzma.h>
#include <mekit/base/arith.h>
#include <zlib.h>

#define FIRST_ROOM  ((size_t)1 << 20)
#define GZIP_MAGIC  "\x1F\x8B\x08"
#define GZIP_WINDOW (15 + 16) /* zlib: the largest window, gzip wrapper */
#define XZ_MEMORY   (128u << 20)

/* Both libraries work in the same steps: take some input, give some output, report the end. */
struct packed {
    struct mk_buffer in, out;
    size_t used; /* bytes of out */
    uint64_t max_size;
    z_stream z;
    lzma_stream x;
};

enum step { STEP_MORE, STEP_END, STEP_DAMAGED, STEP_MEMORY };

static struct mk_span rest_of(const struct packed *p) {
    return mk_span_of(p->z.next_in, (size_t)(p->in.p + p->in.n - p->z.next_in));
}

/* Another member may follow, since people join gzip files with cat. */
static enum step end_member(struct packed *p) {
    struct mk_span rest = rest_of(p);
    if (rest.n == 0)
        return STEP_END;
    return mk_span_has(rest, 0, GZIP_MAGIC, 3) && inflateReset(&p->z) == Z_OK ? STEP_MORE
                                                                              : STEP_DAMAGED;
}

static enum step step_gzip(struct packed *p) {
    p->z.avail_in = (uInt)mk_min(rest_of(p).n, UINT_MAX);
    p->z.next_out = p->out.p + p->used;
    uInt room = (uInt)mk_min(p->out.n - p->used, UINT_MAX);
    p->z.avail_out = room;
    int result = inflate(&p->z, Z_NO_FLUSH);
    p->used += room - p->z.avail_out;
    if (result == Z_STREAM_END)
        return end_member(p);
    if (result == Z_MEM_ERROR)
        return STEP_MEMORY;
    return result == Z_OK && (rest_of(p).n > 0 || p->z.avail_out == 0) ? STEP_MORE : STEP_DAMAGED;
}

static enum step step_xz(struct packed *p) {
    p->x.next_out = p->out.p + p->used;
    p->x.avail_out = p->out.n - p->used;
    lzma_ret result = lzma_code(&p->x, LZMA_FINISH);
    p->used = p->out.n - p->x.avail_out;
    if (result == LZMA_STREAM_END)
        return p->x.avail_in == 0 ? STEP_END : STEP_DAMAGED;
    if (result == LZMA_MEM_ERROR)
        return STEP_MEMORY;
    return result == LZMA_OK ? STEP_MORE : STEP_DAMAGED;
}

static bool grow(struct packed *p, struct mk_error *e) {
    if (p->used > p->max_size)
        return mk_fail_limit(e, MK_E_TOO_LARGE, MK_NOWHERE, p->used, p->max_size, "unpacked bytes");
    if (p->used < p->out.n)
        return true;
    if (!p->out.p)
        return (p->max_size < SIZE_MAX && room_take((size_t)p->max_size + 1, &p->out)) ||
               room_take((size_t)mk_min(FIRST_ROOM - 1, p->max_size) + 1, &p->out) ||
               mk_fail_memory(e);
    return room_resize(&p->out, (size_t)mk_min((uint64_t)p->out.n * 2 - 1, p->max_size) + 1) ||
           mk_fail_memory(e);
}

static bool run(struct packed *p, enum step (*step)(struct packed *), const char *kind,
                struct mk_error *e) {
    enum step state = STEP_MORE;
    while (state == STEP_MORE) {
        if (!grow(p, e))
            return false;
        state = step(p);
    }
    if (state == STEP_MEMORY)
        return mk_fail_memory(e);
    if (state == STEP_DAMAGED)
        return mk_fail(e, MK_E_FIELD, MK_NOWHERE,
                       "the %s stream is damaged, or more data follows it", kind);
    return p->used <= p->max_size ? true
                                  : mk_fail_limit(e, MK_E_TOO_LARGE, MK_NOWHERE, p->used,
                                                  p->max_size, "unpacked bytes");
}

static bool unpack_gzip(struct packed *p, struct mk_error *e) {
    p->z.next_in = p->in.p;
    if (inflateInit2(&p->z, GZIP_WINDOW) != Z_OK)
        return mk_fail_memory(e);
    bool done = run(p, step_gzip, "gzip", e);
    inflateEnd(&p->z);
    return done;
}

static bool unpack_xz(struct packed *p, struct mk_error *e) {
    p->x.next_in = p->in.p;
    p->x.avail_in = p->in.n;
    if (lzma_stream_decoder(&p->x, XZ_MEMORY, LZMA_CONCATENATED) != LZMA_OK)
        return mk_fail_memory(e);
    bool done = run(p, step_xz, "xz", e);
    lzma_end(&p->x);
    return done;
}

bool unpack(struct mk_buffer *b, uint64_t max_size, const char **kind, struct mk_error *e) {
    struct packed p = {.in = *b, .max_size = max_size};
    bool gzip = mk_span_has(mk_buffer_span(*b), 0, GZIP_MAGIC, 3);
    if (!gzip && !mk_span_has(mk_buffer_span(*b), 0,
                              "\xFD"
                              "7zXZ\0",
                              6))
        return true;
    if (!(gzip ? unpack_gzip : unpack_xz)(&p, e)) {
        room_free(p.out.p);
        return false;
    }
    room_resize(&p.out, p.used);
    room_free(b->p);
    *b = (struct mk_buffer){p.out.p, p.used};
    *kind = gzip ? "gzip" : "xz";
    return true;
}
