/* SPDX-License-Identifier: MIT */
/* Intel's Huffman code: a page of code or data is a run of codewords, most significant bit first,
 * each standing for 1 to 15 bytes.
 *
 * The code is canonical and counts down: the first codeword of the shortest length is all ones,
 * each next one is one less, and a longer length goes on at twice the last minus one. A codebook is
 * a pair of tables, for code and for data: the same codewords and symbol lengths, other bytes.
 * mekit has no codebook of its own: it is loaded at run time. Source: unhuffme, unME11, MEAnalyzer.
 */
#ifndef MEKIT_CODEC_HUFFMAN_H
#define MEKIT_CODEC_HUFFMAN_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/span.h>

MK_BEGIN_DECLS

#define MK_CODEWORD_BITS  19u /* the longest one seen: ME 6 */
#define MK_SYMBOL_BYTES   15u
#define MK_CODEBOOK_WORDS 4095u   /* 2,017 seen */
#define MK_CODEBOOK_NAME  16u     /* with the closing NUL */
#define MK_HUFFMAN_PAGE   0x1000u /* the largest page */

struct mk_codebook;

/* NULL: no memory. name: "11", "12", "cpt"; cut to fit, and what is no letter, digit, dot or dash
 * becomes _, so that it can be shown and written. */
struct mk_codebook *mk_codebook_new(const char *name);
void mk_codebook_free(struct mk_codebook *book);
const char *mk_codebook_name(const struct mk_codebook *book);

/* Adds the codeword of so many bits and its symbol to one table. n = 0: the symbol is not known.
 * FIELD: 0 or too many bits, too long a symbol; COUNT; MEMORY. */
bool mk_codebook_add(struct mk_codebook *book, bool data, uint32_t codeword, unsigned bits,
                     const uint8_t *symbol, size_t n, struct mk_error *e);

/* Once all are added: checks that both tables are one complete code (no gap, no codeword twice, the
 * count-down kept, lengths of a pair of symbols equal) and makes it ready. FIELD says what is not.
 */
bool mk_codebook_finish(struct mk_codebook *book, struct mk_error *e);

/* The name under which a finished codebook's content is published, whatever its own is: "pch",
 * "cpt", "11" or "12", known by their digests. NULL: it is another, and any of its symbols may be
 * wrong. */
const char *mk_codebook_published(const struct mk_codebook *book);

/* The codewords in order, shortest first, for those who write a codebook out. */
struct mk_codeword {
    uint32_t codeword;
    unsigned bits;
    uint8_t length[2]; /* of the symbol of code, of data; 0: not known */
    uint8_t symbol[2][MK_SYMBOL_BYTES + 1];
};
size_t mk_codebook_count(const struct mk_codebook *book);
const struct mk_codeword *mk_codebook_word(const struct mk_codebook *book, size_t i);

/* A set of a codebook's codewords in its table for code, [0], and for data, [1]: bit i % 64 of word
 * i / 64 for the i-th. Start with {0}. */
struct mk_codewords {
    uint64_t bits[2][MK_CODEBOOK_WORDS / 64u + 1u];
};
void mk_codewords_add(struct mk_codewords *to, const struct mk_codewords *more);
/* Whether all of words are in set. */
bool mk_codewords_are_in(const struct mk_codewords *words, const struct mk_codewords *set);

/* The codebooks that are at hand. Start with {0}, end with mk_codebooks_free. */
struct mk_codebooks {
    struct mk_codebook **list; /* owned, and each of them */
    size_t n;
};
/* A finished codebook, which the list then owns (also where it fails: MEMORY, or COUNT above
 * MK_CODEBOOKS_MAX: then it is freed). */
#define MK_CODEBOOKS_MAX 16u
bool mk_codebooks_add(struct mk_codebooks *books, struct mk_codebook *book, struct mk_error *e);
void mk_codebooks_free(struct mk_codebooks *books);

/* Reads mekit's own text format and adds what is in it: a line "mekit-codebook 1", then a line for
 * each codeword, "NAME BITS CODE DATA": the codebook's name, the codeword as 0 and 1, and the two
 * symbols as hexadecimal bytes ("-": not known). Lines that begin with # are left out; codewords of
 * one name stand together, in any order. TAG: it is another format; FIELD and the offset of the
 * line; what mk_codebook_finish says. */
bool mk_codebooks_read_text(struct mk_span text, struct mk_codebooks *books, struct mk_error *e);

/* Decodes one page of exactly n (at most MK_HUFFMAN_PAGE) bytes from the start of stream. *used:
 * the bytes of stream that it took, the last one's pad bits included, which are zero. STREAM: the
 * stream ends early, a symbol beyond the page, pad bits set; CODEBOOK: a symbol that is not known.
 */
bool mk_huffman_page(const struct mk_codebook *book, bool data, struct mk_span stream, uint8_t *out,
                     size_t n, size_t *used, struct mk_error *e);

/* The same; adds the codewords that it met to met. */
bool mk_huffman_page_met(const struct mk_codebook *book, bool data, struct mk_span stream,
                         uint8_t *out, size_t n, size_t *used, struct mk_codewords *met,
                         struct mk_error *e);

MK_END_DECLS

#endif
