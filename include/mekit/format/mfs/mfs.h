/* SPDX-License-Identifier: MIT */
/* MFS, the ME's file system: of ME 11, CSME 12-16, TXE 3/4, in the $FPT entries MFS, AFS, MFSB.
 *
 * A volume consists of pages of 8 KiB. System pages are a log of chunks (0x40 bytes each): a later
 * chunk replaces an earlier one with the same number. Together these chunks are the volume's header
 * and its table of files. Data pages hold the chunks of the files. Every page and every chunk has a
 * sum of its own. SPS 1-3 have another format under the same name. Sources: Positive Technologies'
 * talk on the format (2017) and MEAnalyzer 089b991; checked on 319 volumes. */
#ifndef MEKIT_FORMAT_MFS_H
#define MEKIT_FORMAT_MFS_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/field.h>
#include <mekit/base/limit.h>

MK_BEGIN_DECLS

#define MK_MFS_PAGE_SIZE     0x2000u
#define MK_MFS_PAGE_MAGIC    0xAA557887u
#define MK_MFS_CHUNK_SIZE    0x40u
#define MK_MFS_CHUNK_STORED  0x42u /* with its CRC-16, over the bytes and the chunk's number */
#define MK_MFS_SYSTEM_CHUNKS 120u  /* in a system page */
#define MK_MFS_SYSTEM_WORDS  0x12u /* offset of the chunks' numbers, masked, and an end mark */
#define MK_MFS_SYSTEM_AT     0x104u
#define MK_MFS_DATA_CHUNKS   122u  /* in a data page */
#define MK_MFS_DATA_MARKS    0x12u /* offset of the chunks' marks, a byte each, 0: used */
#define MK_MFS_DATA_AT       0x8Cu

enum mk_mfs_page_field {
    MK_PAGE_MAGIC, /* 0 or FFFFFFFF: the scratch page */
    MK_PAGE_NUMBER,
    MK_PAGE_ERASES,
    MK_PAGE_NEXT,
    MK_PAGE_FIRST, /* number of its first chunk; 0: a system page */
    MK_PAGE_SUM,
    MK_PAGE_FIELDS
};
extern const struct mk_field mk_mfs_page_fields[MK_PAGE_FIELDS];
#define MK_MFS_PAGE_HEADER 0x12u
/* The CRC-8 that a page's header should have. */
uint8_t mk_mfs_page_sum(struct mk_span page);

/* A system page stores each number ^ mask of the number before it; before the first one, 0 counts.
 */
uint16_t mk_mfs_number_mask(uint16_t previous);
#define MK_MFS_NUMBERS_END 0x7FFFu /* or FFFF */

/* The CRC-16 that a chunk's bytes should have. */
uint16_t mk_mfs_chunk_sum(struct mk_span bytes, uint16_t number);

enum mk_mfs_volume_field {
    MK_VOLUME_MAGIC,
    MK_VOLUME_DICTIONARY, /* together with the platform: which table names its ids */
    MK_VOLUME_PLATFORM,
    MK_VOLUME_SIZE,  /* bytes of system and data chunks */
    MK_VOLUME_FILES, /* number of places for files: 256, 512, 1024 */
    MK_VOLUME_FIELDS
};
extern const struct mk_field mk_mfs_volume_fields[MK_VOLUME_FIELDS];
#define MK_MFS_VOLUME_MAGIC 0x724F6201u
/* After it: a u16 for each file (one of the three values below, or number of places + the file's
 * first chunk), then a u16 for each data chunk: the next chunk in the same form, or the number of
 * bytes in the last one. */
#define MK_MFS_TABLE_AT   0x0Eu
#define MK_MFS_FILE_NONE  0u
#define MK_MFS_FILE_NEVER 0xFFFEu /* no file either */
#define MK_MFS_FILE_EMPTY 0xFFFFu

/* Numbers that Intel's firmware always uses for these low-level files. */
#define MK_MFS_FILE_INTEL    6u /* intl.cfg: Intel's configuration */
#define MK_MFS_FILE_OEM      7u /* fitc.cfg: the OEM's */
#define MK_MFS_FILE_HOME     8u /* the home directory */
#define MK_MFS_FILE_MANIFEST 9u /* as the vendor made it; in use it may be any file */

enum mk_mfs_state {
    MK_MFS_WHOLE,
    MK_MFS_DAMAGED, /* problem: the first fault; whatever is readable is there */
    MK_MFS_ERASED,  /* every byte is FF */
    MK_MFS_UNKNOWN  /* no page of it has the magic: another format */
};
const char *mk_mfs_state_name(enum mk_mfs_state s); /* "whole", ... */

struct mk_mfs_file {
    unsigned number;
    struct mk_span bytes; /* in mk_mfs.memory: offsets are not those of the image */
};

struct mk_mfs {
    enum mk_mfs_state state;
    struct mk_error problem;
    bool in_use; /* a running ME has written to it: not as the vendor made it */
    unsigned n_pages, system_pages, data_pages;
    unsigned right, wrong; /* sums of chunks, of those in the log and those of files */
    unsigned dictionary, platform, places;
    uint32_t size;
    struct mk_mfs_file *files; /* owned; in the order of their numbers */
    size_t n_files;
    uint8_t *memory; /* owned: the files' spans point into it */
};

/* Reads a partition. False: MEMORY; mfs->problem says what is wrong in the partition. End with
 * mk_mfs_free in any case. */
bool mk_mfs_read(struct mk_span partition, struct mk_mfs *mfs, struct mk_error *e);
void mk_mfs_free(struct mk_mfs *mfs);

/* The meaning of a number: "Intel's configuration", ...; "" for numbers that the firmware assigns
 * freely. */
const char *mk_mfs_file_name(const struct mk_mfs *mfs, unsigned number);

/* The low-level file of that number, or NULL. */
const struct mk_mfs_file *mk_mfs_file_find(const struct mk_mfs *mfs, unsigned number);

MK_END_DECLS

#endif
