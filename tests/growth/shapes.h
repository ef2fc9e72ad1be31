/* SPDX-License-Identifier: MIT */
/* Images and files with one variable count or size each, to measure the growth of work. */
#ifndef MEKIT_TESTS_GROWTH_SHAPES_H
#define MEKIT_TESTS_GROWTH_SHAPES_H

#include <forge/build.h>

/* Builds the shape with that count or size; the caller frees b->p. */
typedef bool shape_build(size_t n, struct mk_buffer *b);

/* n bytes of FF at b->p. */
bool shape_room(size_t n, struct mk_buffer *b);

/* A region of size bytes: $FPT with FTPR (code) at 0x1000, after it the parts. */
struct shape_region {
    uint32_t size, boot_size;
    unsigned generation;
    const struct forge_code *code; /* NULL: FTPR's bytes stay unchanged */
    const struct forge_part *parts;
    size_t n;
};
#define SHAPE_BOOT_AT 0x1000u
bool shape_region(struct mk_buffer b, const struct shape_region *region);

/* Makes modules FIRST, NAME001, NAME002, ... of equal size. */
#define SHAPE_MODULES_MAX 510u
const struct forge_module *shape_modules(const char *first, const char *name, size_t n,
                                         enum forge_how how, uint32_t size);

/* Writes a $CPD of n entries, and its entries one by one. */
void shape_directory(struct mk_buffer b, uint64_t at, const char *name, size_t n);
void shape_entry(struct mk_buffer b, uint64_t at, size_t i, const char *name, uint32_t offset,
                 uint32_t length);

/* tables.c: entries of $FPT, BPDT and $MME */
shape_build shape_fpt, shape_fpt_same, shape_bpdt, shape_bpdt_same, shape_bpdt_beyond, shape_mme;
/* directory.c: entries of a $CPD and of its manifests */
shape_build shape_cpd, shape_cpd_same, shape_cpd_boot, shape_manifests, shape_lists, shape_known,
    shape_extensions, shape_listed, shape_records;
/* size.c: bytes of modules, pages, the image */
shape_build shape_stored, shape_lzma, shape_huffman, shape_llut, shape_shared_pages, shape_erased,
    shape_random, shape_blocks, shape_straps;
/* scan.c: places that look like firmware */
shape_build shape_scan_fpt, shape_scan_cpd, shape_scan_tags, shape_scan_bpdt, shape_scan_copies;
/* file.c: the user's other files */
shape_build shape_codebook, shape_record, shape_gzip, shape_xz;

#endif
