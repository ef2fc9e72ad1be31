/* SPDX-License-Identifier: MIT */
/* The flash descriptor: where each region lies, who may access it, and the straps.
 *
 * Signature 0x0FF0A55A at 0 (ICH8-10, Ibex Peak A) or at 0x10 (all later). Every base address
 * counts from the first byte of the descriptor, never from the signature. Sources: coreboot ifdtool
 * f0f9118, flashrom ich_descriptors b946ca1, and 209 real descriptors for the values in the tables
 * below. */
#ifndef MEKIT_FORMAT_DESCRIPTOR_H
#define MEKIT_FORMAT_DESCRIPTOR_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/field.h>
#include <mekit/base/limit.h>

MK_BEGIN_DECLS

#define MK_DESCRIPTOR_SIGNATURE 0x0FF0A55Au
#define MK_DESCRIPTOR_FLUMAP1   0xEFCu             /* fixed place of the upper map */
#define MK_DESCRIPTOR_OEM       0xF00u             /* OEM section, to 0xFFF */
#define MK_DESCRIPTOR_SECOND    MK_DESCRIPTOR_SIZE /* where Meteor Lake has a second one */

/* The map. Offsets count from the signature (SIGNATURE is at 0). */
enum mk_map_field {
    MK_MAP_SIGNATURE,
    MK_MAP_FCBA, /* FLMAP0 */
    MK_MAP_NC,
    MK_MAP_FRBA,
    MK_MAP_NR,
    MK_MAP_FMBA, /* FLMAP1 */
    MK_MAP_NM,
    MK_MAP_FPSBA,
    MK_MAP_ISL,
    MK_MAP_FLMAP2, /* the whole word */
    MK_MAP_FMSBA,
    MK_MAP_MSL,
    MK_MAP_ICCRIBA, /* CSSL from Tiger Lake on */
    MK_MAP_CSSO,
    MK_MAP_FLMAP3,
    MK_MAP_FIELDS
};
extern const struct mk_field mk_map_fields[MK_MAP_FIELDS];

/* FLCOMP and the words after it. Offsets count from FCBA. */
enum mk_component_field {
    MK_COMPONENT_DENSITY1_OLD, /* 3-bit codes, up to Panther Point, Bay Trail, Braswell */
    MK_COMPONENT_DENSITY2_OLD,
    MK_COMPONENT_DENSITY1, /* 4-bit codes, Lynx Point on */
    MK_COMPONENT_DENSITY2,
    MK_COMPONENT_READ_CLOCK,
    MK_COMPONENT_FAST_READ,
    MK_COMPONENT_FAST_CLOCK,
    MK_COMPONENT_WRITE_CLOCK,
    MK_COMPONENT_ID_CLOCK,
    MK_COMPONENT_DUAL_OUTPUT,
    MK_COMPONENT_FLILL,
    MK_COMPONENT_FIELDS
};
extern const struct mk_field mk_component_fields[MK_COMPONENT_FIELDS];

#define MK_VSCC_ENTRY_SIZE 8u /* of the table at VTBA: a JEDEC id, and how that chip is erased */

/* FLUMAP1. Offsets count from MK_DESCRIPTOR_FLUMAP1. */
enum mk_upper_field { MK_UPPER_VTBA, MK_UPPER_VTL, MK_UPPER_MDTBA, MK_UPPER_FIELDS };
extern const struct mk_field mk_upper_fields[MK_UPPER_FIELDS];

/* One FLREG word. */
enum mk_flreg_field { MK_FLREG_BASE, MK_FLREG_LIMIT, MK_FLREG_FIELDS };
extern const struct mk_field mk_flreg_fields[MK_FLREG_FIELDS];

enum mk_region_number {
    MK_REGION_FD,
    MK_REGION_BIOS,
    MK_REGION_ME,
    MK_REGION_GBE,
    MK_REGION_PD,
    MK_REGION_DEVEXP,
    MK_REGION_BIOS2,
    MK_REGION_7,
    MK_REGION_EC,
    MK_REGION_DEVEXP2,
    MK_REGION_IE,
    MK_REGION_10GBE0,
    MK_REGION_10GBE1,
    MK_REGION_13,
    MK_REGION_14,
    MK_REGION_PTT
};

/* Names of a region number: the short one (fd, bios, me, as in ifdtool and flashrom), the long one
 * ("Flash Descriptor", "Intel ME") and the one in file names of ifdtool -x (flashdescriptor,
 * intel_me). */
const char *mk_region_name(unsigned number);
const char *mk_region_title(unsigned number);
const char *mk_region_file(unsigned number);
/* The number for a short name, a long name or a name of ifdtool -i ("descriptor", "platform"), in
 * upper or lower case; -1: none. "reserved" is region 7. */
int mk_region_find(const char *name);

struct mk_region {
    uint32_t raw;
    uint32_t at;          /* offset of the FLREG word in the descriptor */
    uint32_t base, limit; /* the fields of raw: first and last block of 4 KiB, used or not */
    bool used;            /* base <= limit, not one of the unused patterns */
    uint64_t start, end;  /* file offsets, end exclusive; both 0 if unused */
};

/* FLMSTR1..6 belong to: BIOS, ME, GbE, device expansion, EC/BMC, IE. */
struct mk_master {
    bool present; /* FLMSTRn lies before the next section, and this platform implements it */
    uint32_t raw;
    uint32_t at;          /* offset of the FLMSTR word in the descriptor */
    uint16_t read, write; /* bit n: region n, whatever the version of the word */
};

const char *
mk_master_name(unsigned index); /* 0: "bios", 1: "me", 2: "gbe", 3: "devexp", 4: "ec", 5: "ie" */

/* A second descriptor after the first, inside region 0: all 5 images of Meteor Lake have one. It is
 * unknown which one the hardware reads. */
enum mk_second { MK_SECOND_NONE, MK_SECOND_EQUAL, MK_SECOND_DIFFERENT };

struct mk_platform;

struct mk_descriptor {
    struct mk_span bytes;  /* the descriptor: 4 KiB, or 2 or 16 KiB if the file has just that */
    uint32_t signature_at; /* 0 or 0x10 */
    unsigned version;      /* 1 or 2, from NR */
    uint32_t fcba, frba, fmba, fpsba, fmsba; /* section offsets */
    unsigned chips;                          /* NC + 1 */
    unsigned nr, nm;                         /* raw fields */
    unsigned isl, msl;                       /* strap dwords: PCH, CPU */
    uint32_t flmap2, flmap3;
    uint8_t iccriba;
    uint8_t mdtba; /* a descriptor of 2 KiB has none: 0 or FF, whichever identifies the platform */
    uint16_t csso;
    uint32_t vtba;
    unsigned vtl;                               /* number of VSCC entries that lie inside */
    uint64_t chip_size[2];                      /* bytes; 0: absent or unknown */
    struct mk_region regions[MK_LIMIT_REGIONS]; /* [0, n_regions) are slots that exist */
    unsigned n_regions;
    struct mk_master masters[MK_LIMIT_MASTERS];
    enum mk_second second;
    const struct mk_platform *platform; /* never NULL: ifd1 or ifd2 if the exact one is unknown */
};

/* True if a descriptor's signature is at 0 or 0x10 (*at). */
bool mk_descriptor_is_at(struct mk_span image, uint32_t *at);

/* Reads the descriptor at the start of image and detects the platform. platform: NULL, or a name
 * that overrides the detection (USAGE if no platform has that name, CONTRADICTION if the descriptor
 * can't be of it). TRUNCATED below 4 KiB, except exactly 2 KiB, which is whole if all sections lie
 * in it; RANGE, with the offset of the map word, if a section does not fit. */
bool mk_descriptor_read(struct mk_span image, const char *platform, struct mk_descriptor *d,
                        struct mk_error *e);

/* PCH strap word at byte offset from FPSBA / CPU strap from FMSBA. False: the strap is not there
 * (beyond ISL or MSL). *at: its offset in the file. */
bool mk_descriptor_pch_strap(const struct mk_descriptor *d, uint32_t byte_offset, uint32_t *value,
                             uint32_t *at);
bool mk_descriptor_cpu_strap(const struct mk_descriptor *d, uint32_t byte_offset, uint32_t *value,
                             uint32_t *at);

/* Bytes of all chips together; 0: unknown. In 164 of 164 descriptors the last region ends there. */
uint64_t mk_descriptor_capacity(const struct mk_descriptor *d);

/* The end of the last region; 0: none is used. */
uint64_t mk_descriptor_regions_end(const struct mk_descriptor *d);

/* The number of the first region that a file offset lies in, or MK_NO_REGION. */
#define MK_NO_REGION MK_LIMIT_REGIONS
unsigned mk_descriptor_region_at(const struct mk_descriptor *d, uint64_t offset);

/* Decodes one FLREG word (its 4 bytes) of slot number: all but at. Returns used. */
bool mk_region_decode(struct mk_span word, unsigned number, struct mk_region *region);

/* The FLREG word for [start, end) (both multiples of 4 KiB, start < end), and the one that disables
 * a region on this descriptor: 00007FFF, or 00001FFF before Lynx Point. */
uint32_t mk_region_encode(uint64_t start, uint64_t end);
uint32_t mk_region_disabled(const struct mk_descriptor *d);

/* Fills read and write from raw, by the platform's layout. */
void mk_master_decode(const struct mk_descriptor *d, struct mk_master *master);

#define MK_SERVER_NM 6u /* NM of Lewisburg and Emmitsburg: all six masters are there */

/* True if this master, other than the ME itself, may write the descriptor or the ME region. False
 * for a word that was never written (FLMSTR3 of Bay Trail, FLMSTR6 of clients). */
bool mk_master_is_open(const struct mk_descriptor *d, unsigned index);
/* True if no master is open. */
bool mk_descriptor_is_locked(const struct mk_descriptor *d);

/* GPR0 protects a range from the host, whatever FLMSTR1 says. A PCH strap: bits 14:0 first block,
 * 15 read protection, 30:16 last block, 31 write protection. Sources: coreboot ifdtool; set in 71
 * of 165 descriptors from Cannon Point on. */
struct mk_gpr0 {
    uint32_t strap, raw; /* number of the strap, its value */
    uint32_t at;         /* its offset in the descriptor */
    uint64_t start, end; /* file offsets, end exclusive */
    bool read_protected, write_protected;
};
/* False: no GPR0 is known for the platform, or its word is no range (no protection bit is set, or
 * it ends before it begins or beyond the chips: Alder Point S holds 22222222 there). */
bool mk_gpr0_read(const struct mk_descriptor *d, struct mk_gpr0 *gpr0);
const char *mk_gpr0_what(const struct mk_gpr0 *gpr0); /* "write-protects" */

MK_END_DECLS

#endif
