/* Platforms (PCH families): one row each, found from the descriptor alone.
 *
 * Name as for ifdtool -p. The rule that found 209 of 209 descriptors: NR = 0 is version 2; then the
 * first row whose every discriminator matches. Where two share all discriminators it does not
 * matter here (same masters, same straps). */
#ifndef MEKIT_FORMAT_PLATFORM_H
#define MEKIT_FORMAT_PLATFORM_H

#include <mekit/format/descriptor.h>

/* What ifd-unlock writes and what --lock writes: see lib/action/unlock.c. */
enum mk_access {
    MK_ACCESS_V1, /* ICH8 to Wildcat Point, Bay Trail, Braswell: 8-bit masks at 16 and 24 */
    MK_ACCESS_V2, /* 12-bit masks at 8 and 20; the low byte is not decoded */
    MK_ACCESS_V2_EXTENDED, /* the low byte holds regions 12 to 15 */
};

enum mk_lock_rule { MK_LOCK_OLD, MK_LOCK_CLIENT, MK_LOCK_APL, MK_LOCK_PLAIN };

/* How the ME is disabled by a strap. */
enum mk_disable_kind {
    MK_DISABLE_NONE,   /* no strap known, or disputed */
    MK_DISABLE_ME,     /* MeDisable */
    MK_DISABLE_ALT_ME, /* AltMeDisable */
    MK_DISABLE_HAP     /* HAP, High Assurance Platform */
};
const char *mk_disable_name(enum mk_disable_kind kind); /* "AltMeDisable" */

struct mk_bound {
    uint32_t low, high;
};

struct mk_platform {
    const char *name;  /* "tgl" */
    const char *title; /* "500 series, Tiger/Rocket Lake" */
    unsigned version;  /* 1, 2 */
    enum mk_access access;
    enum mk_access like_ifdtool; /* the same, as ifdtool -u believes */
    enum mk_lock_rule lock;
    unsigned regions; /* implemented FLREGs */
    unsigned masters; /* implemented FLMSTRs */
    bool old_density; /* 3-bit density codes */
    bool confident;   /* false: a class only (ifd1, ifd2), never good enough to write a strap */
    bool detectable;  /* false: told by --platform alone (its fields equal another row's) */
    struct mk_bound signature, isl, msl, iccriba, fmsba, flmap2, csso, nm,
        mdtba; /* all must hold */
    const char *source;
};

/* All rows, in the order of detection. */
extern const struct mk_platform mk_platforms[];
extern const size_t mk_platform_count;

const struct mk_platform *mk_platform_find(const char *name); /* NULL: none */

/* Never NULL. d needs its map fields only. */
const struct mk_platform *mk_platform_detect(const struct mk_descriptor *d);

/* MHz for each code of a clock field, 0: not known. NULL: nothing is known of this platform's.
 * Sources: coreboot ifdtool, flashrom. */
#define MK_CLOCK_CODES 8
const uint8_t *mk_platform_clocks(const struct mk_platform *platform);

/* True if the descriptor can't be of this platform: another descriptor version, another master
 * layout. */
bool mk_platform_contradicts(const struct mk_platform *p, const struct mk_descriptor *d);

/* ---- the strap that turns the ME off ---- */

/* A word that must hold a value before a strap is written: (word & mask) == value. */
struct mk_guard {
    uint32_t offset; /* bytes from FPSBA */
    uint32_t mask, value;
};

#define MK_GUARDS 4

struct mk_strap_row {
    const char *platform; /* platform row it belongs to */
    const char *flavour;  /* "CNP-LP": told apart by the guards */
    enum mk_disable_kind kind;
    bool cpu;            /* the strap is a CPU strap (FMSBA) */
    uint32_t offset;     /* bytes from FPSBA (or FMSBA) */
    uint32_t mask;       /* the bit */
    struct mk_bound isl; /* strap count that must hold; low > high: any but those between */
    struct mk_guard guards[MK_GUARDS]; /* mask 0: unused */
    bool disputed;                     /* sources disagree: shown, never written */
    const char *source;
};

extern const struct mk_strap_row mk_strap_rows[];
extern const size_t mk_strap_row_count;

/* The strap word of a row, and its offset in the file. False: the descriptor has no such strap. */
bool mk_strap_read(const struct mk_descriptor *d, const struct mk_strap_row *row, uint32_t *value,
                   uint32_t *at);

/* The rows (at most 2: ICH has two words) that match this descriptor exactly; 0 if none or more
 * than one flavour matches. Returns how many were put into rows. */
size_t mk_strap_match(const struct mk_descriptor *d, const struct mk_strap_row *rows[2]);

/* A place where another tool sets its bit for soft-disable, on a flavour that has it elsewhere: the
 * bit has no effect there. It is one where (word & mask without the bit) == rest. */
struct mk_stray_row {
    const char *platform, *flavour; /* flavour NULL: any */
    uint32_t offset;                /* bytes from FPSBA */
    uint32_t bit, mask, rest;
    const char *tool; /* what sets it there */
};
/* The next stray bit of this descriptor, the word that has it and its place; NULL: no more. *i
 * starts at 0. None where no strap row matches. */
const struct mk_stray_row *mk_stray_next(const struct mk_descriptor *d, size_t *i, uint32_t *value,
                                         uint32_t *at);

/* ---- what a PCH goes with ---- */

/* The firmware that it can run: TXE or ME (CSME), major versions. */
struct mk_pch_firmware {
    bool txe;
    struct mk_bound majors;
};
/* NULL: not known. Servers run SPS, which has versions of its own. */
const struct mk_pch_firmware *mk_pch_firmware_of(const struct mk_descriptor *d);

/* True for a server's board with a PCH that passes for Cougar to Wildcat Point: Patsburg,
 * Wellsburg. PCHSTRP10 lacks bits 22 and 23, one of which 39 of 39 clients have, and NR is 4 or
 * more (clients: 2 or 3). *strap: PCHSTRP10. */
bool mk_descriptor_is_server(const struct mk_descriptor *d, uint32_t *strap);

#endif
