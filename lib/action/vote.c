/* SPDX-License-Identifier: MIT */
#include <mekit/action/compare.h>

#include <mekit/base/arith.h>

#define STEP 4096u

static uint64_t longest(const struct mk_span *reads, size_t n) {
    uint64_t size = 0;
    for (size_t i = 0; i < n; i++)
        size = mk_max(size, reads[i].n);
    return size;
}

static bool is_same(const struct mk_span *reads, size_t n, uint64_t at, uint64_t size) {
    struct mk_span first = mk_span_clip(reads[0], at, size);
    for (size_t i = 1; i < n; i++)
        if (!mk_span_equal(first, mk_span_clip(reads[i], at, size)))
            return false;
    return true;
}

/* The bits of one byte in which the reads differ; *cut: a read lacks the byte. */
static uint8_t unstable_bits(const struct mk_span *reads, size_t n, uint64_t at, bool *cut) {
    uint8_t set = 0, clear = 0;
    *cut = false;
    for (size_t i = 0; i < n; i++) {
        *cut = *cut || at >= reads[i].n;
        if (at >= reads[i].n)
            continue;
        uint8_t byte = mk_span_u8(reads[i], at);
        set |= byte;
        clear |= (uint8_t)~byte;
    }
    return set & clear;
}

static unsigned count_bits(uint8_t byte) {
    unsigned n = 0;
    for (unsigned bit = 0; bit < 8; bit++)
        n += byte >> bit & 1;
    return n;
}

static void add_byte(const struct mk_image *image, uint64_t at, uint8_t bits,
                     struct mk_disagreement *out) {
    unsigned region = image && image->has_descriptor
                          ? mk_descriptor_region_at(&image->descriptor, at)
                          : MK_NO_REGION;
    if (out->regions[region].bytes++ == 0)
        out->regions[region].first = at;
    out->bytes++;
    out->bits += count_bits(bits);
}

void mk_disagree(const struct mk_span *reads, size_t n, const struct mk_image *image,
                 struct mk_disagreement *out) {
    uint64_t size = longest(reads, n);
    *out = (struct mk_disagreement){.bytes = 0};
    for (uint64_t at = 0; at < size; at += STEP) {
        if (is_same(reads, n, at, STEP))
            continue;
        for (uint64_t i = at; i < mk_min(at + STEP, size); i++) {
            bool cut;
            uint8_t bits = unstable_bits(reads, n, i, &cut);
            if (bits || cut)
                add_byte(image, i, bits, out);
        }
    }
}

static uint8_t vote_byte(const struct mk_span *reads, size_t n, uint64_t at, struct mk_vote *vote) {
    uint8_t byte = 0;
    for (unsigned bit = 0; bit < 8; bit++) {
        size_t ones = 0;
        for (size_t i = 0; i < n; i++)
            ones += mk_span_u8(reads[i], at) >> bit & 1;
        bool tied = 2 * ones == n;
        bool set = tied ? mk_span_u8(reads[0], at) >> bit & 1 : 2 * ones > n;
        vote->undecided_bits += tied;
        byte |= (uint8_t)((unsigned)set << bit);
    }
    return byte;
}

void mk_vote(const struct mk_span *reads, size_t n, struct mk_buffer out, struct mk_vote *vote) {
    bool cut;
    *vote = (struct mk_vote){.voted_bytes = 0};
    mk_buffer_put(out, 0, reads[0].p, reads[0].n);
    for (uint64_t at = 0; at < out.n; at += STEP) {
        if (is_same(reads, n, at, STEP))
            continue;
        for (uint64_t i = at; i < mk_min(at + STEP, out.n); i++) {
            if (!unstable_bits(reads, n, i, &cut))
                continue;
            uint8_t byte = vote_byte(reads, n, i, vote);
            mk_buffer_put(out, i, &byte, 1);
            vote->voted_bytes++;
        }
    }
}
