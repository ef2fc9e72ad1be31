/* SPDX-License-Identifier: MIT */
/* Private to lib/codec: the parts of a finished codebook that the decoder reads. */
#ifndef MEKIT_CODEC_CODEBOOK_H
#define MEKIT_CODEC_CODEBOOK_H

#include <mekit/codec/huffman.h>

#define QUICK_BITS 12u

struct mk_codebook {
    char name[MK_CODEBOOK_NAME];
    struct mk_codeword *words; /* sorted once finished */
    size_t n, capacity;
    bool finished;
    const char *published;
    unsigned longest;
    uint32_t lowest[MK_CODEWORD_BITS + 1]; /* codeword of each length, left-justified in 32 bits */
    uint32_t highest[MK_CODEWORD_BITS + 1];
    uint32_t first[MK_CODEWORD_BITS + 1]; /* index of the highest codeword of each length */
    /* For the next QUICK_BITS bits: index << 4 | length, or 0 for a longer codeword. */
    uint16_t quick[1u << QUICK_BITS];
};

/* published.c: finds out whether this is a published codebook. MEMORY. */
bool mki_codebook_judge(struct mk_codebook *book, struct mk_error *e);

#endif
