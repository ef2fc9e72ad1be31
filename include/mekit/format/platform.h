/* SPDX-License-Identifier: MIT */
/* Platforms (PCH families): one row each, found from the descriptor alone.
 *
 * Names are those of ifdtool -p. This rule identified 209 of 209 descriptors: NR = 0 means version
 * 2; then the first row whose conditions all hold. If two platforms share all conditions, the
 * choice does not matter here (same masters, same straps). */
#ifndef MEKIT_FORMAT_PLATFORM_H
#define MEKIT_FORMAT_PLATFORM_H

#include <mekit/base/api.h>
#include <mekit/format/descriptor.h>

MK_BEGIN_DECLS

/* How FLMSTR words store access rights, and which rule locks them: see lib/action/unlock.c. */
enum mk_access {
    MK_ACCESS_V1, /* ICH8 to Wildcat Point, Bay Trail, Braswell: 8-bit masks at 16 and 24 */
    MK_ACCESS_V2, /* 12-bit masks at 8 and 20; the low byte is not decoded */
    MK_ACCESS_V2_EXTENDED, /* the low byte holds regions 12 to 15 */
};

/* The FLMSTR word for given masks. Requester ids and other bits come from raw. */
uint32_t mk_master_encode(enum mk_access access, uint32_t raw, uint16_t read, uint16_t write);

enum mk_lock_rule { MK_LOCK_OLD, MK_LOCK_CLIENT, MK_LOCK_APL, MK_LOCK_PLAIN };

struct mk_bound {
    uint32_t low, high;
};

/* The properties that identify a platform. MDTBA: base of the MIP table. */
enum mk_mark {
    MK_MARK_NONE,
    MK_MARK_SIGNATURE, /* its offset */
    MK_MARK_ISL,
    MK_MARK_MSL,
    MK_MARK_ICCRIBA,
    MK_MARK_FMSBA,
    MK_MARK_FLMAP2,
    MK_MARK_CSSO,
    MK_MARK_NM,
    MK_MARK_MDTBA
};
struct mk_condition {
    enum mk_mark mark;
    uint32_t low, high;
};
#define MK_CONDITIONS 5

struct mk_platform {
    const char *name;  /* "tgl" */
    const char *title; /* "500 series, Tiger/Rocket Lake" */
    unsigned version;  /* 1, 2 */
    enum mk_access access;
    enum mk_access like_ifdtool; /* the same, as ifdtool -u assumes */
    enum mk_lock_rule lock;
    unsigned regions;    /* implemented FLREGs */
    unsigned masters;    /* implemented FLMSTRs */
    bool old_density;    /* 3-bit density codes, and FLREG 1FFF for an unused region */
    bool engine_in_bios; /* FLREG2 is unused: the engine's firmware is in the BIOS region */
    bool confident;      /* false: a class only (ifd1, ifd2), never good enough to write a strap */
    bool detectable;     /* false: only the user can name it (its fields equal another row's) */
    struct mk_condition when[MK_CONDITIONS]; /* all must hold; MK_MARK_NONE ends the list */
    const char *source;
};

/* All rows, in the order of detection. */
extern const struct mk_platform mk_platforms[];
extern const size_t mk_platform_count;

const struct mk_platform *mk_platform_find(const char *name); /* NULL: none */

/* Never NULL. d needs only its map fields. */
const struct mk_platform *mk_platform_detect(const struct mk_descriptor *d);

/* MHz for each code of a clock field, 0: unknown. NULL: no code of this platform is known. Sources:
 * coreboot ifdtool, flashrom. */
#define MK_CLOCK_CODES 8
const uint8_t *mk_platform_clocks(const struct mk_platform *platform);

/* The two fields with the density codes of this platform's chips, and what a code says: bytes of a
 * chip, 0: no chip of this platform has that code. */
const struct mk_field *mk_platform_density_fields(const struct mk_platform *platform);
uint64_t mk_platform_density(const struct mk_platform *platform, unsigned code);

/* True if the descriptor can't be of this platform: another descriptor version, another master
 * layout. */
bool mk_platform_contradicts(const struct mk_platform *p, const struct mk_descriptor *d);

/* ---- the firmware and the board that a PCH belongs to ---- */

/* The firmware that a PCH can run: TXE or ME (CSME), major versions. */
struct mk_pch_firmware {
    bool txe;
    struct mk_bound majors;
};
/* NULL: unknown. Servers run SPS, which has its own versions. */
const struct mk_pch_firmware *mk_pch_firmware_of(const struct mk_descriptor *d);

/* True for a server board whose PCH (Patsburg, Wellsburg) looks like Cougar to Wildcat Point:
 * PCHSTRP10 has neither bit 22 nor bit 23 (39 of 39 clients have one of them), and NR is 4 or more
 * (clients: 2 or 3). *strap: PCHSTRP10. */
bool mk_descriptor_is_server(const struct mk_descriptor *d, uint32_t *strap);

MK_END_DECLS

#endif
