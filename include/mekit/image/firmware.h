/* SPDX-License-Identifier: MIT */
/* The firmware tree: partitions and their modules, whatever the generation.
 *
 * Generation 1: $MAN, one CODE partition. Generation 2: $MN2, $MME, LLUT. Generation 3: $CPD. CSE
 * (CSME 12 and later, TXE 3/4): $CPD in boot partitions, beside a $FPT for data. An action never
 * asks for the generation: it asks whether a module is essential, where its bytes are (extent.h),
 * and what the firmware's facts allow (removed_whole, indivisible, hashed_whole).
 *
 * Offsets named start and end are region-relative, end exclusive. Spans carry file offsets. */
#ifndef MEKIT_IMAGE_FIRMWARE_H
#define MEKIT_IMAGE_FIRMWARE_H

#include <mekit/base/api.h>
#include <mekit/format/bpdt.h>
#include <mekit/format/cpd.h>
#include <mekit/format/extension.h>
#include <mekit/format/fpt.h>
#include <mekit/format/key.h>
#include <mekit/format/layout.h>
#include <mekit/format/llut.h>
#include <mekit/format/manifest.h>

MK_BEGIN_DECLS

enum mk_generation {
    MK_GENERATION_NONE,
    MK_GENERATION_1,
    MK_GENERATION_2,
    MK_GENERATION_3,
    MK_GENERATION_CSE
};
/* "none", "generation 1", "generation 2", "generation 3", "cse" */
const char *mk_generation_name(enum mk_generation generation);

enum mk_compression { MK_STORED, MK_HUFFMAN, MK_LZMA, MK_COMPRESSION_UNKNOWN };
const char *
mk_compression_name(enum mk_compression c); /* "uncomp.", "Huffman", "LZMA", "unknown" */

enum mk_module_kind { MK_MODULE_CODE, MK_MODULE_MANIFEST, MK_MODULE_METADATA };

struct mk_module {
    uint8_t name[16];
    size_t name_length;
    enum mk_module_kind kind;
    enum mk_compression compression;
    bool essential; /* needed to boot: never removed from the boot partition */
    bool encrypted;
    uint64_t start, end; /* its bytes in one piece; 0, 0: they are pages of the partition's LLUT */
    unsigned first_page, n_pages; /* those pages */
    uint32_t code_size;           /* uncompressed, with API pages; 0: not known */
    uint32_t absent_size;         /* part of code_size: API pages, neither stored nor hashed */
    uint32_t stored_size;
    struct mk_span stored; /* [start, end), cut to the region */
    struct mk_span hash;   /* as stored; empty: no hash is known */
    bool hash_natural;     /* the hash's bytes are in natural order, not reversed */
    struct mk_span entry;  /* its $MME or $CPD entry */
};

enum mk_partition_layout {
    MK_LAYOUT_DATA,      /* mekit does not look into it */
    MK_LAYOUT_MANIFEST,  /* begins with $MAN or $MN2, modules by $MME */
    MK_LAYOUT_DIRECTORY, /* begins with $CPD */
};

/* A boot partition of a CSE region, or the second table (S-BPDT) of one. */
struct mk_boot_partition {
    unsigned number; /* 1: BP1 ... 5: BP5 */
    bool second;     /* S-BPDT */
    unsigned alias;  /* number of an earlier BP with the same bytes; its partitions are listed only
                        there */
    uint64_t start, end; /* region-relative, cut to the region */
    bool has_table;
    struct mk_bpdt table;
};

struct mk_partition {
    uint8_t name[4];
    unsigned boot;       /* 0: listed in $FPT; else the number of its boot partition */
    bool second;         /* listed in that one's S-BPDT */
    unsigned entry;      /* its index in $FPT, or in that boot partition's table */
    uint64_t start, end; /* cut to the region */
    uint64_t size;       /* as the table says (open-ended: to the region's end) */
    struct mk_span bytes;
    enum mk_partition_layout layout;
    bool has_manifest;
    struct mk_manifest manifest; /* generation 3: the first .man */
    struct mk_cpd cpd;           /* layout DIRECTORY */
    bool has_llut;
    struct mk_llut llut;
    struct mk_module *modules; /* owned */
    size_t n_modules;
    struct mk_module **by_name; /* owned: the modules in the order of their names */
    struct mk_error problem;    /* code MK_OK, or why its content can't be read (to the end) */
};

struct mk_firmware {
    enum mk_generation generation;
    const char *family; /* "ME", "TXE", "SPS", "CSME", "CSTXE"; never NULL */
    struct mk_version version;
    bool is_sps;
    bool is_ignition;   /* ME 6 Ignition */
    bool removed_whole; /* no part of it is needed to boot: the whole region may become FF */
    bool indivisible;   /* nothing says where its modules are: it can't be cut or moved, and its
                           removal needs a change in the descriptor */
    bool hashed_whole;  /* the manifest has a hash over the whole boot partition */
    const struct mk_known_key *key; /* of the boot partition's manifest; NULL: unknown */
    struct mk_layout layout;        /* version MK_IFWI_NONE: a flat region */
    struct mk_boot_partition boots[MK_LIMIT_BOOT_TABLES];
    size_t n_boots;
    uint64_t
        fpt_base; /* offsets of $FPT count from here: the data partition's start, region-relative */
    struct mk_fpt fpt;                                 /* n = 0: none */
    bool has_backup, backup_differs, backup_sum_right; /* $FPT at Data + 0x1000 */
    struct mk_partition *partitions; /* owned: entries with data, in the tables' order */
    size_t n_partitions;
    const struct mk_partition *boot; /* one of mk_boot_names, or RBEP; NULL: none */
    struct mk_errors problems;       /* the faults in layout and boot tables */
};

/* Reads the tree of an ME region that has a $FPT or a layout table, or of an IFWI. False if it
 * can't show anything (no table, no memory); a fault inside a partition becomes that partition's
 * problem. */
bool mk_firmware_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e);
/* The same for a lone partition, an update image: one partition from 0 to the end, no table. */
bool mk_firmware_read_partition(struct mk_span bytes, struct mk_firmware *f, struct mk_error *e);
void mk_firmware_free(struct mk_firmware *f);

/* The place that the offsets in a boot partition's table count from, region-relative: the boot
 * partition's start; in IFWI 2.0 the image's start, unless an offset is below the boot partition's.
 */
uint64_t mk_boot_partition_base(const struct mk_firmware *f, const struct mk_boot_partition *bp);

/* The names of boot partitions; the first one that is there boots. */
#define MK_BOOT_NAMES 3
struct mk_boot_name {
    const char *name;
    bool alone; /* false: such firmware has an FTPR beside it */
};
extern const struct mk_boot_name mk_boot_names[MK_BOOT_NAMES];

/* The partition of that name, or NULL. */
const struct mk_partition *mk_partition_find(const struct mk_firmware *f, const char name[4]);
/* The first module in the table with that name, or with the name of m; NULL: none. */
const struct mk_module *mk_module_find(const struct mk_partition *p, const char *name);
const struct mk_module *mk_module_find_same(const struct mk_partition *p,
                                            const struct mk_module *m);

/* True for a module that the boot partition needs: ROMP and BUP of generation 2; rbe, kernel,
 * syslib, bup (prefixes), manifests and metadata of generation 3. */
bool mk_module_is_essential(enum mk_partition_layout layout, const uint8_t *name, size_t n);

MK_END_DECLS

#endif
