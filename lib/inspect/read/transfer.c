/* SPDX-License-Identifier: MIT */
#include "read.h"

#define BLOCK    0x1000u
#define ENOUGH   1024u /* line feeds or multi-byte characters: chance makes fewer */
#define EXPECTED 32u   /* pairs of CR and LF that chance would make at least */
#define SHARE    16u   /* one in 16 of them may remain: CR CR LF becomes CR LF */
#define CR       0x0Du
#define LF       0x0Au

/* ---- ends of lines ---- */

struct ends {
    uint64_t feeds, returns, pairs; /* LF, CR, CR before LF */
    uint64_t first;                 /* LF */
};

static struct ends ends_count(struct mk_span s) {
    struct ends ends = {.first = MK_NOWHERE};
    unsigned before = 0;
    for (uint64_t i = 0; i < s.n; i++) {
        unsigned byte = mk_span_u8(s, i);
        ends.returns += byte == CR;
        if (byte == LF) {
            ends.pairs += before == CR;
            if (ends.feeds++ == 0)
                ends.first = s.at + i;
        }
        before = byte;
    }
    return ends;
}

static bool ends_add(const struct ends *ends, const char *what, struct mk_findings *f,
                     struct mk_error *e) {
    if (!mk_finding_add(f, MK_FINDING_SHIFTED_READ, ends->first, 0, e, "%s", what))
        return false;
    f->list[f->n - 1].next = "Copy the file again, as binary, or read the flash again.";
    return true;
}

/* A file that gained or lost bytes no longer consists of whole blocks, so search no other file. */
bool mki_lines_of_text_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e) {
    if (bytes.n % BLOCK == 0)
        return true;
    struct ends ends = ends_count(bytes);
    if (ends.feeds < ENOUGH)
        return true;
    if (ends.pairs == ends.feeds)
        return ends_add(&ends,
                        "each byte 0A follows a 0D: the file was copied as text, which added bytes "
                        "and shifted the data",
                        f, e);
    uint64_t expected = ends.feeds * ends.returns / bytes.n;
    if (expected < EXPECTED || ends.pairs > expected / SHARE)
        return true;
    return ends_add(&ends,
                    "fewer bytes 0A follow a 0D than chance would produce: the file was copied as "
                    "text, and bytes were lost",
                    f, e);
}

/* ---- characters ---- */

/* Length of the UTF-8 character at i; 0: there is none. */
static unsigned character_length(struct mk_span s, uint64_t i) {
    unsigned first = mk_span_u8(s, i);
    unsigned n = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first > 0xF4 || n > s.n - i)
        return 0;
    for (unsigned k = 1; k < n; k++)
        if ((mk_span_u8(s, i + k) & 0xC0) != 0x80)
            return 0;
    return n;
}

static bool is_utf8(struct mk_span s) {
    uint64_t longer = 0;
    for (uint64_t i = 0; i < s.n;) {
        unsigned n = character_length(s, i);
        if (n == 0)
            return false;
        longer += n > 1;
        i += n;
    }
    return longer >= ENOUGH;
}

bool mki_transfer_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e) {
    if (is_utf8(bytes))
        return mk_finding_add(f, MK_FINDING_TEXT_DUMP, 0, bytes.n, e,
                              "the file is UTF-8 text: a text program wrote more than one byte for "
                              "each byte above 7F");
    return mki_lines_of_text_inspect(bytes, f, e);
}
