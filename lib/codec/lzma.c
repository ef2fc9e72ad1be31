/* SPDX-License-Identifier: MIT */
#include <mekit/codec/lzma.h>

#include <lzma.h>

#define HEADER     13u /* properties, dictionary, size */
#define SIZE_AT    5u
#define EXTRA_AT   (HEADER + 1)
#define EXTRA      3u
#define MEMORY_CAP (32ull << 20) /* for liblzma: room for a dictionary of 16 MiB */

bool mk_lzma_is_at(struct mk_span s) {
    return s.n > HEADER + 5 && (mk_span_has(s, 0, "\x36\x00\x40\x00\x00", 5) ||
                                mk_span_has(s, 0, "\x5D\x00\x40\x00\x00", 5));
}

uint64_t mk_lzma_size(struct mk_span s) {
    struct mk_span head;
    return mk_span_cut(s, 0, HEADER, &head) ? mk_span_u64(head, SIZE_AT) : 0;
}

/* The range coder's first byte is always 0; four zeros in a row never begin a real stream. */
static bool has_extra(struct mk_span stored) {
    return mk_span_has(stored, HEADER, "\0\0\0\0", 4);
}

static lzma_ret feed(lzma_stream *stream, struct mk_span part, lzma_action action) {
    stream->next_in = part.p;
    stream->avail_in = part.n;
    return lzma_code(stream, action);
}

static const char *reason(lzma_ret ret, const lzma_stream *stream) {
    if (ret == LZMA_MEMLIMIT_ERROR)
        return "its dictionary is too large";
    if (ret == LZMA_FORMAT_ERROR || ret == LZMA_OPTIONS_ERROR)
        return "this is not an LZMA stream";
    if (ret == LZMA_DATA_ERROR)
        return "the LZMA stream is damaged";
    if (stream->avail_out > 0 || ret != LZMA_STREAM_END)
        return "the LZMA stream ends early";
    return stream->avail_in > 0 ? "bytes are left after the LZMA stream" : NULL;
}

static bool decode(lzma_stream *stream, struct mk_span stored, struct mk_error *e) {
    struct mk_span head = mk_span_clip(stored, 0, EXTRA_AT);
    struct mk_span rest =
        mk_span_clip(stored, EXTRA_AT + (has_extra(stored) ? EXTRA : 0), stored.n);
    lzma_ret ret = feed(stream, head, LZMA_RUN);
    if (ret == LZMA_OK)
        ret = feed(stream, rest, LZMA_FINISH);
    if (ret == LZMA_MEM_ERROR)
        return mk_fail_memory(e);
    const char *why = reason(ret, stream);
    return why ? mk_fail(e, MK_E_STREAM, stored.at, "%s", why) : true;
}

bool mk_lzma_unpack(struct mk_span stored, uint8_t *out, size_t n, struct mk_error *e) {
    lzma_stream stream = LZMA_STREAM_INIT;
    if (mk_lzma_size(stored) != n)
        return mk_fail_limit(e, MK_E_STREAM, stored.at + SIZE_AT, mk_lzma_size(stored), n,
                             "size of an LZMA stream's content");
    if (lzma_alone_decoder(&stream, MEMORY_CAP) != LZMA_OK)
        return mk_fail_memory(e);
    stream.next_out = out;
    stream.avail_out = n;
    bool done = decode(&stream, stored, e);
    lzma_end(&stream);
    return done;
}
