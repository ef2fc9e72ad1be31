/* SPDX-License-Identifier: MIT */
/* Intel's Huffman code: a page of code or data is a run of codewords, most significant bit first;
 * each codeword encodes 1 to 15 bytes.
 *
 * The code is canonical and counts down: the first codeword of the shortest length is all ones,
 * each next one is one less, and the first one that is a bit longer is twice the last minus one. A
 * codebook is a pair of tables, one for code and one for data, with the same codewords and symbol
 * lengths but different bytes. mekit contains no codebook: it loads one at run time. Source:
 * unhuffme, unME11, MEAnalyzer. */
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

/* NULL: no memory. name: "11", "12", "cpt". It is cut to fit, and every character but letters,
 * digits, dots and dashes becomes _, so that it is safe to print and to write. */
struct mk_codebook *mk_codebook_new(const char *name);
void mk_codebook_free(struct mk_codebook *book);
const char *mk_codebook_name(const struct mk_codebook *book);

/* Adds a codeword of that many bits and its symbol to one table. n = 0: the symbol is unknown.
 * FIELD: 0 or too many bits, or a symbol that is too long; COUNT; MEMORY. */
bool mk_codebook_add(struct mk_codebook *book, bool data, uint32_t codeword, unsigned bits,
                     const uint8_t *symbol, size_t n, struct mk_error *e);

/* Call it once all codewords are added. It checks that both tables form one complete code (no gap,
 * no codeword twice, codewords count down, both symbols of a codeword have one length) and makes
 * the codebook ready. FIELD says which check failed. */
bool mk_codebook_finish(struct mk_codebook *book, struct mk_error *e);

/* The name under which a finished codebook's content is published, whatever its own name is: "pch",
 * "cpt", "11" or "12", recognised by digest. NULL: another codebook, any of whose symbols may be
 * wrong. */
const char *mk_codebook_published(const struct mk_codebook *book);

/* The codewords in order, shortest first, for programs that write a codebook out. */
struct mk_codeword {
    uint32_t codeword;
    unsigned bits;
    uint8_t length[2]; /* of the code symbol, of the data symbol; 0: unknown */
    uint8_t symbol[2][MK_SYMBOL_BYTES + 1];
};
size_t mk_codebook_count(const struct mk_codebook *book);
const struct mk_codeword *mk_codebook_word(const struct mk_codebook *book, size_t i);

/* A set of a codebook's codewords: bits[0] for its code table, bits[1] for its data table. Codeword
 * i is bit i % 64 of word i / 64. Start with {0}. */
struct mk_codewords {
    uint64_t bits[2][MK_CODEBOOK_WORDS / 64u + 1u];
};
void mk_codewords_add(struct mk_codewords *to, const struct mk_codewords *more);
/* True if set contains all of words. */
bool mk_codewords_are_in(const struct mk_codewords *words, const struct mk_codewords *set);

/* The codebooks that a program has loaded. Start with {0}, end with mk_codebooks_free. */
struct mk_codebooks {
    struct mk_codebook **list; /* owned, as is each codebook in it */
    size_t n;
};
/* Adds a finished codebook and takes ownership of it: on failure (MEMORY, or COUNT above
 * MK_CODEBOOKS_MAX) it frees the codebook. */
#define MK_CODEBOOKS_MAX 16u
bool mk_codebooks_add(struct mk_codebooks *books, struct mk_codebook *book, struct mk_error *e);
void mk_codebooks_free(struct mk_codebooks *books);

/* Reads mekit's own text format and adds its codebooks: a line "mekit-codebook 1", then a line for
 * each codeword, "NAME BITS CODE DATA": the codebook's name, the codeword as 0 and 1, and the two
 * symbols as hexadecimal bytes ("-": unknown). Lines that begin with # are comments; the codewords
 * of one name stand together, in any order. TAG: another format; FIELD, with the offset of the
 * line; errors of mk_codebook_finish. */
bool mk_codebooks_read_text(struct mk_span text, struct mk_codebooks *books, struct mk_error *e);

/* Decodes one page of exactly n (at most MK_HUFFMAN_PAGE) bytes from the start of stream. *used:
 * the number of bytes that it took from stream, including the last one's zero pad bits. STREAM: the
 * stream ends early, a symbol reaches beyond the page, or a pad bit is set; CODEBOOK: a symbol is
 * unknown. It adds the codewords of the page to met, unless that is NULL. */
bool mk_huffman_page(const struct mk_codebook *book, bool data, struct mk_span stream, uint8_t *out,
                     size_t n, size_t *used, struct mk_codewords *met, struct mk_error *e);

MK_END_DECLS

#endif
