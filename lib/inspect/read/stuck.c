/* SPDX-License-Identifier: MIT */
#include "read.h"

#define BLOCK     0x1000u
#define LINE_BASE 12u   /* the lowest of the lines that select a block */
#define CHANGES   1024u /* changed bytes that must be there to call a bit constant */
#define ENOUGH    16u

/* True if every block equals the one whose address differs only in that line. */
static bool is_stuck(struct mk_span s, unsigned line) {
    size_t step = (size_t)1 << line, blocks = s.n / BLOCK, told = 0;
    for (size_t i = 0; i < blocks; i++) {
        size_t at = i * BLOCK;
        if ((at & step) != 0 || at + step + BLOCK > s.n)
            continue;
        struct mk_span one = mk_span_clip(s, at, BLOCK);
        if (!mk_span_equal(one, mk_span_clip(s, at + step, BLOCK)))
            return false;
        told += !mk_span_is_filled(one, 0xFF);
    }
    return told >= ENOUGH;
}

static bool address_inspect(struct mk_span s, struct mk_findings *f, struct mk_error *e) {
    for (unsigned line = LINE_BASE; s.n >= MK_SMALLEST_CHIP && (s.n >> line) > 0; line++)
        if (is_stuck(s, line) &&
            !mk_finding_add(f, MK_FINDING_STUCK_ADDRESS, s.at, s.n, e,
                            "each block is the same as the one 0x%llx bytes further on: address "
                            "line %u of the chip did not work",
                            1ull << line, line))
            return false;
    return true;
}

/* A file of almost only filler bytes shows no stuck line: a bit of its few other bytes may be
 * constant by chance. */
static bool tells_enough(struct mk_span s) {
    size_t changes = 0;
    for (size_t i = 1; i < s.n && changes < CHANGES; i++)
        changes += mk_span_u8(s, i) != mk_span_u8(s, i - 1);
    return changes >= CHANGES;
}

static bool data_inspect(struct mk_span s, struct mk_findings *f, struct mk_error *e) {
    struct mk_span_lines lines = mk_span_constant_bits(s);
    if ((lines.low | lines.high) == 0 || !tells_enough(s))
        return true;
    for (unsigned bit = 0; bit < 8; bit++) {
        bool low = lines.low >> bit & 1, high = lines.high >> bit & 1;
        if ((low || high) &&
            !mk_finding_add(f, MK_FINDING_STUCK_DATA, s.at, s.n, e,
                            "bit %u of every byte is %u: it was not read", bit, high))
            return false;
    }
    return true;
}

/* A text never sets bit 7, and a blank file shows nothing. */
bool mki_stuck_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e) {
    if (mki_text_is_at(bytes) || mk_span_is_filled(bytes, 0xFF) || mk_span_is_filled(bytes, 0x00))
        return true;
    return address_inspect(bytes, f, e) && data_inspect(bytes, f, e);
}
