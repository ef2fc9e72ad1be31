/* SPDX-License-Identifier: MIT */
#include <mekit/base/span.h>

#include <stdlib.h>
#include <string.h>

#define BLOCK 64u /* a few vector registers of any machine */

struct mk_span mk_span_of(const void *bytes, size_t n) {
    return (struct mk_span){.p = bytes, .n = n, .at = 0};
}

/* Every access relies on this comparison. It never adds, so it can't overflow. */
static bool lies_in(uint64_t off, uint64_t len, size_t n) {
    return off <= n && len <= n - off;
}

bool mk_span_cut(struct mk_span s, uint64_t off, uint64_t len, struct mk_span *out) {
    if (!lies_in(off, len, s.n))
        return false;
    *out = mk_span_clip(s, off, len);
    return true;
}

struct mk_span mk_span_clip(struct mk_span s, uint64_t off, uint64_t len) {
    if (off >= s.n)
        return (struct mk_span){.p = NULL, .n = 0, .at = s.at + s.n};
    size_t left = s.n - (size_t)off;
    return (struct mk_span){.p = s.p + off, .n = len < left ? (size_t)len : left, .at = s.at + off};
}

uint64_t mk_span_uint(struct mk_span s, uint64_t off, unsigned width) {
    if (width > 8 || !lies_in(off, width, s.n)) {
#ifdef MEKIT_STRICT
        abort();
#else
        return 0;
#endif
    }
    uint64_t value = 0;
    for (unsigned i = width; i-- > 0;)
        value = value << 8 | s.p[off + i];
    return value;
}

uint8_t mk_span_u8(struct mk_span s, uint64_t off) {
    return (uint8_t)mk_span_uint(s, off, 1);
}

uint16_t mk_span_u16(struct mk_span s, uint64_t off) {
    return (uint16_t)mk_span_uint(s, off, 2);
}

uint32_t mk_span_u32(struct mk_span s, uint64_t off) {
    return (uint32_t)mk_span_uint(s, off, 4);
}

uint64_t mk_span_u64(struct mk_span s, uint64_t off) {
    return mk_span_uint(s, off, 8);
}

bool mk_span_copy(struct mk_span s, uint64_t off, void *out, size_t len) {
    if (!lies_in(off, len, s.n))
        return false;
    if (len > 0)
        memcpy(out, s.p + off, len);
    return true;
}

bool mk_span_has(struct mk_span s, uint64_t off, const void *text, size_t n) {
    return lies_in(off, n, s.n) && (n == 0 || memcmp(s.p + off, text, n) == 0);
}

/* Comparing the span with itself, shifted by one byte, is as fast as the C library's memcmp. */
bool mk_span_is_filled(struct mk_span s, uint8_t value) {
    if (s.n == 0)
        return true;
    return s.p[0] == value && memcmp(s.p, s.p + 1, s.n - 1) == 0;
}

bool mk_span_equal(struct mk_span a, struct mk_span b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

size_t mk_span_find(struct mk_span s, size_t from, const void *text, size_t n) {
    const uint8_t *first = text;
    while (from < s.n && n <= s.n - from) {
        const uint8_t *at = memchr(s.p + from, *first, s.n - from - (n - 1));
        if (!at)
            return MK_SPAN_NONE;
        from = (size_t)(at - s.p);
        if (memcmp(at, text, n) == 0)
            return from;
        from++;
    }
    return MK_SPAN_NONE;
}

/* A compiler can use vector instructions here: the inner loop has no early exit. */
static bool block_has_pair(const uint8_t *p, const uint8_t (*pairs)[2], size_t n) {
    uint8_t hits[BLOCK] = {0}, any = 0;
    for (size_t k = 0; k < n; k++) {
        const uint8_t first = pairs[k][0], second = pairs[k][1];
        for (size_t i = 0; i < BLOCK; i++)
            hits[i] |= (uint8_t)((p[i] == first) & (p[i + 1] == second));
    }
    for (size_t i = 0; i < BLOCK; i++)
        any |= hits[i];
    return any != 0;
}

static bool is_pair(const uint8_t *p, const uint8_t (*pairs)[2], size_t n) {
    for (size_t k = 0; k < n; k++)
        if (p[0] == pairs[k][0] && p[1] == pairs[k][1])
            return true;
    return false;
}

size_t mk_span_find_pair(struct mk_span s, size_t from, const uint8_t (*pairs)[2], size_t n) {
    while (from < s.n && s.n - from >= 2) {
        if (s.n - from > BLOCK && !block_has_pair(s.p + from, pairs, n)) {
            from += BLOCK;
            continue;
        }
        size_t end = from + (size_t)(s.n - from > BLOCK ? BLOCK : s.n - from - 1);
        for (; from < end; from++)
            if (is_pair(s.p + from, pairs, n))
                return from;
    }
    return MK_SPAN_NONE;
}

struct mk_span_lines mk_span_constant_bits(struct mk_span s) {
    uint8_t all = 0xFF, any = 0;
    for (size_t i = 0; i < s.n && (all != 0 || any != 0xFF); i++) {
        all &= s.p[i];
        any |= s.p[i];
    }
    return (struct mk_span_lines){.low = (uint8_t)~any, .high = all};
}

uint64_t mk_span_offset(struct mk_span whole, struct mk_span part) {
    return part.at - whole.at;
}

uint32_t mk_span_sum(struct mk_span s) {
    uint32_t sum = 0;
    for (size_t i = 0; i < s.n; i++)
        sum += s.p[i];
    return sum;
}

struct mk_span mk_buffer_span(struct mk_buffer b) {
    return mk_span_of(b.p, b.n);
}

bool mk_buffer_put(struct mk_buffer b, uint64_t off, const void *bytes, size_t n) {
    if (!lies_in(off, n, b.n))
        return false;
    if (n > 0)
        memcpy(b.p + off, bytes, n);
    return true;
}

bool mk_buffer_fill(struct mk_buffer b, uint64_t off, uint64_t n, uint8_t value) {
    if (!lies_in(off, n, b.n))
        return false;
    if (n > 0)
        memset(b.p + off, value, (size_t)n);
    return true;
}

bool mk_buffer_move(struct mk_buffer b, uint64_t to, uint64_t from, uint64_t n) {
    if (!lies_in(to, n, b.n) || !lies_in(from, n, b.n))
        return false;
    if (n > 0)
        memmove(b.p + to, b.p + from, (size_t)n);
    return true;
}

bool mk_buffer_uint(struct mk_buffer b, uint64_t off, unsigned width, uint64_t value) {
    if (width > 8 || !lies_in(off, width, b.n))
        return false;
    for (unsigned i = 0; i < width; i++)
        b.p[off + i] = (uint8_t)(value >> 8 * i);
    return true;
}
