/* SPDX-License-Identifier: MIT */
/* LLUT: the Huffman look-up table of a generation 2 partition. It has a header of 0x40 bytes and
 * one dword for each page of uncompressed code. It is at partition + (manifest size rounded up to
 * 0x40), outside the signed bytes. Chunk offsets count from the start of the ME region. */
#ifndef MEKIT_FORMAT_LLUT_H
#define MEKIT_FORMAT_LLUT_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/field.h>
#include <mekit/base/range.h>

MK_BEGIN_DECLS

#define MK_LLUT_HEADER_SIZE 0x40u
#define MK_LLUT_ENTRY_SIZE  4u /* a dword for each chunk */
#define MK_LLUT_PAGE_1K     0x400u
#define MK_LLUT_PAGE_4K     0x1000u /* ME 6 Ignition */

enum mk_llut_field {
    MK_LLUT_TAG,
    MK_LLUT_COUNT,
    MK_LLUT_ADDR_BASE, /* the virtual address of page 0 is this + 0x10000000 */
    MK_LLUT_SPI_BASE,
    MK_LLUT_STREAM_LENGTH,
    MK_LLUT_STREAM_START, /* region-relative */
    MK_LLUT_FLAGS,
    MK_LLUT_PAGE_SIZE, /* MK_LLUT_PAGE_1K or _4K */
    MK_LLUT_FIELDS
};
extern const struct mk_field mk_llut_fields[MK_LLUT_FIELDS];

enum mk_chunk_field { MK_CHUNK_OFFSET, MK_CHUNK_KIND, MK_CHUNK_FIELDS };
extern const struct mk_field mk_chunk_fields[MK_CHUNK_FIELDS];

#define MK_CHUNK_EMPTY  0x80u
#define MK_CHUNK_STORED 0x00u
#define MK_CHUNK_DATA   0xC0u /* coded with the data table; 40: with the code table */

struct mk_chunk {
    uint32_t start,
        end; /* region-relative; a chunk ends where the next larger offset begins; 0, 0: empty */
    uint8_t kind;
    bool repeated; /* the table has its offset more than once */
};

struct mk_llut {
    struct mk_span bytes; /* header and table */
    uint32_t addr_base, spi_base, stream_length, stream_start, page_size;
    unsigned n;
    struct mk_chunk *chunks; /* owned: mk_llut_free */
    /* Where the hardware looks for the dword of chunk 0, region-relative: spi_base + 4 *
     * ((addr_base & 0FFFFFFF) / page_size). The table is there, except in byte copies (SPS 3 OPR2).
     */
    uint64_t table_address;
};

/* TAG, COUNT, RANGE, FIELD (page size), MEMORY. */
bool mk_llut_read(struct mk_span s, struct mk_llut *llut, struct mk_error *e);
/* Reads the GLUT partition: one table of the same form for the pages of all partitions ("GLUT" in
 * ME 6, a NUL and "LUT" later). It does not say where the last page ends, so that page ends at the
 * region's end. */
bool mk_glut_read(struct mk_span s, uint64_t region_size, struct mk_llut *glut, struct mk_error *e);
void mk_llut_free(struct mk_llut *llut);

/* The pages [*first, *first + *n) of the table that a module with this load base and code size
 * covers, cut to the table (a base below the table's counts as page 0). */
void mk_llut_pages(const struct mk_llut *llut, uint32_t load_base, uint32_t code_size,
                   unsigned *first, unsigned *n);

MK_END_DECLS

#endif
